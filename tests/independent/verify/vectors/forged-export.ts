import { hash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson, type JsonValue } from '../../../../src/log-format/canonical-json.ts';
import { formatCheckpoint, originOf } from '../../../../src/log-format/notes/checkpoint.ts';
import { commitmentOf } from '../../../../src/log-format/commitment.ts';
import { CompactRange } from '../../../../src/log-format/tree/compact-range.ts';
import { cosign } from '../../../../src/log-format/notes/cosignature.ts';
import type {
  Entry,
  LogFile,
  OpeningLine,
  Receipt,
  SubjectValue,
} from '../../../../src/log-format/entry-format.ts';
import { EMPTY_ROOT, leafHash, nodeHash } from '../../../../src/log-format/tree/merkle-hash.ts';
import { signingKeyOf } from '../../../../src/log-format/crypto.ts';
import {
  ED25519_COSIGNATURE,
  noteSignerOf,
  type NoteSigner,
} from '../../../../src/log-format/notes/note-key.ts';
import { formatSignatureLine, parseNote, signNote } from '../../../../src/log-format/notes/signed-note.ts';

export const LOG = 'national-data-gateway/gw-1';
/** 15 January 2026, 09:00 in Viet Nam. */
export const START = Date.UTC(2026, 0, 15, 2);

const seed = (name: string): Buffer => hash('sha256', name, 'buffer');
export const logKey = signingKeyOf(seed('log'));
export const otherKey = signingKeyOf(seed('somebody else'));
export const signerOf = (origin: string, key = logKey): NoteSigner => noteSignerOf(origin, key);
export const witness = noteSignerOf('witness.example/w1', signingKeyOf(seed('witness')), ED25519_COSIGNATURE);

/** An export as its files hold it; attacks change it before it is written. */
export interface Forged {
  log: LogFile;
  lines: string[];
  hashes: Uint8Array[];
  notes: string[];
  openings: string[];
}

export interface ForgedReceipt {
  readonly receipt: Receipt;
  readonly request: string;
  readonly answer: string;
}

interface Written {
  readonly line: string;
  readonly leaf: Uint8Array;
  readonly opening: OpeningLine;
}

const base64url = (text: string): string => hash('sha256', text, 'base64url');
/** 22 characters that differ from call to call. */
const saltOf = (name: string): string => base64url(`salt ${name}`).slice(0, 22);

/** An honest log in memory, built with the format's own modules: slow and plain. */
export class LogForge {
  readonly written: Written[] = [];
  readonly checkpoints: { readonly size: number; note: string }[] = [];
  readonly bodies = new Map<string, { readonly request: string; readonly answer: string }>();
  epoch = 1;
  readonly #name: string;

  constructor(name = LOG) {
    this.#name = name;
  }

  get size(): number {
    return this.written.length;
  }

