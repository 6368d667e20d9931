import type { Limits } from '../../config/limits.ts';
import { remember } from '../access/bounded.ts';
import { HOUR_MS } from '../access/watch-time.ts';
import { addAct, idsOf, weightOf, type ActWindow } from '../suspicion/act-window.ts';
import { severityBy, suspect, type JudgedAnswer, type Pattern } from '../suspicion/pattern.ts';

export const DORMANT_LIMITS = {
  silent: { value: 30, unit: 'days', why: 'An account that was silent for so long was asleep.' },
  watched: { value: 48, unit: 'hours', why: 'So long its first acts are looked at.' },
  unusual: {
    value: 2,
    unit: 'acts',
    why: 'Unusual acts of an account that awoke, at least half of all it does: back from leave one does the usual.',
  },
  accounts: { value: 200_000, unit: 'accounts', why: 'Those used last are remembered, about 20 MB of them.' },
} as const satisfies Limits;

interface Account {
  last: number;
  /** Time at which it awoke; null while it is in use. */
  awoke: number | null;
  readonly acts: ActWindow;
}

type State = Map<string, Account>;

/** An account that slept for a month, and then does what people back from leave do not. */
export const dormantAccount: Pattern<State> = {
  name: 'dormant-account',
  begin: () => new Map(),
  note(state, judged) {
    const { answer, day } = judged;
    if (answer.kind === 'citizen' || answer.isSystem) return [];
    const account = state.get(answer.actor) ?? { last: day, awoke: null, acts: [] };
    remember(state, answer.actor, account, DORMANT_LIMITS.accounts.value);
    if (day - account.last >= DORMANT_LIMITS.silent.value) {
      account.awoke = answer.time;
      account.acts.length = 0;
    }
    const silent = day - account.last;
    account.last = day;
    if (account.awoke === null) return [];
    const watchedMs = DORMANT_LIMITS.watched.value * HOUR_MS;
    if (answer.time - account.awoke > watchedMs) {
      account.awoke = null;
      account.acts.length = 0;
      return [];
    }
    const weight = isUnusual(judged) ? 1 : 0;
    addAct(account.acts, { id: answer.id, time: answer.time, weight, key: answer.id }, watchedMs);
    const unusual = weightOf(account.acts);
    const isMost = unusual >= account.acts.length / 2;
    if (unusual < DORMANT_LIMITS.unusual.value || !isMost) return [];
    return [
      suspect('dormant-account', judged, {
        observed: Math.max(silent, DORMANT_LIMITS.silent.value),
        usual: 1,
        severity: severityBy('medium', unusual, 5, 20),
        evidence: idsOf(account.acts),
      }),
    ];
  },
};

function isUnusual({ answer, reasons, hour, isDayOff }: JudgedAnswer): boolean {
  return answer.code !== null || reasons.includes(null) || isDayOff || hour < 6 || hour >= 20;
}
