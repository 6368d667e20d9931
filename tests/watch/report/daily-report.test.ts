import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { exportLog } from '../../../src/access-log/export/export-log.ts';
import { exportRange } from '../../../src/access-log/export/export-range.ts';
import { statementNote } from '../../../src/access-log/queries/sign-statement.ts';
import { buildLogReader } from '../../../src/access-log/read/log-reader.ts';
import { openRowsAndIndex } from '../../../src/access-log/read/open-reader.ts';
import { signingKeyOf } from '../../../src/log-format/crypto.ts';
import type { Entry } from '../../../src/log-format/entry-format.ts';
import { noteSignerOf } from '../../../src/log-format/notes/note-key.ts';
import { openNote } from '../../../src/log-format/notes/signed-note.ts';
import { vietNamDay } from '../../../src/log-format/viet-nam-time.ts';
import { buildReport } from '../../../src/watch/report/build-report.ts';
import type { DailyReport } from '../../../src/watch/report/daily-report.ts';
import { ReportBook, type ReportBookOptions } from '../../../src/watch/report/report-book.ts';
import { openReportFolder } from '../../../src/watch/report/report-folder.ts';
import { readReportTemplate } from '../../../src/watch/report/print/report-template.ts';
import { authorGroups, LOG_KEY } from '../../access-log/export/log-author.ts';
import { KEYS, LOG, SEAL_KEYS } from '../../access-log/support/example-record.ts';
import { sqliteStoreIn, STORES, type TestStore } from '../../access-log/support/test-stores.ts';
import { DAY, DAY_MS, DUE, OFFICES, simulatedGroups, simulatedSources } from './simulated-days.ts';

const SIGNER = noteSignerOf(LOG, signingKeyOf(KEYS.checkpointKeys[0].key));

async function readerOf(store: TestStore) {
  await authorGroups(store, simulatedGroups());
  const searchKeys = [{ id: 'search-1', key: Buffer.alloc(32, 0x33) }] as const;
  return buildLogReader({ ...openRowsAndIndex(store.settings), sealKeys: SEAL_KEYS, searchKeys });
}

