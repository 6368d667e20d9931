import type { ConsoleReplayQuery, ConsoleReplayQueryVariables } from '../../generated/console-operations.ts';
import { useAsked } from '../shell/ask.ts';
import { Faults, Waiting } from '../shell/notice.tsx';
import { useSay, type Words } from '../shell/words.ts';
import { RULE_WORDS } from './entry-words.ts';

const TEXT = {
  title: ['Quyết định được xét lại', 'The decision, decided again'],
  none: [
    'Lượt này không có quyết định theo thỏa thuận nào để xét lại.',
    'No agreement decided this access, so there is nothing to decide again.',
  ],
  same: [
    'Xét lại theo đúng phiên bản thỏa thuận đã lưu: kết quả giống như đã ghi.',
    'Decided again by the stored version of the agreement: the same as on record.',
  ],
  other: ['Xét lại cho kết quả khác với bản ghi.', 'Decided again, it comes out otherwise than on record.'],
  rule: ['Quy tắc', 'Rule'],
  found: ['Cổng dữ liệu đã thấy gì', 'What the gateway found'],
  recorded: ['Quy tắc ngăn, theo bản ghi', 'Rule that denied, on record'],
  replayed: ['Quy tắc ngăn, khi xét lại', 'Rule that denies, decided again'],
  noRule: ['không có', 'none'],
  digest: ['Mã băm của thỏa thuận', 'Digest of the agreement'],
} as const satisfies Record<string, Words>;

const INPUTS: Readonly<Record<string, Words>> = {
  '1': ['đúng với người này', 'holds of the person'],
  '0': ['không đúng với người này', 'does not hold'],
  '?': ['không đọc được', 'could not be read'],
  '-': ['không hỏi tới', 'was not asked'],
};

/** Decides the entry again from the stored agreement. */
export function EntryReplay({
  id,
  n,
  isDecided,
}: {
  readonly id: string;
  readonly n: number;
  readonly isDecided: boolean;
}) {
  const say = useSay();
  const asked = useAsked<ConsoleReplayQuery, ConsoleReplayQueryVariables>(
    'replay',
    isDecided ? { entry: id, n } : null,
  );
  return (
    <section aria-labelledby="replay">
      <h2 id="replay">{say(TEXT.title)}</h2>
      {isDecided ? null : <p>{say(TEXT.none)}</p>}
      {isDecided && !asked ? <Waiting /> : null}
      <Faults codes={asked?.codes ?? []} />
      {asked?.data?.replay ? <Replayed replay={asked.data.replay} /> : null}
    </section>
  );
}

function Replayed({ replay }: { readonly replay: NonNullable<ConsoleReplayQuery['replay']> }) {
  const say = useSay();
  const wordsOf = (rule: string | null): string =>
    rule === null ? say(TEXT.noRule) : say(RULE_WORDS[rule] ?? [rule, rule]);
  const predicates = (replay.predicates ?? []).filter((one) => one !== null);
  return (
    <>
      <p class={`mark ${replay.isSame ? 'good' : 'bad'}`}>
        <span aria-hidden="true">{replay.isSame ? '✓' : '✕'} </span>
        {say(replay.isSame ? TEXT.same : TEXT.other)}
      </p>
      <dl class="facts">
        <dt>{say(TEXT.recorded)}</dt>
        <dd>{wordsOf(replay.recordedRule)}</dd>
        <dt>{say(TEXT.replayed)}</dt>
        <dd>{wordsOf(replay.replayedRule)}</dd>
        <dt>{say(TEXT.digest)}</dt>
        <dd class="id">{replay.agreementDigest}</dd>
      </dl>
      {predicates.length > 0 ? (
        <table>
          <thead>
            <tr>
              <th scope="col">{say(TEXT.rule)}</th>
              <th scope="col">{say(TEXT.found)}</th>
            </tr>
          </thead>
          <tbody>
            {predicates.map(({ rule, input }) => (
              <tr key={rule}>
                <td>{wordsOf(rule)}</td>
                <td>{say(INPUTS[input ?? ''] ?? [input ?? '', input ?? ''])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </>
  );
}
