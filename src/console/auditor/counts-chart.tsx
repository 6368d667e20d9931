import type { AccessCountBy, ConsoleCountsQuery } from '../../generated/console-operations.ts';
import { dayText, numberText } from '../shell/formats.ts';
import { useSay, type Words } from '../shell/words.ts';
import { OUTCOMES, registerWords } from './entry-words.ts';

type Count = NonNullable<NonNullable<ConsoleCountsQuery['accessLogCounts']>[number]>;

const TEXT = {
  value: ['Nhóm', 'Group'],
  answers: ['Số câu trả lời', 'Answers'],
  chart: ['Biểu đồ', 'Chart'],
  hidden: ['ít hơn 10 hoặc được che', 'fewer than 10, or hidden'],
  country: ['cả nước', 'whole country'],
} as const satisfies Record<string, Words>;

/** Widths in the units of the drawing. */
const BAR = { width: 560, height: 22, gap: 6 };
/** Rows that are drawn; the table has all. */
const MOST_BARS = 60;

/** Counts as bars, and as a table that says the same in text. */
export function CountsChart({
  by,
  title,
  counts,
}: {
  readonly by: AccessCountBy;
  readonly title: Words;
  readonly counts: readonly Count[];
}) {
  const say = useSay();
  const labelOf = (value: string | null): string => {
    if (value === '-' || value === null) return say(TEXT.country);
    if (by === 'DAY') return dayText(value);
    if (by === 'HOUR') return `${value}:00`;
    if (by === 'REGISTER') return say(registerWords(value));
    const outcome = by === 'OUTCOME' ? Object.entries(OUTCOMES).find(([name]) => name === value) : undefined;
    return outcome ? say(outcome[1].words) : value;
  };
  const drawn = counts.slice(0, MOST_BARS);
  const most = Math.max(1, ...counts.map(({ answers }) => answers ?? 0));
  const step = BAR.height + BAR.gap;
  return (
    <figure>
      <figcaption>
        <h2>{say(title)}</h2>
      </figcaption>
      <svg
        class="chart"
        width={BAR.width + 80}
        height={drawn.length * step}
        viewBox={`0 0 ${BAR.width + 80} ${drawn.length * step}`}
        aria-hidden="true"
      >
        {drawn.map(({ value, answers }, row) => {
          const width = Math.max(1, Math.round(((answers ?? 0) / most) * (BAR.width - 220)));
          return (
            <g key={value} transform={`translate(0 ${row * step})`}>
              <text x="210" y="16" text-anchor="end">
                {shortened(labelOf(value))}
              </text>
              {answers === null ? null : <rect x="220" y="2" width={width} height={BAR.height - 4} />}
              <text x={answers === null ? 226 : 228 + width} y="16">
                {answers === null ? say(TEXT.hidden) : numberText(answers)}
              </text>
            </g>
          );
        })}
      </svg>
      <div class="wide">
        <table>
          <thead>
            <tr>
              <th scope="col">{say(TEXT.value)}</th>
              <th scope="col" class="number">
                {say(TEXT.answers)}
              </th>
            </tr>
          </thead>
          <tbody>
            {counts.map(({ value, answers }) => (
              <tr key={value}>
                <td>{labelOf(value)}</td>
                <td class="number">{answers === null ? say(TEXT.hidden) : numberText(answers)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

function shortened(text: string): string {
  return text.length > 30 ? `${text.slice(0, 29)}…` : text;
}