/** One log for all tests that only read it. */
const shared = mkdtempSync(join(tmpdir(), 'reported-'));
let reader: Awaited<ReturnType<typeof readerOf>>;
beforeAll(async () => {
  reader = await readerOf(sqliteStoreIn(join(shared, 'data')));
});
afterAll(async () => {
  await reader.close();
  rmSync(shared, { recursive: true, force: true });
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'reports-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Counts the day from the lines of an export, by a way of its own. */
async function recount(store: TestStore) {
  const rows = store.openLogRows();
  const out = join(folder(), 'out');
  await exportLog(rows, {
    log: LOG,
    range: await exportRange(rows, LOG, { from: 0, to: null }),
    folder: out,
    opener: null,
  });
  await rows.close();
  const entries = readdirSync(out)
    .filter((name) => name.startsWith('entries-'))
    .flatMap((name) => readFileSync(join(out, name), 'utf8').trim().split('\n'))
    .map((line) => JSON.parse(line) as Entry)
    .filter(({ answer }) => vietNamDay(answer.time) === DAY && answer.caller.kind !== 'gateway');
  const answers = [...new Map(entries.map(({ answer }) => [answer.id, answer])).values()];
  const disclosing = (register: string): number =>
    new Set(
      entries
        .filter(({ disclosed }) => disclosed.some((one) => one.register === register))
        .map(({ answer }) => answer.id),
    ).size;
  const of = (client: string) => answers.filter(({ caller }) => caller.client === client);
  return { entries, answers, of, disclosing };
}

describe.each(STORES)('the report of a simulated day, on $name', ({ create }) => {
  test('its counts equal a recount from the export', async () => {
    const store = await create();
    const report = await buildReport(
      simulatedSources(await readerOf(store), () => DUE),
      DAY,
    );
    const counted = await recount(store);
    const refused = (answers: typeof counted.answers): number =>
      answers.filter(({ code }) => code !== null).length;
    expect(counted.answers.length).toBeGreaterThan(50);
    expect(report.totals).toEqual({
      answers: counted.answers.length,
      answered: counted.answers.length - refused(counted.answers),
      refused: refused(counted.answers),
      entries: counted.entries.length,
      forms: 4,
    });
    expect(report.missing).toBe(0);
    expect(report.hours.reduce((sum, one) => sum + one, 0)).toBe(counted.answers.length);
    for (const { code, answers, refused: told } of report.offices) {
      expect([code, answers, told]).toEqual([code, counted.of(code).length, refused(counted.of(code))]);
    }
    expect(report.offices.map(({ code }) => code).toSorted()).toEqual([...OFFICES.keys()].toSorted());
    const hanoi = [...counted.of('hn-hoankiem-civil'), ...counted.of('hn-hoankiem-social')];
    expect(report.provinces.find(({ code }) => code === '01')?.answers).toBe(hanoi.length);
    expect(report.provinces.find(({ code }) => code === '79')?.answers).toBe(
      counted.of('hcm-business-registry').length,
    );
    expect(report.provinces).toHaveLength(34);
    for (const { register, answers } of report.registers) expect(answers).toBe(counted.disclosing(register));
    expect(report.agencies.find(({ name }) => name === 'UBND phường Hoàn Kiếm')?.answers).toBe(hanoi.length);
    expect(report.codes.find(({ name }) => name === 'CASE_NOT_VALID')?.answers).toBe(
      refused(counted.answers),
    );
  });
});

describe('the report', () => {
  test('names the slow register and the silent office, alerts by rule and reason, and no person', async () => {
    const report = await buildReport(
      simulatedSources(reader, () => DUE),
      DAY,
    );
    expect(report.flags.map(({ code, reason, days, text }) => [code, reason, days, text])).toEqual([
      ['land', 'SLOW', 2, 'Chậm 2 ngày: 99% lượt dưới 2.050 ms, ngưỡng 1.000 ms'],
      [
        'hn-hoankiem-social',
        'SILENT',
        1,
        'Không có yêu cầu nào trong 1 ngày, trong khi các nơi khác vẫn hoạt động',
      ],
    ]);
    expect(report.registers.map(({ register, level }) => [register, level])).toEqual([
      ['land', 'YELLOW'],
      ['population', 'GREEN'],
    ]);
    expect(report.alerts).toEqual({
      opened: 2,
      openedByRule: [{ name: 'walking-identifiers', count: 2 }],
      explained: 0,
      escalated: 0,
      closed: 1,
      closedByReason: [{ name: 'true-misuse', count: 1 }],
      waiting: 2,
      oldestDays: 2,
      late: [
        { office: 'hn-hoankiem-civil', name: 'UBND phường Hoàn Kiếm, bộ phận hộ tịch', alerts: 1, days: 2 },
      ],
    });
    expect(report.levels).toEqual([
      { scope: 'PROVINCE', red: 0, yellow: 1, green: 1, grey: 32 },
      { scope: 'COMMUNE', red: 0, yellow: 0, green: 1, grey: 3320 },
    ]);
    const text = JSON.stringify(report) + readReportTemplate(null).print(report);
    for (const told of ['001190900011', 'officer.one', 'le.van.tra', 'Nguyễn', 'H26-261121'])
      expect(text).not.toContain(told);
  });

  test('is compared with a whole day before it alone: an open period, and the first day, are not', async () => {
    const whole = await buildReport(
      simulatedSources(reader, () => DUE),
      DAY,
    );
    expect(whole.before?.answers).toBeGreaterThan(50);
    expect(whole.isProvisional).toBe(false);
    const open = await buildReport(
      simulatedSources(reader, () => DUE - DAY_MS / 2),
      DAY,
    );
    expect([open.isProvisional, open.before]).toEqual([true, null]);
    expect(open.totals.answers).toBeLessThan(whole.totals.answers);
    const first = await buildReport(
      simulatedSources(reader, () => DUE),
      '2026-11-24',
    );
    expect(first.before).toBeNull();
    expect(readReportTemplate(null).print(first)).toContain('Chưa đủ kỳ');
  });

  test('made anew it has the same bytes apart from the time of capture', async () => {
    const at = async (now: number): Promise<DailyReport> =>
      buildReport(
        simulatedSources(reader, () => now),
        DAY,
      );
    const [one, other] = [await at(DUE), await at(DUE + 5 * DAY_MS)];
    expect(one.capturedAt).not.toBe(other.capturedAt);
    expect(JSON.stringify({ ...other, capturedAt: one.capturedAt })).toBe(JSON.stringify(one));
  });
});

describe('the book of reports', () => {
  async function bookAt(clock: { now: number }, changes: Partial<ReportBookOptions> = {}) {
    const directory = folder();
    const made: string[] = [];
    const troubles: unknown[] = [];
    const book = new ReportBook({
      sources: simulatedSources(reader, () => clock.now),
      folder: openReportFolder(directory),
      signer: SIGNER,
      template: readReportTemplate(null),
      onMade: async ({ day, sha256 }) => void made.push(`${day} ${sha256.length}`),
      onTrouble: (error) => troubles.push(error),
      ...changes,
    });
    return { book, made, troubles, directory };
  }

  test('makes yesterday’s report at 00:05 Viet Nam time, signed, once, and keeps it', async () => {
    const clock = { now: Date.parse('2026-11-25T17:04:59Z') };
    const { book, made, directory } = await bookAt(clock);
    await book.makeDue();
    // The day before was due a day earlier.
    expect(made).toEqual(['2026-11-24 64']);
    clock.now += 2_000;
    await book.makeDue();
    await book.makeDue();
    expect(made).toEqual(['2026-11-24 64', `${DAY} 64`]);
    const place = join(directory, 'reports', DAY);
    expect(readdirSync(place).sort()).toEqual(['report.csv', 'report.html', 'report.json', 'report.sig']);
    const statement = readFileSync(join(place, 'report.json'), 'utf8');
    const note = openNote(readFileSync(join(place, 'report.sig'), 'utf8'), [LOG_KEY]);
    expect(note?.text).toBe(statementNote('daily-report', statement, LOG));
    expect(
      openNote(readFileSync(join(place, 'report.sig'), 'utf8').replace('daily', 'dayly'), [LOG_KEY]),
    ).toBeNull();
    expect((await book.of(DAY)).statement).toBe(statement);
  });

  test('a report of today is provisional, and is not kept', async () => {
    const clock = { now: Date.parse('2026-11-25T05:00:00Z') };
    const { book, made, directory } = await bookAt(clock);
    const report = await book.of(DAY);
    expect(report.isProvisional).toBe(true);
    expect(report.html).toContain('Số liệu tạm thời');
    expect([made, readdirSync(directory)]).toEqual([[], []]);
    clock.now += 10_000;
    expect((await book.of(DAY)).capturedAt).toBe(report.capturedAt);
    clock.now += 60_000;
    expect((await book.of(DAY)).capturedAt).not.toBe(report.capturedAt);
  });

  test('a report that cannot be put on record is not kept, and is tried again', async () => {
    const clock = { now: DUE };
    let isDown = true;
    const { book, troubles, directory } = await bookAt(clock, {
      onMade: async () => {
        if (isDown) throw new Error('down');
      },
    });
    await book.makeDue();
    expect([troubles.length, readdirSync(directory)]).toEqual([1, []]);
    isDown = false;
    await book.makeDue();
    expect(readdirSync(join(directory, 'reports'))).toEqual([DAY]);
  });

  test('a gateway that is new reports no day before its first', async () => {
    const { book, made } = await bookAt({ now: DUE - 10 * DAY_MS });
    await book.makeDue();
    expect(made).toEqual([]);
  });
});