  get origin(): string {
    return originOf(this.#name, this.epoch);
  }

  /** One answer; returns its id. */
  answer(
    subjects: readonly SubjectValue[],
    time = START + this.size * 1000,
    changes: Partial<Entry['answer']> = {},
    upstream?: string,
    cachedAge: Entry['disclosed'][number]['age'] = 'live',
  ): string {
    const id = hash('sha256', `${this.#name} ${this.epoch} ${this.size}`, 'hex').slice(0, 32);
    const bodies = { request: `{"query":"${id}"}`, answer: `{"data":{"id":"${id}"}}` };
    this.bodies.set(id, bodies);
    subjects.forEach((subject, n) => {
      const entry = this.#entryOf(id, subjects.length, n, subject, time, changes, upstream);
      if (cachedAge !== 'live') {
        entry.disclosed = entry.disclosed.map((one) => ({ ...one, age: cachedAge, cached: true }));
        if (entry.first) entry.first.calls = [];
      }
      this.#write(entry, subject, bodies);
    });
    return id;
  }

  act(purpose: string, detail: JsonValue, time = START + this.size * 1000): string {
    const caller = { agency: null, client: 'gateway', key: null, kind: 'gateway' as const, officer: 'gw-1' };
    const id = hash('sha256', `act ${this.epoch} ${this.size}`, 'hex').slice(0, 32);
    const subject: SubjectValue = { key: '', kind: 'none' };
    const entry = this.#entryOf(id, 1, 0, subject, time, {
      caller,
      purpose,
      agreement: null,
      operation: null,
      case: null,
    });
    entry.first = { calls: [], denied: [], detail: detail as Record<string, never> };
    this.#write(entry, subject, { request: '', answer: '' });
    return id;
  }

  root(size = this.size): Uint8Array {
    return rootOf(this.written.slice(0, size).map(({ leaf }) => leaf));
  }

  checkpoint(options: { readonly cosignedAt?: number } = {}): string {
    let note = checkpointNote(this.origin, this.size, this.root());
    if (options.cosignedAt !== undefined) note = cosigned(note, options.cosignedAt);
    this.checkpoints.push({ size: this.size, note });
    return note;
  }

  /** Goes on from a backup: what follows `size` is lost. Returns the last checkpoint of what was. */
  restore(size: number, statement?: (honest: Record<string, JsonValue>) => JsonValue | null): string {
    const lost = this.checkpoints.at(-1)?.note ?? '';
    const honest = {
      epoch: this.epoch + 1,
      from: size,
      lost: { origin: this.origin, root: Buffer.from(this.root()).toString('base64'), size: this.size },
    };
    this.written.length = size;
    while ((this.checkpoints.at(-1)?.size ?? 0) > size) this.checkpoints.pop();
    this.epoch += 1;
    const detail = statement ? statement(honest) : honest;
    if (detail !== null) this.act('log-restored', detail);
    return lost;
  }

  receiptOf(id: string): ForgedReceipt {
    const written = this.written.filter(({ line }) => line.includes(`"id":"${id}"`));
    const [first] = written;
    const bodies = this.bodies.get(id);
    if (!first || !bodies) throw new Error('no such answer');
    const { answer: head, commitments } = JSON.parse(first.line) as Entry;
    const text = [
      `${this.origin} receipt v1`,
      id,
      `time ${head.time}`,
      `request ${commitments.request}`,
      `answer ${commitments.answer}`,
      ...written.map(({ leaf }) => `entry ${Buffer.from(leaf).toString('base64')}`),
    ];
    const receipt: Receipt = {
      v: 1,
      note: signNote(`${text.join('\n')}\n`, signerOf(this.origin)),
      opening: { answer: first.opening.answer[0], request: first.opening.request[0] },
    };
    const answer = `${bodies.answer.slice(0, -1)},"extensions":{"receipt":${JSON.stringify(receipt)}}}`;
    return { receipt, request: bodies.request, answer };
  }

  /** The export as `export-log` would write it, with all openings. */
  export(from = 0, to = this.checkpoints.at(-1)?.size ?? 0): Forged {
    const part = this.written.slice(from, to);
    const range = new CompactRange();
    for (const { leaf } of this.written.slice(0, from)) range.append(leaf);
    return {
      log: {
        v: 1,
        log: this.#name,
        from,
        to,
        before: range.hashes.map((one) => Buffer.from(one).toString('base64')),
      },
      lines: part.map(({ line }) => line),
      hashes: part.map(({ leaf }) => leaf),
      notes: this.checkpoints
        .filter(({ size }) => size <= to && (from === 0 || size >= from))
        .map(({ note }) => note),
      openings: part.map(({ opening }) => JSON.stringify(opening)),
    };
  }

  #entryOf(
    id: string,
    entries: number,
    n: number,
    subject: SubjectValue,
    time: number,
    changes: Partial<Entry['answer']>,
    upstream = `up-${id.slice(0, 8)}`,
  ): Entry {
    return {
      answer: {
        agreement: { digest: 'ab'.repeat(32), id: 'inspection', version: 3 },
        caller: {
          agency: 'Sở Tư pháp Hà Nội',
          client: 'portal-hn',
          key: 'kid-1',
          kind: 'agency',
          officer: 'an.nguyen',
        },
        case: 'H26-261121-0001',
        code: null,
        entries,
        id,
        instance: 'gw-1',
        legalBasis: 'Luật Căn cước 2023, Điều 10 "khoản 2"',
        operation: { hash: 'cd'.repeat(32), name: 'Citizen' },
        outcome: 'answered',
        purpose: 'inspection',
        reason: null,
        release: null,
        requestId: `request-${id.slice(0, 8)}`,
        time,
        traceId: 'ef'.repeat(16),
        ...changes,
      },
      cases: n === 1 ? ['H26-261121-0002'] : [],
      commitments: { answer: '', predicates: '', request: '', subject: '' },
      disclosed:
        subject.kind === 'none'
          ? []
          : [
              {
                age: 'live',
                cached: false,
                coordinates: ['Citizen.birthDate', 'Citizen.name'],
                register: 'population',
                status: 'value',
                upstream: [upstream],
              },
            ],
      first:
        n === 0
          ? {
              calls: [['population', upstream]],
              denied: ['Citizen.religion FIELD_NOT_GRANTED'],
              detail: null,
            }
          : null,
      n,
      outcome: subject.kind === 'none' ? 'nothing' : 'disclosed',
      rule: null,
      subject: subject.kind,
      tree: { index: this.size, log: this.#name },
      v: 1,
    };
  }

  #write(
    entry: Entry,
    subject: SubjectValue,
    bodies: { readonly request: string; readonly answer: string },
  ): void {
    const { id } = entry.answer;
    const predicates = {
      inputs: '00000---',
      operation: { arguments: '', conditions: {}, index: 0 },
      rule: '-' as const,
    };
    const opening: OpeningLine = {
      index: this.size,
      subject: [saltOf(`s ${id} ${entry.n}`), subject],
      predicates: [saltOf(`p ${id} ${entry.n}`), predicates],
      request: [saltOf(`r ${id}`), base64url(bodies.request)],
      answer: [saltOf(`a ${id}`), base64url(bodies.answer)],
    };
    for (const label of ['subject', 'predicates', 'request', 'answer'] as const) {
      const [salt, value] = opening[label];
      entry.commitments[label] = commitmentOf(label, salt, canonicalJson(value));
    }
    entry.tree.index = this.size;
    const line = canonicalJson(entry);
    this.written.push({ line, leaf: leafHash(line), opening });
  }
}

