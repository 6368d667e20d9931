import type { FilledForm, FormField, NamedParty } from './gateway-client.ts';
import { printedValue } from './printed-value.ts';
import { html, type Html } from './html.ts';
import { formKey, page } from './pages.ts';
import { ABSENCES, registerName, roleName, type OfferedForm } from './procedures.ts';
import type { Session } from './sessions.ts';

/** Parcels and businesses of the citizen, to name one as a party. */
export interface OwnThings {
  readonly parcels: readonly { readonly id: string; readonly address: string }[];
  readonly businesses: readonly { readonly code: string; readonly name: string }[];
}

/** The form to fill: values with their source, what contradicts, what paper is still needed. */
export function formPage(
  session: Session,
  offered: OfferedForm,
  form: FilledForm,
  own: OwnThings,
  named: readonly NamedParty[],
): string {
  const fields = form.fields ?? [];
  return page(
    offered.name,
    html`${summary(fields)} ${contradictions(form)} ${partyForm(session, offered, own, named)}
      <form method="post" action="/forms/${offered.code}/review" class="fields">
        ${formKey(session)} ${named.map(namedInput)}
        ${[...Map.groupBy(fields, ({ party }) => party ?? '')].map(
          ([party, ofParty], index) =>
            html`<fieldset>
              <legend>${roleName(party)}</legend>
              ${ofParty.map((field, place) => fieldInput(field, `f${index}-${place}`))}
            </fieldset>`,
        )}
        <button>Xem lại trước khi gửi</button>
      </form>
      ${papers(form)}`,
    session,
  );
}

/** A party that was named goes with the form, so that it is filled with the same party again. */
function namedInput({ role, personalId, landParcelId, businessCode }: NamedParty): Html {
  return html`<input type="hidden" name="${role}" value="${personalId ?? landParcelId ?? businessCode}" />`;
}

function summary(fields: readonly FormField[]): Html {
  const filled = fields.filter(({ value }) => value !== null).length;
  return html`<p class="summary" role="status">
    Đã điền sẵn <strong>${filled}</strong> trong ${fields.length} mục. Mục có dấu
    <span class="mark lock">Khóa</span> lấy từ cơ sở dữ liệu quốc gia; mục có dấu
    <span class="mark edit">Sửa được</span> có thể ghi lại.
  </p>`;
}

function fieldInput(field: FormField, id: string): Html {
  const { label, row, value, absence, candidates, isEditable } = field;
  const name = `${field.party} ${field.key} ${row ?? ''}`;
  const note = `${id}-note`;
  const isLocked = value !== null && isEditable !== true;
  return html`<div class="field">
    <label for="${id}">${label}${row !== null && ` (dòng ${row + 1})`}</label>
    ${
      absence === 'AMBIGUOUS'
        ? html`<select id="${id}" name="${name}" aria-describedby="${note}">
            <option value="">- chọn -</option>
            ${(candidates ?? []).map((one) => html`<option value="${one}">${printedValue(one)}</option>`)}
          </select>`
        : html`<input
            id="${id}"
            name="${name}"
            value="${value === null ? '' : printedValue(value ?? '')}"
            aria-describedby="${note}"
            ${(isLocked || absence === 'NOT_APPLICABLE') && 'readonly'}
          />`
    }
    <p class="note" id="${note}">
      ${value === null ? (ABSENCES[absence ?? ''] ?? '') : sourceNote(field, isLocked)}
    </p>
  </div>`;
}

function sourceNote({ source, editingNote }: FormField, isLocked: boolean): Html {
  return html`<span class="mark ${isLocked ? 'lock' : 'edit'}">${isLocked ? 'Khóa' : 'Sửa được'}</span> Nguồn:
    ${source?.authority}${source?.recordNo && `, số ${source.recordNo}`}${
      source?.recordDate && `, ngày ${printedValue(source.recordDate)}`
    }${source?.asOf && `, dữ liệu ngày ${printedValue(source.asOf)}`}.
    ${editingNote}`;
}

