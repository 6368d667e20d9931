import { useEffect, useMemo } from 'preact/hooks';
import type {
  ConsoleDailyReportQuery,
  ConsoleDailyReportQueryVariables,
} from '../../generated/console-operations.ts';
import { useAsked } from '../shell/ask.ts';
import { dateTimeText, dayText, vietNamDayOf } from '../shell/formats.ts';
import { Faults, Waiting } from '../shell/notice.tsx';
import { changeQuery, usePlace } from '../shell/router.ts';
import { useSay, type Words } from '../shell/words.ts';
import { figure } from './centre-words.ts';
import { FlagList } from './flag-list.tsx';
import type { ShownReport } from './report-shape.ts';
import { ReportIndicators, ReportRegisters, ReportUnits, TotalsTable } from './report-tables.tsx';

const TEXT = {
  day: ['Ngày báo cáo', 'Day of the report'],
  title: ['Báo cáo ngày', 'Report of'],
  captured: ['Chụp số liệu lúc', 'Captured at'],
  cutOff: ['chốt lúc', 'cut off at'],
  instance: ['máy chủ', 'instance'],
  provisional: ['Số liệu tạm thời: ngày báo cáo chưa kết thúc.', 'Provisional: the day is not over.'],
  missing: [
    'Số dòng nhật ký không đọc được, chưa tính vào báo cáo:',
    'Log entries that do not read and are not counted:',
  ],
  files: ['Tải báo cáo', 'The report as files'],
  html: ['Bản in (HTML)', 'To print (HTML)'],
  csv: ['Bảng số (CSV)', 'Figures (CSV)'],
  json: ['Nội dung có ký (JSON)', 'Signed statement (JSON)'],
  signature: ['Chữ ký', 'Signature'],
  alerts: ['Cảnh báo', 'Alerts'],
  opened: ['mở trong ngày', 'opened'],
  closed: ['đã đóng', 'closed'],
  waiting: ['đang chờ', 'waiting'],
  oldest: ['lâu nhất (ngày)', 'oldest (days)'],
  provinces: ['Tỉnh, thành phố', 'Provinces'],
  offices: ['Cơ quan', 'Offices'],
} as const satisfies Record<string, Words>;

const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The daily report: yesterday's unless the address names another day. */
export default function ReportPage() {
  const say = useSay();
  const { query } = usePlace();
  const today = vietNamDayOf(Date.now());
  const named = query.get('day') ?? '';
  const day = DAY.test(named) ? named : vietNamDayOf(Date.now() - DAY_MS);
  const asked = useAsked<ConsoleDailyReportQuery, ConsoleDailyReportQueryVariables>('daily-report', { day });
  const report = asked?.data?.dailyReport;
  return (
    <>
      <form class="actions" onSubmit={(event) => event.preventDefault()}>
        <label>
          {say(TEXT.day)}{' '}
          <input
            type="date"
            value={day}
            max={today}
            onChange={({ currentTarget }) => changeQuery({ day: currentTarget.value || null })}
          />
        </label>
      </form>
      {asked ? <Faults codes={asked.codes} /> : <Waiting />}
      {report ? <ReportShown report={report} /> : null}
    </>
  );
}

function ReportShown({ report }: { readonly report: NonNullable<ConsoleDailyReportQuery['dailyReport']> }) {
  const say = useSay();
  const shown = useMemo(() => JSON.parse(report.statement ?? '{}') as ShownReport, [report.statement]);
  const { alerts } = shown;
  return (
    <article>
      <h2>
        {say(TEXT.title)} {dayText(shown.day)}
      </h2>
      <p>
        {say(TEXT.captured)} {dateTimeText(shown.capturedAt)}, {say(TEXT.cutOff)} {dateTimeText(shown.cutOff)}
        , {say(TEXT.instance)} {shown.instance}.
      </p>
      {shown.isProvisional ? <p class="note-box">{say(TEXT.provisional)}</p> : null}
      {shown.missing > 0 ? (
        <p class="fault-box">
          {say(TEXT.missing)} {figure(shown.missing)}
        </p>
      ) : null}
      <div class="actions" role="group" aria-label={say(TEXT.files)}>
        <FileLink words={TEXT.html} name={`${shown.day}.html`} type="text/html" text={report.html} />
        <FileLink words={TEXT.csv} name={`${shown.day}.csv`} type="text/csv" text={report.csv} />
        <FileLink words={TEXT.json} name="report.json" type="application/json" text={report.statement} />
        <FileLink words={TEXT.signature} name="report.sig" type="text/plain" text={report.signature} />
      </div>
      <TotalsTable report={shown} />
      <FlagList flags={shown.flags} />
      <ReportRegisters report={shown} />
      <ReportUnits title={TEXT.provinces} units={shown.provinces} />
      <ReportUnits title={TEXT.offices} units={shown.offices} />
      <section>
        <h2>{say(TEXT.alerts)}</h2>
        <p>
          {figure(alerts.opened)} {say(TEXT.opened)}, {figure(alerts.closed)} {say(TEXT.closed)},{' '}
          {figure(alerts.waiting)} {say(TEXT.waiting)}
          {alerts.oldestDays === null ? '' : `, ${say(TEXT.oldest)}: ${figure(alerts.oldestDays)}`}.
        </p>
      </section>
      <ReportIndicators report={shown} />
    </article>
  );
}

/** A file to keep. It is made in the browser from what was answered, byte for byte. */
function FileLink({
  words,
  name,
  type,
  text,
}: {
  readonly words: Words;
  readonly name: string;
  readonly type: string;
  readonly text: string | null | undefined;
}) {
  const say = useSay();
  const url = useMemo(() => URL.createObjectURL(new Blob([text ?? ''], { type })), [text, type]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return (
    <a class="button quiet" href={url} download={name}>
      {say(words)}
    </a>
  );
}
