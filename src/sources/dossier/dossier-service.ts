import { subjectText } from '../../log-format/subject-text.ts';
import type { Limits } from '../../config/limits.ts';
import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { GatewayError } from '../../errors.ts';
import type { CaseFacts, CaseInquiry, Party } from '../../policy/case/case.ts';
import {
  readBusinessCode,
  readCertificateSerial,
  readParcelId,
  readPersonalId,
} from '../wire/identifiers.ts';
import type { Transport } from '../calls/transport.ts';
import { asList, parseJson } from '../wire/json-values.ts';
import { REPLY_LIMITS } from '../wire/reply-limits.ts';

/** Gives facts about a dossier; the policy decides what follows from them. */
export interface CaseService {
  /** Gives null when there is no such dossier. Rejects with CASE_SERVICE_UNAVAILABLE. */
  ask(inquiry: CaseInquiry): Promise<CaseFacts | null>;
  close(): Promise<void>;
}

export interface DossierServiceOptions {
  readonly transport: Transport;
  readonly secret: string;
  readonly timeoutMs: number;
  /** Monotonic milliseconds, so that a clock set back does not prolong a dossier's life. */
  readonly now?: () => number;
}

/** A list that may be null, or one element, as converters from XML write it. */
const listOf = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((raw) => {
    const list = asList(raw) ?? raw;
    // Its length is looked at before its items are.
    return Array.isArray(list) && list.length > REPLY_LIMITS.parties.value ? undefined : list;
  }, z.array(item));

/** Wire format of the one-stop system's dossier service (modelled, see mocks/registers/WIRE.md). */
const answerSchema = z.object({
  maHoSo: z.string(),
  thuTuc: z.string(),
  heThongTiepNhan: z.string(),
  trangThai: z.enum(['DANG_XU_LY', 'DA_DONG']),
  canBoThuLy: listOf(z.string()),
  ngayTiepNhan: z.iso.date(),
  cacBen: listOf(
    z.object({ loai: z.enum(['CA_NHAN', 'TO_CHUC', 'THUA_DAT', 'GIAY_CHUNG_NHAN']), ma: z.string() }),
  ),
  doiTuong: listOf(z.string()),
  giayToYeuCau: listOf(z.string()).nullish(),
});

type Answer = z.infer<typeof answerSchema>;

/** Provinces republish a ministry's procedure with a suffix (`1.012783.H61`); the ministry's code counts. */
const PROVINCE_COPY = /\.H\d{2}$/;

/** For each kind of party on the wire: its kind as a subject, and the reader of its code. */
const PARTY_KINDS = {
  CA_NHAN: ['person', readPersonalId],
  TO_CHUC: ['organisation', readBusinessCode],
  THUA_DAT: ['parcel', readParcelId],
  GIAY_CHUNG_NHAN: ['certificate', readCertificateSerial],
} as const;

export const DOSSIER_LIMITS = {
  lifetime: {
    value: 30_000,
    unit: 'ms',
    why: 'A dossier that is closed meanwhile opens data for at most so long.',
  },
  dossiers: { value: 20_000, unit: 'dossiers', why: 'More dossiers than are worked on in half a minute.' },
} as const satisfies Limits;

interface KnownDossier {
  facts: Omit<CaseFacts, 'parties' | 'partiesListed'> | null;
  readonly parties: Set<string>;
  /** Every party that any answer listed, by key: a business code may equal its owner's personal id. */
  readonly listed: Map<string, readonly Party[]>;
  /** The parties that every answer listed, whoever was asked about: the demo's dossiers list those who were asked. */
  constant: ReadonlyMap<string, Party>;
  /** Subjects that the service was asked about, parties or not. */
  readonly asked: Set<string>;
}

