import type { Limits } from '../../config/limits.ts';
import { appendUpTo, recall, remember } from '../access/bounded.ts';
import { HOUR_MS, MINUTE_MS } from '../access/watch-time.ts';
import {
  severityBy,
  suspect,
  type JudgedAnswer,
  type Pattern,
  type Suspicion,
} from '../suspicion/pattern.ts';

export const PEER_LIMITS = {
  days: {
    value: 28,
    unit: 'days',
    why: 'A field or purpose that peers did not use for so long is unlike them.',
  },
  acts: { value: 3, unit: 'acts', why: 'Of one officer with what peers never use.' },
  alone: {
    value: 6,
    unit: 'acts',
    why: 'The same where no peer was at work meanwhile who could have used it too.',
  },
  patience: {
    value: 60,
    unit: 'minutes',
    why: 'So long a peer has time to come to it too: programs change for all.',
  },
  history: { value: 5, unit: 'days', why: 'With fewer days at work the peers have no habit yet.' },
  things: { value: 500, unit: 'fields', why: 'Remembered of one client.' },
  clients: { value: 2_000, unit: 'clients', why: 'Those at work last are remembered.' },
} as const satisfies Limits;

interface Thing {
  /** Day and officer of its last uses. */
  readonly uses: { readonly day: number; readonly actor: string }[];
}

interface Novelty {
  readonly thing: string;
  readonly actor: string;
  readonly since: number;
  readonly agreement: string | null;
  readonly ids: string[];
  /** Peers who worked meanwhile without it, and with it. */
  readonly without: Set<string>;
  readonly with: Set<string>;
}

interface Client {
  readonly days: Set<number>;
  readonly things: Map<string, Thing>;
  novelties: Novelty[];
  /** Day on which an agreement's version was first seen. */
  readonly agreements: Map<string, number>;
}

type State = Map<string, Client>;

/** A purpose, or fields, that no peer uses, while peers are at work. A new version of an agreement brings new fields for all. */
export const unlikePeers: Pattern<State> = {
  name: 'unlike-peers',
  begin: () => new Map(),
  note(state, judged) {
    const { answer, day } = judged;
    if (answer.kind !== 'agency' || answer.code !== null) return [];
    const client = recall(state, answer.client, PEER_LIMITS.clients.value, (): Client => {
      return { days: new Set(), things: new Map(), novelties: [], agreements: new Map() };
    });
    const things = thingsOf(judged);
    if (things.length === 0) return [];
    const isYoung = noteAgreement(client, judged);
    const isKnown = client.days.size >= PEER_LIMITS.history.value;
    client.days.add(day);
    const strange =
      isKnown && !isYoung ? things.filter((thing) => isUnlike(client, thing, answer.actor, day)) : [];
    noteMeanwhile(client, judged, things);
    for (const thing of things) learn(client, thing, answer.actor, day);
    return strange.flatMap((thing) => noteNovelty(client, judged, thing) ?? []);
  },
  endDay(state, day) {
    const from = day - PEER_LIMITS.days.value;
    for (const client of state.values()) {
      client.novelties = client.novelties.filter(({ since }) => since > (from + 21) * 24 * HOUR_MS);
      for (const one of client.days) if (one <= from) client.days.delete(one);
      for (const [name, { uses }] of client.things) {
        uses.splice(0, uses.length, ...uses.filter((use) => use.day > from));
        if (uses.length === 0) client.things.delete(name);
      }
    }
  },
};

/** The purpose, and each field under it. */
function thingsOf({ answer }: JudgedAnswer): readonly string[] {
  const fields = new Set(answer.accesses.flatMap(({ coordinates }) => coordinates));
  return fields.size === 0
    ? []
    : [answer.purpose, ...[...fields].map((field) => `${answer.purpose} ${field}`)];
}

/** Tells whether the agreement's version is new here: then its fields are new for everybody. */
function noteAgreement({ agreements }: Client, { answer, day }: JudgedAnswer): boolean {
  if (answer.agreement === null) return false;
  const since = agreements.get(answer.agreement) ?? day;
  const isFirst = agreements.size === 0 || (agreements.size === 1 && agreements.has(answer.agreement));
  remember(agreements, answer.agreement, since, 50);
  return !isFirst && day - since < 7;
}

function isUnlike({ things }: Client, thing: string, actor: string, day: number): boolean {
  const uses = things.get(thing)?.uses ?? [];
  const ofOthers = uses.some((use) => use.actor !== actor);
  const ownDays = new Set(uses.filter((use) => use.actor === actor && use.day < day).map((use) => use.day));
  // What an officer alone has done on many days is the officer's task.
  return !ofOthers && ownDays.size < 3;
}

function learn({ things }: Client, thing: string, actor: string, day: number): void {
  const { uses } = recall(things, thing, PEER_LIMITS.things.value, (): Thing => ({ uses: [] }));
  if (!uses.some((use) => use.day === day && use.actor === actor)) appendUpTo(uses, { day, actor }, 24);
}

/** Others at work while something is new: with it, it is a change for all. */
function noteMeanwhile(client: Client, { answer }: JudgedAnswer, things: readonly string[]): void {
  for (const novelty of client.novelties) {
    if (novelty.actor === answer.actor) continue;
    if (things.includes(novelty.thing)) novelty.with.add(answer.actor);
    else novelty.without.add(answer.actor);
  }
}

function noteNovelty(client: Client, judged: JudgedAnswer, thing: string): Suspicion | null {
  const { answer } = judged;
  let novelty = client.novelties.find((one) => one.thing === thing && one.actor === answer.actor);
  if (!novelty) {
    novelty = {
      thing,
      actor: answer.actor,
      since: answer.time,
      agreement: answer.agreement,
      ids: [],
      without: new Set(),
      with: new Set(),
    };
    appendUpTo(client.novelties, novelty, 100);
  }
  if (!novelty.ids.includes(answer.id)) appendUpTo(novelty.ids, answer.id, 20);
  if (novelty.with.size > 0) return null;
  const isAlone = novelty.without.size === 0;
  if (isAlone && answer.time - novelty.since < PEER_LIMITS.patience.value * MINUTE_MS) return null;
  const needed = isAlone ? PEER_LIMITS.alone.value : PEER_LIMITS.acts.value;
  if (novelty.ids.length < needed) return null;
  const isPurpose = thing === answer.purpose;
  return suspect('unlike-peers', judged, {
    observed: novelty.ids.length,
    usual: 0,
    severity: severityBy(isPurpose ? 'medium' : 'low', novelty.ids.length, 10, 50),
    evidence: novelty.ids,
  });
}
