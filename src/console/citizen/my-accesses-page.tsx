import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type {
  ConsoleMyAccessesQuery,
  ConsoleMyAccessesQueryVariables,
} from '../../generated/console-operations.ts';
import type { MyAccess } from '../proof/check-access.ts';
import { useAsk } from '../shell/ask.ts';
import { Faults, Waiting } from '../shell/notice.tsx';
import { useSay, type Words } from '../shell/words.ts';
import { AccessesOverview } from './accesses-overview.tsx';
import { ComplaintForm } from './complaint-form.tsx';
import { ListExtent } from './list-extent.tsx';
import { VisitItem } from './visit-item.tsx';
import { visitsOf } from './visits.ts';

const TEXT = {
  intro: [
    'Trang này cho biết cơ quan nào đã xem dữ liệu của bạn qua Cổng dữ liệu quốc gia, để làm gì và theo căn cứ nào. Mỗi lần bạn mở trang này cũng được ghi lại.',
    'This page tells which agency saw your data through the national data gateway, what for and on which legal basis. Each time you open it is on record too.',
  ],
  list: ['Danh sách, mới nhất trước', 'The list, newest first'],
  own: ['Hiện cả những lần chính tôi tra cứu', 'Show my own look-ups too'],
  none: ['Chưa có cơ quan nào xem dữ liệu của bạn.', 'No agency has seen your data.'],
  older: ['Xem các lượt cũ hơn', 'Show older ones'],
} as const satisfies Record<string, Words>;

type Page = NonNullable<ConsoleMyAccessesQuery['myAccesses']>;

interface Listed {
  readonly looks: readonly MyAccess[];
  readonly next: string | null;
  readonly unreadableCount: number;
  readonly unreadable: NonNullable<Page['unreadable']>;
  readonly codes: readonly string[];
}

const NOTHING_YET: Listed = { looks: [], next: null, unreadableCount: 0, unreadable: [], codes: [] };

/** Who saw the citizen's own data: an overview, then visits, each with its looks, proof and what can be done about it. */
export default function MyAccessesPage() {
  const say = useSay();
  const [includeOwn, setIncludeOwn] = useState(false);
  const { listed, isWaiting, more } = useMyAccesses(includeOwn);
  const [complained, setComplained] = useState<MyAccess | null>(null);
  const visits = useMemo(() => visitsOf(listed.looks), [listed.looks]);
  if (complained) return <ComplaintForm look={complained} onBack={() => setComplained(null)} />;
  const isShown = !isWaiting || listed.looks.length > 0;
  return (
    <>
      <p>{say(TEXT.intro)}</p>
      <Faults codes={listed.codes} />
      {isShown && visits.length > 0 ? (
        <AccessesOverview visits={visits} isWhole={listed.next === null} />
      ) : null}
      {isShown && listed.codes.length === 0 ? (
        <ListExtent
          unreadable={listed.unreadable}
          unreadableCount={listed.unreadableCount}
          oldest={visits.at(-1)?.from ?? null}
          isWhole={listed.next === null}
        />
      ) : null}
      <h2>{say(TEXT.list)}</h2>
      <label class="choice">
        <input
          type="checkbox"
          checked={includeOwn}
          onChange={(event) => setIncludeOwn(event.currentTarget.checked)}
        />{' '}
        {say(TEXT.own)}
      </label>
      {isShown && visits.length === 0 && listed.codes.length === 0 ? <p>{say(TEXT.none)}</p> : null}
      <ul class="visits">
        {visits.map((visit) => (
          <VisitItem key={visit.key} visit={visit} onComplain={setComplained} />
        ))}
      </ul>
      {isWaiting ? <Waiting /> : null}
      {listed.next !== null && !isWaiting ? (
        <div class="actions">
          <button type="button" class="quiet" onClick={() => void more()}>
            {say(TEXT.older)}
          </button>
        </div>
      ) : null}
    </>
  );
}

/** The list so far; `more` adds the next page to it. */
function useMyAccesses(includeOwn: boolean) {
  const ask = useAsk();
  const [listed, setListed] = useState<Listed>(NOTHING_YET);
  const [isWaiting, setIsWaiting] = useState(true);
  const pageAfter = useCallback(
    async (after: string | null, before: Listed): Promise<Listed> => {
      const variables = { after, includeOwn };
      const { data, codes } = await ask<ConsoleMyAccessesQuery, ConsoleMyAccessesQueryVariables>(
        'my-accesses',
        variables,
      ).catch(() => ({ data: null, codes: ['UNREACHABLE'] }));
      const page = data?.myAccesses;
      if (!page) return { ...before, codes };
      return {
        looks: [...before.looks, ...(page.accesses ?? []).filter((look) => look !== null)],
        next: page.next ?? null,
        unreadable: page.unreadable ?? [],
        unreadableCount: page.unreadableCount ?? 0,
        codes,
      };
    },
    [ask, includeOwn],
  );
  useEffect(() => {
    let isCurrent = true;
    const loadFirst = async (): Promise<void> => {
      const first = await pageAfter(null, NOTHING_YET);
      if (!isCurrent) return;
      setListed(first);
      setIsWaiting(false);
    };
    setIsWaiting(true);
    setListed(NOTHING_YET);
    void loadFirst();
    return () => {
      isCurrent = false;
    };
  }, [pageAfter]);
  const chosen = useRef(pageAfter);
  chosen.current = pageAfter;
  const more = async (): Promise<void> => {
    setIsWaiting(true);
    const longer = await pageAfter(listed.next, listed);
    // Another list may have been chosen meanwhile.
    if (chosen.current !== pageAfter) return;
    setListed(longer);
    setIsWaiting(false);
  };
  return { listed, isWaiting, more };
}
