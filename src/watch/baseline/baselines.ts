import type { Limits } from '../../config/limits.ts';
import { appendUpTo, recall } from '../access/bounded.ts';
import { percentile, upperBound } from './statistics.ts';

export const BASELINE_LIMITS = {
  days: {
    value: 28,
    unit: 'days',
    why: 'Days at work that a baseline remembers of one officer and purpose.',
  },
  officers: {
    value: 50_000,
    unit: 'officers',
    why: 'Those at work last are remembered, about 60 MB of them.',
  },
  groups: { value: 5_000, unit: 'groups', why: 'Clients and purposes; those used last are remembered.' },
  groupDays: {
    value: 400,
    unit: 'days at work',
    why: 'Of all officers of one client and purpose together, the last ones.',
  },
  held: {
    value: 5_000,
    unit: 'days at work',
    why: 'Those with an open alert wait outside the baselines until it is closed.',
  },
  known: {
    value: 20,
    unit: 'days at work',
    why: 'With fewer of them a client and purpose has no usual value yet, and fixed ones count.',
  },
} as const satisfies Limits;

/** The figures of one officer, purpose and day. */
export const MEASURES = ['persons', 'loose', 'strangers', 'batch', 'refused'] as const;
export type Measure = (typeof MEASURES)[number];
export type DayMeasures = Record<Measure, number>;

type Series = Record<Measure, number[]>;

export interface BaselineState {
  /** By officer and purpose. */
  readonly officers: Map<string, Series>;
  /** By client and purpose: days at work of all their officers. */
  readonly groups: Map<string, Series>;
  /** Days at work with an open alert, by officer and day. */
  readonly held: Map<
    string,
    { readonly client: string; readonly actor: string; readonly purpose: string; readonly day: DayMeasures }[]
  >;
}

export function beginBaselines(): BaselineState {
  return { officers: new Map(), groups: new Map(), held: new Map() };
}

function emptySeries(): Series {
  return { persons: [], loose: [], strangers: [], batch: [], refused: [] };
}

/** Adds one officer's day at work to the own baseline and to that of the peers. */
export function addDay(
  state: BaselineState,
  who: { readonly client: string; readonly actor: string; readonly purpose: string },
  day: DayMeasures,
): void {
  const own = recall(
    state.officers,
    `${who.actor}\n${who.purpose}`,
    BASELINE_LIMITS.officers.value,
    emptySeries,
  );
  const group = recall(
    state.groups,
    `${who.client}\n${who.purpose}`,
    BASELINE_LIMITS.groups.value,
    emptySeries,
  );
  for (const measure of MEASURES) {
    appendUpTo(own[measure], day[measure], BASELINE_LIMITS.days.value);
    appendUpTo(group[measure], day[measure], BASELINE_LIMITS.groupDays.value);
  }
}

/** The usual values of one officer and purpose, and of the peers. */
export interface Usual {
  /** Days at work that the peers' values rest on. */
  readonly days: number;
  /** Values of the peers, the officer's own among them. */
  peers(measure: Measure): readonly number[];
  own(measure: Measure): readonly number[];
  /**
   * The value that hardly any day at work passes: peers' percentile and the officer's own upper bound, and at least `floor`.
   */
  bound(measure: Measure, floor: number): number;
}

const NONE: readonly number[] = [];

export function usualOf(
  state: BaselineState,
  who: { readonly client: string; readonly actor: string; readonly purpose: string },
): Usual {
  const own = state.officers.get(`${who.actor}\n${who.purpose}`);
  const group = state.groups.get(`${who.client}\n${who.purpose}`);
  const days = group?.persons.length ?? 0;
  return {
    days,
    peers: (measure) => group?.[measure] ?? NONE,
    own: (measure) => own?.[measure] ?? NONE,
    bound(measure, floor) {
      if (days < BASELINE_LIMITS.known.value) return floor;
      const ofPeers = percentile(group?.[measure] ?? NONE, 0.99) * 1.5;
      const ofOwn = (own?.[measure].length ?? 0) >= 5 ? upperBound(own?.[measure] ?? NONE, 6) : 0;
      return Math.max(floor, ofPeers, ofOwn);
    },
  };
}