function contradictions({ contradictions: found }: FilledForm): Html | null {
  if (!found || found.length === 0) return null;
  return html`<section class="warning" aria-labelledby="contradictions">
    <h2 id="contradictions">Dữ liệu chưa thống nhất</h2>
    <ul>
      ${found.map(
        ({ fact, values, prevails, correctedBy }) =>
          html`<li>
            ${fact}:
            ${(values ?? []).map(
              ({ register, value, recordDate }) =>
                html`<span class="value"
                  >${registerName(register)} ghi
                  "${printedValue(value ?? '')}"${recordDate && ` (ngày ${printedValue(recordDate)})`}</span
                > `,
            )}
            Theo luật, giá trị của cơ sở dữ liệu ${registerName(prevails)} được ưu tiên. Thủ tục điều chỉnh:
            ${correctedBy}.
          </li>`,
      )}
    </ul>
  </section>`;
}

/** Parties that only the citizen can name. They travel in the body: a personal id in an address would stand in logs. */
function partyForm(
  session: Session,
  { code, namedBy }: OfferedForm,
  { parcels, businesses }: OwnThings,
  named: readonly NamedParty[],
): Html | null {
  if (namedBy.length === 0) return null;
  const options = {
    parcel: parcels.map(({ id, address }) => [id, address] as const),
    business: businesses.map(({ code: key, name }) => [key, name] as const),
  };
  return html`<form method="post" action="/forms/${code}" class="parties">
    ${formKey(session)}
    <fieldset>
      <legend>Người và tài sản có liên quan</legend>
      ${namedBy.map(({ role, label, kind }) => {
        const party = named.find((one) => one.role === role);
        const given = party?.personalId ?? party?.landParcelId ?? party?.businessCode ?? '';
        return html`<div class="field">
          <label for="party-${role}">${label}</label>
          ${
            kind === 'person'
              ? html`<input
                  id="party-${role}"
                  name="${role}"
                  value="${given}"
                  inputmode="numeric"
                  autocomplete="off"
                />`
              : html`<select id="party-${role}" name="${role}">
                  <option value="">- chưa chọn -</option>
                  ${options[kind].map(
                    ([key, text]) =>
                      html`<option value="${key}" ${key === given && 'selected'}>${text}</option>`,
                  )}
                </select>`
          }
        </div>`;
      })}
    </fieldset>
    <button class="quiet">Điền lại biểu mẫu</button>
  </form>`;
}

const STATES: Readonly<Record<string, string>> = {
  REPLACED: 'Không phải nộp',
  PARTLY: 'Còn phải nộp một phần',
  NEEDED: 'Còn phải nộp',
};

function papers({ components }: FilledForm): Html {
  return html`<section aria-labelledby="papers">
    <h2 id="papers">Giấy tờ kèm theo</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">Giấy tờ</th>
          <th scope="col">Tình trạng</th>
          <th scope="col">Lý do, căn cứ</th>
        </tr>
      </thead>
      <tbody>
        ${(components ?? []).map(
          ({ name, state, reason, basis }) =>
            html`<tr>
              <td>${name}</td>
              <td class="state ${state === 'REPLACED' ? 'done' : 'open'}">${STATES[state ?? ''] ?? ''}</td>
              <td>${reason ?? 'Dữ liệu thay cho giấy.'} <small>${basis}</small></td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

/** The page that shows the citizen what would be sent. */
export function reviewPage(
  session: Session,
  { name, code }: OfferedForm,
  rows: readonly { readonly label: string; readonly value: string; readonly isOwn: boolean }[],
): string {
  return page(
    `Xem lại: ${name}`,
    html`<p>Đây là nội dung sẽ được gửi. Cổng mẫu này không gửi đi đâu.</p>
      <table>
        <thead>
          <tr>
            <th scope="col">Mục</th>
            <th scope="col">Giá trị</th>
            <th scope="col">Từ</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ label, value, isOwn }) =>
              html`<tr>
                <td>${label}</td>
                <td>${value}</td>
                <td>${isOwn ? 'Người khai' : 'Cơ sở dữ liệu'}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      <p><a href="/forms/${code}">Quay lại biểu mẫu</a></p>`,
    session,
  );
}
