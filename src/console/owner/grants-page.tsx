import { useState } from 'preact/hooks';
import type {
  ConsoleGrantUsageQuery,
  ConsoleGrantUsageQueryVariables,
} from '../../generated/console-operations.ts';
import { useAsked } from '../shell/ask.ts';
import { numberText } from '../shell/formats.ts';
import { Faults, Waiting } from '../shell/notice.tsx';
import { useSay, type Words } from '../shell/words.ts';
import { GrantCard } from './grant-card.tsx';

const TEXT = {
  intro: [
    'Mỗi thỏa thuận cho một cơ quan xem một số trường trong cơ sở dữ liệu của bạn. Trường đã cấp mà không ai dùng là trường nên thu lại: dữ liệu chỉ được xử lý trong phạm vi cần cho mục đích.',
    'Each agreement lets an agency see some fields of your register. A field that is granted and that nobody uses should be taken back: no more data than the purpose needs.',
  ],
  days: ['Xem trong', 'Counted over'],
  lastDays: ['ngày gần nhất', 'last days'],
  none: ['Chưa có thỏa thuận nào dùng cơ sở dữ liệu này.', 'No agreement uses this register.'],
  agreements: ['thỏa thuận', 'agreements'],
  granted: ['trường đã cấp', 'granted fields'],
  unused: ['trường chưa ai dùng', 'fields that nobody used'],
  shrinkable: ['thỏa thuận có thể thu hẹp', 'agreements that could shrink'],
} as const satisfies Record<string, Words>;

/** Spans to choose from, in days; the gateway counts at most 400. */
const SPANS = [30, 90, 180, 365] as const;
const DEFAULT_SPAN = 90;

/** For each agreement of the owner's register: what is granted, what of it was used, and the smaller grant that would do. */
export default function GrantsPage() {
  const say = useSay();
  const [days, setDays] = useState<number>(DEFAULT_SPAN);
  const asked = useAsked<ConsoleGrantUsageQuery, ConsoleGrantUsageQueryVariables>('grant-usage', { days });
  const grants = (asked?.data?.grantUsage ?? []).filter((one) => one !== null);
  return (
    <>
      <p>{say(TEXT.intro)}</p>
      <form class="actions" onSubmit={(event) => event.preventDefault()}>
        <label for="days">{say(TEXT.days)}</label>
        <select
          id="days"
          value={String(days)}
          onChange={(event) => setDays(Number(event.currentTarget.value))}
        >
          {SPANS.map((span) => (
            <option key={span} value={String(span)}>
              {span} {say(TEXT.lastDays)}
            </option>
          ))}
        </select>
      </form>
      {asked ? <Faults codes={asked.codes} /> : <Waiting />}
      {asked?.data && grants.length === 0 ? <p>{say(TEXT.none)}</p> : null}
      {grants.length > 0 ? <GrantTotals grants={grants} /> : null}
      {grants.map((grant) => (
        <GrantCard key={`${grant.agreement} ${grant.agreementVersion}`} grant={grant} days={days} />
      ))}
    </>
  );
}

type Grant = NonNullable<NonNullable<ConsoleGrantUsageQuery['grantUsage']>[number]>;

function GrantTotals({ grants }: { readonly grants: readonly Grant[] }) {
  const say = useSay();
  const unused = grants.reduce((sum, { neverUsed }) => sum + (neverUsed?.length ?? 0), 0);
  const used = grants.reduce((sum, { used: fields }) => sum + (fields?.length ?? 0), 0);
  const shrinkable = grants.filter(({ neverUsed }) => (neverUsed?.length ?? 0) > 0).length;
  const tiles = [
    [grants.length, TEXT.agreements],
    [used + unused, TEXT.granted],
    [unused, TEXT.unused],
    [shrinkable, TEXT.shrinkable],
  ] as const;
  return (
    <ul class="tiles">
      {tiles.map(([count, words]) => (
        <li key={words[1]}>
          <strong>{numberText(count)}</strong> {say(words)}
        </li>
      ))}
    </ul>
  );
}
