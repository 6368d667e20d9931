import type { Limits } from '../../config/limits.ts';
import { appendUpTo, recall } from '../access/bounded.ts';
import { HOUR_MS } from '../access/watch-time.ts';
import { addAct, idsOf, weightOf, type ActWindow } from '../suspicion/act-window.ts';
import { severityBy, suspect, type JudgedAnswer, type Pattern } from '../suspicion/pattern.ts';

export const NIGHT_LIMITS = {
  days: { value: 28, unit: 'days', why: 'The habit of an officer and an office is that of so long.' },
  ownDays: { value: 2, unit: 'days', why: 'On so many days at such an hour it is a habit of the officer.' },
  officeDays: { value: 4, unit: 'days', why: 'The same of colleagues: a roster.' },
  known: { value: 5, unit: 'days', why: 'With fewer days at work the office has no habit yet.' },
  session: { value: 10, unit: 'hours', why: 'Acts of one night.' },
  weight: { value: 2, unit: 'acts', why: 'Two weighed acts: two that nothing explains, more of others.' },
  officers: { value: 20_000, unit: 'officers', why: 'Those at work last are remembered.' },
  clients: { value: 2_000, unit: 'clients', why: 'Those at work last are remembered.' },
} as const satisfies Limits;

/** Weights of an act outside the habit. Finishing the day's work late is usual, and so is a Saturday of it. */
const WEIGHTS = { unexplained: 1, newDossier: 0.7, deepNight: 1, evening: 0.12 };
/** All that the evening's explained work can add up to: never an alert by itself. */
const EVENING_MOST = 0.6;
const DEEP_NIGHT = { from: 22, until: 5 };

/** Days on which somebody was at work, by hour; days off have hours of their own (24 to 47). */
type Hours = Map<number, { readonly day: number; readonly actor: string }[]>;

interface Office {
  readonly hours: Hours;
  readonly days: number[];
  /** Last act of the last few officers. */
  readonly last: Map<string, number>;
}

interface State {
  readonly offices: Map<string, Office>;
  readonly acts: Map<string, ActWindow>;
}

/** Work at hours at which neither the officer nor the office works, and nobody else of it at that moment. */
export const nightsAndHolidays: Pattern<State> = {
  name: 'nights-and-holidays',
  begin: () => ({ offices: new Map(), acts: new Map() }),
  note(state, judged) {
    const { answer } = judged;
    if (answer.kind !== 'agency' || answer.isSystem) return [];
    const office = recall(state.offices, answer.client, NIGHT_LIMITS.clients.value, (): Office => {
      return { hours: new Map(), days: [], last: new Map() };
    });
    const isStrange = isOutsideHabit(office, judged);
    learn(office, judged);
    if (!isStrange) return [];
    const acts = recall(state.acts, answer.actor, NIGHT_LIMITS.officers.value, (): ActWindow => []);
    const weight = weightOfAct(judged);
    addAct(
      acts,
      { id: answer.id, time: answer.time, weight, key: answer.id },
      NIGHT_LIMITS.session.value * HOUR_MS,
    );
    const evening = acts.filter((act) => act.weight === WEIGHTS.evening);
    const sum = weightOf(acts) - Math.max(0, weightOf(evening) - EVENING_MOST);
    if (sum < NIGHT_LIMITS.weight.value) return [];
    return [
      suspect('nights-and-holidays', judged, {
        observed: acts.length,
        usual: 0,
        severity: severityBy('low', sum, 5, 20),
        evidence: idsOf(acts),
      }),
    ];
  },
  endDay({ offices }, day) {
    const from = day - NIGHT_LIMITS.days.value;
    for (const { hours, days } of offices.values()) {
      for (const [slot, list] of hours)
        hours.set(
          slot,
          list.filter((one) => one.day > from),
        );
      days.splice(0, days.length, ...days.filter((one) => one > from));
    }
  },
};

/** Days off have hours of their own by day. A roster of nights is the same on all days. */
function slotOf({ hour, isDayOff }: Pick<JudgedAnswer, 'hour' | 'isDayOff'>): number {
  const isNight = hour >= 18 || hour < 6;
  return isDayOff && !isNight ? 24 + hour : hour;
}

function isOutsideHabit({ hours, days, last }: Office, judged: JudgedAnswer): boolean {
  const { answer, day, isDayOff, hour } = judged;
  if (days.length < NIGHT_LIMITS.known.value) return false;
  const own = new Set<number>();
  const others = new Set<number>();
  for (const by of [0, -1, 1]) {
    for (const one of hours.get(slotOf({ hour: (hour + by + 24) % 24, isDayOff })) ?? []) {
      if (one.day === day) continue;
      (one.actor === answer.actor ? own : others).add(one.day);
      if (own.size >= NIGHT_LIMITS.ownDays.value || others.size >= NIGHT_LIMITS.officeDays.value)
        return false;
    }
  }
  // Colleagues are at work right now: a campaign, an evening of all.
  const now = [...last].filter(([actor, at]) => actor !== answer.actor && answer.time - at < HOUR_MS);
  return now.length === 0;
}

function learn({ hours, days, last }: Office, judged: JudgedAnswer): void {
  const { answer, day } = judged;
  if (days.at(-1) !== day) appendUpTo(days, day, NIGHT_LIMITS.days.value);
  last.delete(answer.actor);
  last.set(answer.actor, answer.time);
  if (last.size > 20) last.delete([...last.keys()][0] ?? '');
  const list = recall(hours, slotOf(judged), 48, () => []);
  const isKnown = list.some((one) => one.day === day && one.actor === answer.actor);
  if (!isKnown) appendUpTo(list, { day, actor: answer.actor }, 80);
}

function weightOfAct({ answer, reasons, hour }: JudgedAnswer): number {
  const isDeep = hour >= DEEP_NIGHT.from || hour < DEEP_NIGHT.until;
  if (answer.code !== null || reasons.includes(null)) return WEIGHTS.unexplained;
  return isDeep ? WEIGHTS.newDossier : WEIGHTS.evening;
}
