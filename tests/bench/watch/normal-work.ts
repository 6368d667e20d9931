import { isDayOff } from '../../../src/watch/baseline/holidays.ts';
import { weekdayOf } from '../../../src/watch/access/watch-time.ts';
import type { WatchedAnswer } from '../../../src/watch/access/watched-answer.ts';
import { answerOf, findingsOf, MINUTE_MS, SECOND_MS, timeOf, vietNamDayOf } from './answers.ts';
import type { Dice } from './dice.ts';
import type { SimulatedOffice, SimulatedOfficer } from './offices.ts';
import { neighbourOf, somebody, surnameOf, type SimulatedPerson } from './persons.ts';

/** Rates of what makes normal work noisy. Chosen here: no public figures were at hand. */
const NOISE = {
  wrongPerson: 0.015,
  notYetParty: 0.012,
  wrongDossier: 0.02,
  wrongFactor: 0.02,
  correctedAtOnce: 0.95,
  hiddenParty: 0.003,
  kinParty: 0.003,
  kinRefused: 0.3,
  leftBehind: 0.05,
  followUp: 0.3,
  overtime: 0.03,
  saturdayAlone: 0.012,
  collective: 0.006,
  newborns: 0.15,
};

interface Dossier {
  readonly caseId: string;
  readonly parties: readonly SimulatedPerson[];
  readonly officer: string;
}

/** An office through all days: the dossiers that are still being worked on go on from day to day. */
export class OfficeAtWork {
  readonly #dice: Dice;
  readonly #office: SimulatedOffice;
  #dossiers: Dossier[] = [];
  #number = 1;
  /** The hours of a day in which a register was out, and all look-ups failed. */
  readonly #outage: (day: number) => readonly [from: number, until: number] | null;

  constructor(
    dice: Dice,
    office: SimulatedOffice,
    outage: (day: number) => readonly [from: number, until: number] | null,
  ) {
    this.#dice = dice;
    this.#office = office;
    this.#outage = outage;
  }

