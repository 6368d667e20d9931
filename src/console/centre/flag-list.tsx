import { dayText } from '../shell/formats.ts';
import { useSay, type Words } from '../shell/words.ts';
import { flagWords, scopeWords } from './centre-words.ts';

const TEXT = {
  title: ['Đơn vị bị nêu tên', 'Named: slow, silent, failing'],
  none: [
    'Không có đơn vị nào chậm, im lặng hoặc lỗi quá một ngày.',
    'Nothing was slow, silent or failing for a day.',
  ],
  since: ['từ', 'since'],
} as const satisfies Record<string, Words>;

interface ShownFlag {
  readonly scope?: string | null;
  readonly code?: string | null;
  readonly name?: string | null;
  readonly reason?: string | null;
  readonly since?: string | null;
  readonly days?: number | null;
  readonly value?: number | null;
  readonly limit?: number | null;
  readonly text?: string | null;
}

/** Who is named, the longest first. */
export function FlagList({ flags }: { readonly flags: readonly ShownFlag[] }) {
  const say = useSay();
  return (
    <section aria-labelledby="flags-title">
      <h2 id="flags-title">
        {say(TEXT.title)} ({flags.length})
      </h2>
      {flags.length === 0 ? (
        <p>{say(TEXT.none)}</p>
      ) : (
        <ul class="flags">
          {flags.map((flag) => (
            <li key={`${flag.scope} ${flag.code} ${flag.reason}`}>
              <strong>
                <span class="mark bad" aria-hidden="true">
                  ▲{' '}
                </span>
                {flag.name}
              </strong>{' '}
              <span class="hint">
                {say(scopeWords(flag.scope))}, {say(TEXT.since)} {dayText(flag.since ?? '')}
              </span>
              <br />
              {say(flagWords(flag))}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
