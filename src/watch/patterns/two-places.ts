import type { Limits } from '../../config/limits.ts';
import { appendUpTo, recall, remember } from '../access/bounded.ts';
import { MINUTE_MS } from '../access/watch-time.ts';
import { suspect, type Pattern } from '../suspicion/pattern.ts';

export const PLACE_LIMITS = {
  window: {
    value: 90,
    unit: 'minutes',
    why: 'Nobody is in one province, in another one and back within so long.',
  },
  turns: {
    value: 5,
    unit: 'stays',
    why: 'There, elsewhere, there, elsewhere: going over once, and back once, is a posting.',
  },
  habit: { value: 2, unit: 'days', why: "Two places on so many days before are the officer's task." },
  peers: {
    value: 0.05,
    unit: 'share of days at work',
    why: "Where peers work in several places it is the office's task.",
  },
  accounts: { value: 50_000, unit: 'accounts', why: 'Those used last are remembered.' },
} as const satisfies Limits;

interface Act {
  readonly id: string;
  readonly time: number;
  readonly place: string;
  readonly day: number;
}

interface Account {
  readonly acts: Act[];
  /** Day on which each place was seen first. */
  readonly places: Map<string, number>;
  /** Days with more than one place. */
  readonly mixed: Set<number>;
}

interface State {
  /** By officer account, whichever client it asks through. */
  readonly accounts: Map<string, Account>;
  /** Days at work of a client's officers, and those of them with more than one place. */
  readonly clients: Map<string, { days: number; mixed: number }>;
}

const PROVINCE = /(?:^|\.)([A-Z]\d{2})(?:[.-]|$)/;

/**
 * One officer in two places at once: dossiers of offices in different provinces, or two systems in turn, there and back. Going over to
 * another place once is a posting.
 */
export const twoPlaces: Pattern<State> = {
  name: 'two-places',
  begin: () => ({ accounts: new Map(), clients: new Map() }),
  note(state, judged) {
    const { answer, day } = judged;
    const place = placeOf(answer.caseId, answer.client);
    if (answer.kind !== 'agency' || answer.isSystem || place === null) return [];
    const account = recall(state.accounts, answer.officer, PLACE_LIMITS.accounts.value, (): Account => {
      return { acts: [], places: new Map(), mixed: new Set() };
    });
    const client = recall(state.clients, answer.client, 5_000, () => ({ days: 0, mixed: 0 }));
    if (!account.places.has(place) && account.places.size < 100) account.places.set(place, day);
    const ofToday = account.acts.filter((act) => act.day === day);
    if (ofToday.length === 0) client.days += 1;
    const isMixed = ofToday.some((act) => act.place !== place);
    if (isMixed && !account.mixed.has(day)) client.mixed += 1;
    const from = answer.time - PLACE_LIMITS.window.value * MINUTE_MS;
    const recent = account.acts.filter(({ time }) => time >= from);
    appendUpTo(account.acts, { id: answer.id, time: answer.time, place, day }, 60);
    if (isMixed) account.mixed.add(day);
    if (!isMixed) return [];
    const before = [...account.mixed].filter((one) => one < day && one > day - 28).length;
    const isTask = client.days >= 50 && client.mixed / client.days > PLACE_LIMITS.peers.value;
    if (before >= PLACE_LIMITS.habit.value || isTask) return [];
    const visits = turnsOf([...recent, { id: answer.id, time: answer.time, place, day }]);
    if (visits.length < PLACE_LIMITS.turns.value || !isNewPlace(account, visits, day)) return [];
    if (!areBothInUse([...ofToday, { id: answer.id, time: answer.time, place, day }])) return [];
    return [
      suspect('two-places', judged, {
        observed: visits.length - 1,
        usual: 0,
        severity: 'high',
        evidence: visits.map(({ id }) => id),
      }),
    ];
  },
  endDay({ accounts, clients }, day) {
    for (const [officer, account] of accounts) {
      for (const one of account.mixed) if (one <= day - 28) account.mixed.delete(one);
      const kept = account.acts.filter((act) => act.day >= day - 1);
      account.acts.splice(0, account.acts.length, ...kept);
      if (kept.length === 0 && account.mixed.size === 0 && account.places.size < 2) accounts.delete(officer);
    }
    // Old days count less and less.
    for (const [name, { days, mixed }] of clients) {
      if (days > 500) remember(clients, name, { days: days / 2, mixed: mixed / 2 }, 5_000);
    }
  },
};

/** Province in the office code of a dossier number, in either notation, and the system that asks. */
function placeOf(caseId: string | null, client: string): string | null {
  const office = caseId === null ? null : (PROVINCE.exec(caseId)?.[1] ?? null);
  return office === null ? null : `${office} ${client}`;
}

/** One of the places is new for the officer: two that are known are a posting with work left behind. */
function isNewPlace({ places }: Account, visits: readonly Act[], day: number): boolean {
  return visits.some(({ place }) => (places.get(place) ?? day) >= day - 1);
}

/** After a posting hardly anything is done at the place before; whose account was stolen goes on there. */
function areBothInUse(acts: readonly Act[]): boolean {
  const change = acts.findIndex(({ place }) => place !== acts[0]?.place);
  const since = acts.slice(change);
  const there = since.filter(({ place }) => place === since[0]?.place).length;
  return Math.min(there, since.length - there) >= 0.2 * since.length;
}

/** The first act of each stay. */
function turnsOf(acts: readonly Act[]): readonly Act[] {
  return acts.filter(({ place }, at) => at === 0 || acts[at - 1]?.place !== place);
}