  day(day: number): readonly WatchedAnswer[] {
    const answers: WatchedAnswer[] = [];
    this.#number = 1;
    this.#dossiers = this.#dossiers.slice(-150);
    const { officers, hasNightDuty } = this.#office;
    for (const [at, officer] of officers.entries()) {
      if (!isAtWork(officer, day)) continue;
      for (const [from, until, share] of this.#hours(officer, day)) {
        answers.push(...this.#work(officer, day, from, until, share));
      }
      if (hasNightDuty && day % officers.length === at)
        answers.push(...this.#work(officer, day, 18, 23.5, 0.25));
    }
    return answers;
  }

  /** Hours at work, with the share of a day's dossiers that falls into them. */
  #hours(officer: SimulatedOfficer, day: number): readonly (readonly [number, number, number])[] {
    const dice = this.#dice;
    const number = vietNamDayOf(day);
    const shift = officer.shift / 60;
    if (!isDayOff(number)) {
      const usual: (readonly [number, number, number])[] = [
        [7.5 + shift, 11.5 + shift / 2, 0.55],
        [13.5, 17 + shift, 0.45],
      ];
      if (dice.chance(NOISE.overtime)) usual.push([17.2, 18 + dice.next() * 3, 0.3]);
      return usual;
    }
    if (weekdayOf(number) === 6 && this.#office.isOpenOnSaturday && dice.chance(0.5))
      return [[7.5, 11.5, 0.4]];
    // The backlog, on a day off and alone.
    return dice.chance(NOISE.saturdayAlone) ? [[8 + dice.next() * 4, 16, 0.3]] : [];
  }

  #work(
    officer: SimulatedOfficer,
    day: number,
    from: number,
    until: number,
    share: number,
  ): readonly WatchedAnswer[] {
    const dice = this.#dice;
    const { kind, campaign } = this.#office;
    const answers: WatchedAnswer[] = [];
    const count = Math.max(1, Math.round(dice.between(...kind.dossiers) * share * officer.pace));
    for (let done = 0; done < count; done++) {
      const time = timeOf(day, from + dice.next() * (until - from));
      answers.push(...this.#dossier(officer, day, time));
    }
    const isCampaign = campaign !== null && campaign[0] <= day && day <= campaign[1];
    if (isCampaign) {
      for (let list = dice.between(2, 5); list > 0; list--) {
        answers.push(this.#list(officer, day, timeOf(day, from + dice.next() * (until - from))));
      }
    }
    return answers;
  }

  #dossier(officer: SimulatedOfficer, day: number, start: number): readonly WatchedAnswer[] {
    const dice = this.#dice;
    const { kind, commune } = this.#office;
    const older = dice.chance(NOISE.followUp)
      ? this.#dossiers.filter((one) => one.officer === officer.account || dice.chance(0.1))
      : [];
    const isPosted = officer.posting !== null && day >= officer.posting.from;
    let dossier = older.length > 0 ? dice.pick(older) : null;
    // What was begun at the office before is handed over, but for a little of it.
    if (
      dossier &&
      isPosted &&
      !dossier.caseId.startsWith(officer.posting?.code ?? '') &&
      !dice.chance(NOISE.leftBehind)
    )
      dossier = null;
    if (!dossier) {
      const isCollective = dice.chance(NOISE.collective);
      const many = isCollective ? ([13, 30] as const) : kind.manyParties.parties;
      const range = isCollective || dice.chance(kind.manyParties.share) ? many : kind.parties;
      const parties = Array.from({ length: dice.between(...range) }, () =>
        somebody(dice, commune, kind.local),
      );
      if (kind.name === 'civil' && dice.chance(NOISE.newborns)) parties.push(...this.#newborns(day));
      dossier = { caseId: this.#caseOf(officer, day), parties, officer: officer.account };
      this.#dossiers.push(dossier);
    }
    const answers: WatchedAnswer[] = [];
    let time = start;
    const later = (): number => (time += dice.logBetween(8 * SECOND_MS, 6 * MINUTE_MS));
    if (dice.chance(NOISE.wrongDossier)) answers.push(this.#wrongDossier(officer, dossier, time));
    const looks = dice.between(1, 3);
    const asOne = dice.chance(0.3);
    for (let look = 0; look < looks; look++) {
      const groups = asOne ? [dossier.parties] : dossier.parties.map((one) => [one]);
      for (const parties of groups)
        answers.push(...this.#look(officer, day, dossier.caseId, parties, later()));
    }
    if (dice.chance(NOISE.wrongPerson))
      answers.push(
        this.#stranger(officer, dossier.caseId, somebody(dice, commune, kind.local * 0.3), later()),
      );
    if (dice.chance(NOISE.notYetParty))
      answers.push(...this.#notYetParty(officer, day, dossier.caseId, later));
    return answers;
  }

  /** One answer about parties and whom the grant reaches from them; before it, wrong factors and typing errors. */
  #look(
    officer: SimulatedOfficer,
    day: number,
    caseId: string,
    parties: readonly SimulatedPerson[],
    time: number,
  ): readonly WatchedAnswer[] {
    const dice = this.#dice;
    const { kind, update } = this.#office;
    const answers: WatchedAnswer[] = [];
    const [first] = parties;
    let at = time;
    if (kind.needsMatch && first && dice.chance(NOISE.wrongFactor)) {
      do {
        const findings = findingsOf(officer, first, { isParty: true });
        const accesses = [{ person: first.id, outcome: 'denied', rule: 'match', findings }] as const;
        answers.push(answerOf(dice, this.#office, officer, { time: at, caseId, accesses }));
        at += dice.logBetween(6 * SECOND_MS, 90 * SECOND_MS);
      } while (!dice.chance(NOISE.correctedAtOnce));
    }
    const isUpdated = update !== null && day >= update.day && at >= timeOf(update.day, 9);
    const outage = this.#outage(day);
    const isOut = outage !== null && at >= timeOf(day, outage[0]) && at <= timeOf(day, outage[1]);
    const isHidden = dice.chance(NOISE.hiddenParty);
    const accesses = parties.flatMap((person) => {
      const isKin = dice.chance(NOISE.kinParty);
      const findings = findingsOf(officer, person, {
        isParty: true,
        isKin,
        isHousemate: isKin && dice.chance(0.3),
      });
      const own = isOut
        ? ({ person: person.id, findings, outcome: 'failed' } as const)
        : isHidden
          ? ({ person: person.id, findings, outcome: 'denied', rule: 'protected' } as const)
          : isKin && dice.chance(NOISE.kinRefused)
            ? ({ person: person.id, findings, outcome: 'denied', rule: 'relatives' } as const)
            : { person: person.id, findings };
      if (isOut || isHidden) return [own];
      const family = Array.from({ length: dice.between(0, 3) }, () => {
        const relative = {
          ...somebody(dice, person.commune, 1),
          surname: dice.chance(0.6) ? person.surname : surnameOf(dice),
        };
        return {
          person: relative.id,
          findings: findingsOf(officer, relative, { isParty: false, isReached: true }),
        };
      });
      return [own, ...family];
    });
    const made = { time: at, caseId, accesses };
    const fields = isUpdated && update ? { fields: [...kind.fields, update.field] } : {};
    const version = isUpdated && update?.isVersion === true ? { agreement: 'v2' } : {};
    answers.push(answerOf(dice, this.#office, officer, { ...made, ...fields, ...version }));
    // What failed, or seems to be nobody, is asked again.
    if ((isOut || isHidden) && dice.chance(0.6)) {
      answers.push(
        answerOf(dice, this.#office, officer, { ...made, time: at + dice.logBetween(20_000, 600_000) }),
      );
    }
    return answers;
  }

  /** A list of a campaign: each item under its own dossier. */
  #list(officer: SimulatedOfficer, day: number, time: number): WatchedAnswer {
    const dice = this.#dice;
    const items = Array.from({ length: dice.between(15, 80) }, () => {
      const person = somebody(dice, this.#office.commune, this.#office.kind.local);
      return {
        person: person.id,
        findings: findingsOf(officer, person, { isParty: true }),
        cases: [this.#caseOf(officer, day)],
      };
    });
    return answerOf(dice, this.#office, officer, {
      time,
      caseId: items[0]?.cases[0] ?? null,
      accesses: items,
    });
  }

  /** Somebody's digits were mistyped. */
  #stranger(officer: SimulatedOfficer, caseId: string, person: SimulatedPerson, time: number): WatchedAnswer {
    const findings = findingsOf(officer, person, { isParty: false });
    return answerOf(this.#dice, this.#office, officer, {
      time,
      caseId,
      code: 'CASE_NOT_VALID',
      reason: 'not-a-party',
      accesses: [{ person: person.id, findings }],
    });
  }

  /** A relative who came along: refused first, a party after the dossier was put right. */
  #notYetParty(
    officer: SimulatedOfficer,
    day: number,
    caseId: string,
    later: () => number,
  ): readonly WatchedAnswer[] {
    const person = somebody(this.#dice, this.#office.commune, this.#office.kind.local);
    const refused = this.#stranger(officer, caseId, person, later());
    return this.#dice.chance(0.7)
      ? [refused, ...this.#look(officer, day, caseId, [person], later())]
      : [refused];
  }

  #wrongDossier(officer: SimulatedOfficer, { caseId, parties }: Dossier, time: number): WatchedAnswer {
    const dice = this.#dice;
    const at = caseId.length - dice.between(1, 4);
    const wrong = `${caseId.slice(0, at)}${dice.between(0, 9)}${caseId.slice(at + 1)}`;
    const [first] = parties;
    return answerOf(dice, this.#office, officer, {
      time: time - dice.logBetween(5_000, 60_000),
      caseId: wrong === caseId ? `${caseId.slice(0, -1)}x` : wrong,
      code: 'CASE_NOT_VALID',
      reason: 'unknown',
      accesses: first ? [{ person: first.id, findings: findingsOf(officer, first, { isParty: false }) }] : [],
    });
  }

  /** Numbers of children who are registered one after the other. */
  #newborns(day: number): readonly SimulatedPerson[] {
    const dice = this.#dice;
    const base = `001226${String(100_000 + day * 500).padStart(6, '0')}`;
    const first = neighbourOf(base, dice.between(0, 400));
    const count = dice.chance(0.015) ? 2 : 1;
    return Array.from({ length: count }, (_none, at) => ({
      id: neighbourOf(first, at),
      commune: this.#office.commune,
      surname: surnameOf(dice),
    }));
  }

  #caseOf(officer: SimulatedOfficer, day: number): string {
    const { posting } = officer;
    const { code, kind } = this.#office;
    const date = new Date(timeOf(day, 12)).toISOString().slice(2, 10).replaceAll('-', '');
    const office = posting && day >= posting.from ? posting.code : code;
    const anywhere = `H${String(this.#dice.between(1, 63)).padStart(2, '0')}`;
    return `${kind.isNational ? anywhere : office}-${date}-${String(this.#number++).padStart(4, '0')}`;
  }
}

/** Whether an officer is employed and not on leave. */
export function isAtWork({ from, until, leave }: SimulatedOfficer, day: number): boolean {
  return day >= from && day <= until && !leave.some(([begin, end]) => begin <= day && day < end);
}