export function person(number: number): SubjectValue {
  return { key: String(1_190_000_000 + number).padStart(12, '0'), kind: 'person' };
}

/** 30 entries of 20 answers, a checkpoint after every second answer. */
export function honestLog(name = LOG): LogForge {
  const forge = new LogForge(name);
  for (let answer = 0; answer < 20; answer++) {
    const subjects = [person(answer), person(answer + 100), person(answer + 200)].slice(0, 1 + (answer % 2));
    forge.answer(subjects);
    if (answer % 2 === 1) forge.checkpoint();
  }
  return forge;
}

export function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (!only) return EMPTY_ROOT;
  if (leaves.length === 1) return only;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}

export function checkpointNote(origin: string, size: number, root: Uint8Array, key = logKey): string {
  return formatCheckpoint({ origin, size, root }, signerOf(origin, key));
}

export function cosigned(note: string, seconds: number): string {
  return note + formatSignatureLine(cosign(parseNote(note)?.text ?? '', seconds, witness));
}

/** Removes entries as retention does after their time. */
export function remove(forged: Forged, from: number, to: number): void {
  for (let index = from; index < to; index++) {
    forged.lines[index] = JSON.stringify({
      removed: Buffer.from(forged.hashes[index] ?? []).toString('base64'),
    });
  }
  forged.openings = forged.openings.filter((line) => {
    const { index } = JSON.parse(line) as OpeningLine;
    return index < from || index >= to;
  });
}

/** Hashes of the lines as they stand now. */
export function rehash(forged: Forged): void {
  forged.hashes = forged.lines.map((line) => leafHash(line));
}

/** Writes an export into a new folder, `perFile` lines a file. */
export function writeExport(forged: Forged, perFile = 1_000_000): string {
  const folder = mkdtempSync(join(tmpdir(), 'forged-export-'));
  mkdirSync(folder, { recursive: true });
  const write = (name: string, content: string | Buffer): void => writeFileSync(join(folder, name), content);
  const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');
  write('log.json', JSON.stringify(forged.log));
  const files = Math.ceil(Math.max(forged.lines.length, forged.hashes.length) / perFile);
  for (let file = 0; file < files; file++) {
    const number = String(file + 1).padStart(6, '0');
    // What was taken out or put in is in the last file: the others keep their number of lines.
    const end = file + 1 === files ? undefined : (file + 1) * perFile;
    write(`entries-${number}.ndjson`, lines(forged.lines.slice(file * perFile, end)));
    write(`hashes-${number}.bin`, Buffer.concat(forged.hashes.slice(file * perFile, end)));
  }
  write('checkpoints.ndjson', lines(forged.notes.map((note) => JSON.stringify({ note }))));
  if (forged.openings.length > 0) write('openings-000001.ndjson', lines(forged.openings));
  return folder;
}
