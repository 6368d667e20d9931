import type { Limits } from '../../../config/limits.ts';
import type { AnswerRecord } from '../../entry/answer-record.ts';

const TEXT_WHY = 'New operation texts that are stored in one period';

export const TEXT_SHARE_LIMITS = {
  period: { value: 3_600_000, unit: 'ms', why: 'An application has few texts, and they are stored once.' },
  ofCitizen: {
    value: 64 * 1_024,
    unit: 'characters',
    why: `${TEXT_WHY}, of one citizen: anybody may invent texts, and the log is kept for years.`,
  },
  ofOfficer: { value: 1_024 * 1_024, unit: 'characters', why: `${TEXT_WHY}, of one officer account.` },
  ofClient: { value: 8 * 1_024 * 1_024, unit: 'characters', why: `${TEXT_WHY}, of one client.` },
  callers: {
    value: 100_000,
    unit: 'callers',
    why: 'Those who come later in a period have no share of their own: no text of theirs is stored.',
  },
} as const satisfies Limits;

/** A stored text takes so many characters beside its own. */
const ROW_CHARACTERS = 256;

/**
 * Shares of callers and clients in the operation texts that are stored. Past its share a text is left out: the entry names it by its
 * hash alone, as it does every text.
 */
export class TextShares {
  readonly #now: () => number;
  readonly #taken = new Map<string, number>();
  #endsAt = 0;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** True where there is room for the text of this caller, which it then takes. */
  admits(
    { client, officer, citizen }: Pick<AnswerRecord, 'client' | 'officer' | 'citizen'>,
    text: string,
  ): boolean {
    const now = this.#now();
    if (now >= this.#endsAt) {
      this.#taken.clear();
      this.#endsAt = now + TEXT_SHARE_LIMITS.period.value;
    }
    const length = text.length + ROW_CHARACTERS;
    const own = citizen === null ? `${client} officer ${officer}` : `${client} citizen ${citizen}`;
    const limit = citizen === null ? TEXT_SHARE_LIMITS.ofOfficer : TEXT_SHARE_LIMITS.ofCitizen;
    const ofOwn = this.#taken.get(own);
    const ofClient = this.#taken.get(client) ?? 0;
    if (ofOwn === undefined && this.#taken.size >= TEXT_SHARE_LIMITS.callers.value) return false;
    if ((ofOwn ?? 0) + length > limit.value) return false;
    if (ofClient + length > TEXT_SHARE_LIMITS.ofClient.value) return false;
    this.#taken.set(own, (ofOwn ?? 0) + length);
    this.#taken.set(client, ofClient + length);
    return true;
  }
}
