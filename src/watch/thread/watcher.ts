import type { OpenedAnswer } from '../../access-log/read/opened-answer.ts';
import type { Limits } from '../../config/limits.ts';
import { remember } from '../access/bounded.ts';
import { watchedAnswer } from '../access/watched-answer.ts';
import { takeAct, type Alert } from '../alerts/alert-book.ts';
import { isAlertAct, readAlertAct, type AlertEscalated, type AlertOpened } from '../alerts/alert-acts.ts';
import type { AlertNames } from '../alerts/alert-id.ts';
import { USUAL_WORK } from '../alerts/closing-reasons.ts';
import { unattended } from '../alerts/escalation.ts';
import { judge, passTime, releaseHeld } from '../suspicion/judge.ts';
import { SEVERITIES, type Suspicion } from '../suspicion/pattern.ts';
import { triedFor } from '../suspicion/tried-reasons.ts';
import type { WatchState } from './watch-state.ts';

export const WATCHER_LIMITS = {
  late: {
    value: 7 * 24,
    unit: 'hours',
    why: 'Where no state was kept, nothing older than this is opened as an alert anew.',
  },
  wanted: { value: 5_000, unit: 'alerts', why: 'Found and not on record yet; beyond them the oldest go.' },
  cases: {
    value: 50_000,
    unit: 'alerts',
    why: 'Remembered with the day whose figures wait for their closing.',
  },
} as const satisfies Limits;

const HOUR_MS = 3_600_000;

/** An act that is to be put on record by the thread that writes. `purpose` and `client` say under which agreement it was. */
export type WantedAct =
  | {
      readonly kind: 'open';
      readonly detail: Omit<AlertOpened, 'suspends'>;
      readonly purpose: string;
    }
  | {
      readonly kind: 'escalate';
      readonly detail: Omit<AlertEscalated, 'suspends'>;
      readonly client: string;
      /** The purpose; null where it is not known any more. */
      readonly purpose: string | null;
    };

/** Takes answers one after the other, and says what is to be put on record. It does no I/O. */
export class Watcher {
  readonly #state: WatchState;
  readonly #names: AlertNames;
  /** Told of each act about an alert, in the order of the log. */
  readonly #onAct: (alert: Alert) => void;

  constructor(state: WatchState, names: AlertNames, onAct: (alert: Alert) => void = () => undefined) {
    this.#state = state;
    this.#names = names;
    this.#onAct = onAct;
  }

  take(answer: OpenedAnswer, now: number): void {
    const { caller, purpose, id, time } = answer.head;
    if (caller.kind !== 'gateway') {
      this.#want(judge(this.#state.judging, watchedAnswer(answer)), now);
      return;
    }
    if (!isAlertAct(purpose)) return;
    const act = readAlertAct(purpose, answer.first.detail);
    const alert = act && takeAct(this.#state.book, { entry: id, time, act });
    if (!alert) return;
    if (act.purpose === 'alert-closed') this.#release(alert.id, USUAL_WORK.has(act.detail.reason));
    this.#onAct(alert);
  }

  /** Lets time pass without entries. */
  tick(now: number): void {
    this.#want(passTime(this.#state.judging, now), now);
  }

  /** Lists what is found and not on record. It is asked once the log was read to its end. */
  wanted(): readonly WantedAct[] {
    const { wanted, book } = this.#state;
    const acts: WantedAct[] = [];
    for (const [name, { suspicion }] of wanted) {
      const known = this.#names
        .namesOf(suspicion)
        .map((one) => book.get(one))
        .find((one) => one);
      if (!known) acts.push(this.#opening(name, suspicion));
      else if (SEVERITIES.indexOf(known.severity) >= SEVERITIES.indexOf(suspicion.severity))
        wanted.delete(name);
      else acts.push(growing(known, suspicion));
    }
    return acts;
  }

  /** Alerts that nobody has looked at go up a level. */
  overdue(now: number): readonly WantedAct[] {
    return unattended(this.#state.book, now).map((alert) => ({
      kind: 'escalate',
      client: alert.client,
      purpose: null,
      detail: { alert: alert.id, by: 'gateway', level: alert.level + 1, why: 'unattended' },
    }));
  }

  #want(found: readonly Suspicion[], now: number): void {
    const { wanted, cases } = this.#state;
    for (const suspicion of found) {
      if (suspicion.time < now - WATCHER_LIMITS.late.value * HOUR_MS) continue;
      const [name = ''] = this.#names.namesOf(suspicion);
      remember(wanted, name, { suspicion, foundAt: now }, WATCHER_LIMITS.wanted.value);
      const { actor, day } = suspicion;
      if (actor !== null) remember(cases, name, { actor, day }, WATCHER_LIMITS.cases.value);
    }
  }

  #opening(name: string, suspicion: Suspicion): WantedAct {
    const { pattern, severity, client, purpose, observed, usual, evidence } = suspicion;
    return {
      kind: 'open',
      purpose,
      detail: {
        alert: name,
        rule: pattern,
        severity,
        client,
        observed,
        usual,
        evidence: [...evidence],
        ...triedOf(triedFor(this.#state.judging.tried, evidence)),
      },
    };
  }

  #release(id: string, isUsual: boolean): void {
    const one = this.#state.cases.get(id);
    if (one) releaseHeld(this.#state.judging, one.actor, one.day, isUsual);
  }
}

function triedOf({ accesses, tried }: ReturnType<typeof triedFor>): Pick<AlertOpened, 'accesses' | 'tried'> {
  return { accesses, tried: [...tried] };
}

function growing(alert: Alert, { severity, observed, evidence, purpose }: Suspicion): WantedAct {
  return {
    kind: 'escalate',
    client: alert.client,
    purpose,
    detail: {
      alert: alert.id,
      by: 'gateway',
      level: Math.max(1, alert.level),
      why: 'grown',
      severity,
      observed,
      evidence: [...evidence],
    },
  };
}