/** Asks once per dossier, caller and subject while its facts live. */
export function buildDossierService(options: DossierServiceOptions): CaseService {
  const { transport, secret, timeoutMs, now = () => performance.now() } = options;
  const known = new LRUCache<string, KnownDossier>({
    max: DOSSIER_LIMITS.dossiers.value,
    ttl: DOSSIER_LIMITS.lifetime.value,
    ttlResolution: 0,
    perf: { now },
  });

  async function send(inquiry: CaseInquiry, subjects: readonly string[]): Promise<KnownDossier> {
    const response = await transport
      .send(
        {
          method: 'POST',
          path: '/hoSo/traCuu',
          headers: {
            authorization: `Bearer ${secret}`,
            'content-type': 'application/json',
            'x-request-id': randomUUID(),
          },
          body: JSON.stringify({
            maHoSo: inquiry.caseId,
            heThong: inquiry.clientId,
            donVi: inquiry.unit,
            taiKhoan: inquiry.officer,
            mucDich: inquiry.purpose,
            doiTuong: subjects,
          }),
        },
        timeoutMs,
      )
      .catch((cause: unknown) => {
        throw new GatewayError('CASE_SERVICE_UNAVAILABLE', { cause });
      });
    if (response.status === 404) {
      return {
        facts: null,
        parties: new Set(),
        listed: new Map(),
        constant: new Map(),
        asked: new Set(subjects),
      };
    }
    const parsed = response.status === 200 ? answerSchema.safeParse(parseJson(response.body)) : undefined;
    // An answer about another dossier is as good as none.
    if (!parsed?.success || parsed.data.maHoSo !== inquiry.caseId) {
      throw new GatewayError('CASE_SERVICE_UNAVAILABLE');
    }
    return readAnswer(parsed.data, subjects);
  }

  async function ask(inquiry: CaseInquiry): Promise<CaseFacts | null> {
    // None of the parts can hold a space.
    const id = `${inquiry.caseId} ${inquiry.clientId} ${inquiry.officer} ${inquiry.purpose} ${inquiry.unit}`;
    const held = known.get(id);
    const unasked = held ? inquiry.subjects.filter((subject) => !held.asked.has(subject)) : inquiry.subjects;
    if (held && unasked.length === 0) return factsOf(held, inquiry);
    const fresh = await send(inquiry, unasked);
    const sameAgain = known.get(id);
    // What was known of the other subjects has ended meanwhile.
    if (!sameAgain && unasked.length < inquiry.subjects.length) return ask(inquiry);
    if (!sameAgain) {
      known.set(id, fresh);
      return factsOf(fresh, inquiry);
    }
    // Parties of the same dossier add up; its state is the newest, for as long as the oldest part of it lives.
    for (const subject of fresh.asked) sameAgain.asked.add(subject);
    for (const party of fresh.parties) sameAgain.parties.add(party);
    for (const [key, parties] of fresh.listed) sameAgain.listed.set(key, parties);
    sameAgain.constant = new Map([...sameAgain.constant].filter(([text]) => fresh.constant.has(text)));
    sameAgain.facts = fresh.facts;
    return factsOf(sameAgain, inquiry);
  }

  return { ask, close: () => transport.close() };
}

function readAnswer(answer: Answer, subjects: readonly string[]): KnownDossier {
  const asked = new Set(subjects);
  const parties = partiesOf(answer);
  return {
    facts: {
      isOpen: answer.trangThai === 'DANG_XU_LY',
      receivedBy: answer.heThongTiepNhan,
      receivedOn: answer.ngayTiepNhan,
      procedure: answer.thuTuc.replace(PROVINCE_COPY, ''),
      officers: answer.canBoThuLy,
      ...(answer.giayToYeuCau ? { papersAsked: answer.giayToYeuCau } : {}),
    },
    parties: new Set(answer.doiTuong.filter((party) => asked.has(party))),
    listed: Map.groupBy(parties, ({ key }) => key),
    constant: new Map(parties.map((party) => [subjectText(party), party])),
    asked,
  };
}

/** A party whose code no register could hold (a passport, a foreign company) leads to no record. */
function partiesOf({ cacBen }: Answer): readonly Party[] {
  return cacBen.flatMap(({ loai, ma }) => {
    const [kind, read] = PARTY_KINDS[loai];
    const key = read(ma);
    return key === undefined ? [] : [{ kind, key }];
  });
}

/**
 * Lists the parties that count for one request: those that every answer lists, and those whom this request asks about. A
 * party that only an answer to another request listed is none of them: what is seen would depend on who had asked before.
 */
function factsOf(
  { facts, parties, listed, constant }: KnownDossier,
  { subjects }: CaseInquiry,
): CaseFacts | null {
  if (!facts) return null;
  const asked = new Set(subjects).values().flatMap((key) => listed.get(key) ?? []);
  const others = asked.filter((party) => !constant.has(subjectText(party)));
  return { ...facts, parties, partiesListed: [...constant.values(), ...others] };
}
