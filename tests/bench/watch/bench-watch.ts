import { parseArgs } from 'node:util';
import { REASONS } from '../../../src/watch/explain/reasons.ts';
import {
  explainedShare,
  noneExplained,
  type ExplainedCounts,
} from '../../../src/watch/explain/explained-shares.ts';
import { PATTERNS, type PatternName, type Suspicion } from '../../../src/watch/suspicion/pattern.ts';
import { simulateMonth, type Outcome } from './simulate.ts';

/**
 * Early warning over 30 simulated days after 30 days of warming up: what of the planted misuse is noticed in time, and how many alerts are
 * about nothing. Each run takes other seeds; `--seed N` takes that one alone.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string', default: '3' },
    offices: { type: 'string', default: '8' },
    attacks: { type: 'string', default: '3' },
    missed: { type: 'boolean', default: false },
  },
});

const first = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
const seeds = Array.from(
  { length: values.seed === undefined ? Number(values.seeds) : 1 },
  (_none, at) => first + at,
);
const size = { offices: Number(values.offices), attacks: Number(values.attacks) };

const outcomes: (Outcome & { readonly seed: number })[] = [];
const falseAlerts: (Suspicion & { readonly seed: number })[] = [];
const explained = noneExplained();
const flagged = noneExplained();
let clientDays = 0;
let alerts = 0;
for (const seed of seeds) {
  const month = simulateMonth(seed, size);
  outcomes.push(...month.outcomes.map((one) => ({ ...one, seed })));
  falseAlerts.push(...month.falseAlerts.map((one) => ({ ...one, seed })));
  add(explained, month.explained);
  add(flagged, month.flagged);
  clientDays += month.clientDays;
  alerts += month.alerts;
  console.log(
    `seed ${seed}: ${month.answers} answers, ${month.judgedMicroseconds.toFixed(1)} us each; ${month.alerts} alerts, ${month.falseAlerts.length} of them false`,
  );
}

console.log(`\n${'pattern'.padEnd(22)} planted  own pattern     any pattern     median delay  false alerts`);
for (const pattern of PATTERNS) console.log(rowOf(pattern));
const per1000 = (falseAlerts.length * 1_000) / clientDays;
console.log(
  `\n${alerts} alerts in ${clientDays} client-days; false: ${falseAlerts.length}, ${per1000.toFixed(2)} per 1,000 client-days (budget 1)`,
);
console.log(`accesses of normal work explained: ${shares(explained)}`);
console.log(`explained among the evidence of alerts: ${shares(flagged)}`);
if (values.missed || values.seed !== undefined) {
  for (const one of outcomes.filter(({ own }) => own === null)) {
    const { pattern, answers, acts } = one.attack;
    console.log(
      `missed: seed ${one.seed} ${pattern}, ${answers.length} answers, ${acts.length} acts from ${timeText(acts[0]?.time)}${one.any === null ? '' : ', noticed by another pattern'}`,
    );
  }
  for (const one of falseAlerts) {
    console.log(
      `false: seed ${one.seed} ${one.pattern} ${one.severity} ${one.about} ${timeText(one.time)} observed ${one.observed}, usual ${one.usual}`,
    );
  }
}

function rowOf(pattern: PatternName): string {
  const of = outcomes.filter(({ attack }) => attack.pattern === pattern);
  const own = of.filter((one) => one.own !== null);
  const any = of.filter((one) => one.any !== null);
  const delays = own.map((one) => one.own ?? 0).toSorted((one, other) => one - other);
  const median = delays[Math.floor(delays.length / 2)] ?? 0;
  const wrong = falseAlerts.filter((one) => one.pattern === pattern).length;
  const share = (part: readonly unknown[]): string =>
    `${part.length} (${of.length === 0 ? '-' : ((100 * part.length) / of.length).toFixed(1)} %)`.padEnd(16);
  return `${pattern.padEnd(22)} ${String(of.length).padEnd(8)} ${share(own)}${share(any)}${delayText(median).padEnd(14)}${wrong}`;
}

function delayText(delayMs: number): string {
  return delayMs <= 0
    ? 'by then'
    : delayMs < 3_600_000
      ? `${(delayMs / 60_000).toFixed(1)} min`
      : `${(delayMs / 3_600_000).toFixed(1)} h`;
}

function timeText(time: number | undefined): string {
  return time === undefined
    ? '-'
    : new Date(time + 7 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}

function add(sum: ExplainedCounts, more: ExplainedCounts): void {
  for (const name of Object.keys(sum) as (keyof ExplainedCounts)[]) sum[name] += more[name];
}

function shares(counts: ExplainedCounts): string {
  const all = Object.values(counts).reduce((sum, one) => sum + one, 0);
  const percent = (count: number): string => `${((100 * count) / Math.max(1, all)).toFixed(2)} %`;
  const parts = REASONS.filter((reason) => counts[reason] > 0).map(
    (reason) => `${reason} ${percent(counts[reason])}`,
  );
  return `${((explainedShare(counts) ?? 0) * 100).toFixed(2)} % of ${all} (${parts.join(', ')}; unexplained ${percent(counts.unexplained)})`;
}
