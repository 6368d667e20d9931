import { useState } from 'preact/hooks';
import { useSay, type Words } from '../shell/words.ts';
import { OUTCOMES, REGISTERS } from './entry-words.ts';
import { FILTER_FIELDS, type FilterField, type FilterTexts } from './filter.ts';

const LABELS: Readonly<Record<FilterField, Words>> = {
  officer: ['Tài khoản cán bộ', 'Officer account'],
  client: ['Cơ quan (mã hệ thống)', 'Agency (client id)'],
  purpose: ['Mục đích', 'Purpose'],
  case: ['Mã hồ sơ', 'Case number'],
  register: ['Cơ sở dữ liệu', 'Register'],
  coordinate: ['Trường dữ liệu', 'Field'],
  outcome: ['Kết quả', 'Outcome'],
  from: ['Từ ngày', 'From'],
  to: ['Đến hết ngày', 'To, inclusive'],
};

const TEXT = {
  person: ['Số định danh của công dân (12 số)', 'Personal id (12 digits)'],
  personHint: [
    'Chỉ tìm được với phê duyệt thứ hai hoặc theo đơn khiếu nại của chính người đó.',
    'Only with a second approval, or under that person’s complaint.',
  ],
  any: ['Bất kỳ', 'Any'],
  search: ['Tìm', 'Search'],
  clear: ['Xóa điều kiện', 'Clear'],
  title: ['Điều kiện tìm', 'Search'],
} as const satisfies Record<string, Words>;

/** Conditions of a search. All of them are applied on the server. */
export function FilterForm({
  texts,
  personalId,
  onSearch,
}: {
  readonly texts: FilterTexts;
  readonly personalId: string;
  readonly onSearch: (texts: FilterTexts, personalId: string) => void;
}) {
  const say = useSay();
  const [draft, setDraft] = useState<FilterTexts>(texts);
  const [person, setPerson] = useState(personalId);
  const change = (name: FilterField, text: string): void => setDraft({ ...draft, [name]: text });
  const submit = (event: Event): void => {
    event.preventDefault();
    onSearch(draft, person.trim());
  };
  const clear = (): void => {
    setDraft({});
    setPerson('');
    onSearch({}, '');
  };
  return (
    <form aria-label={say(TEXT.title)} onSubmit={submit}>
      <div class="fields">
        <div>
          <label for="person">{say(TEXT.person)}</label>
          <input
            id="person"
            inputMode="numeric"
            pattern="\s*\d{12}\s*"
            autocomplete="off"
            value={person}
            aria-describedby="person-hint"
            onInput={(event) => setPerson(event.currentTarget.value)}
          />
        </div>
        {FILTER_FIELDS.map((name) => (
          <div key={name}>
            <label for={`filter-${name}`}>{say(LABELS[name])}</label>
            <FilterInput name={name} text={draft[name] ?? ''} onChange={change} />
          </div>
        ))}
      </div>
      <p id="person-hint" class="hint">
        {say(TEXT.personHint)}
      </p>
      <div class="actions">
        <button type="submit">{say(TEXT.search)}</button>
        <button type="button" class="quiet" onClick={clear}>
          {say(TEXT.clear)}
        </button>
      </div>
    </form>
  );
}

function FilterInput({
  name,
  text,
  onChange,
}: {
  readonly name: FilterField;
  readonly text: string;
  readonly onChange: (name: FilterField, text: string) => void;
}) {
  const say = useSay();
  const id = `filter-${name}`;
  const choices = choicesOf(name);
  if (choices) {
    return (
      <select id={id} value={text} onChange={(event) => onChange(name, event.currentTarget.value)}>
        <option value="">{say(TEXT.any)}</option>
        {choices.map(([value, words]) => (
          <option key={value} value={value}>
            {say(words)}
          </option>
        ))}
      </select>
    );
  }
  const onInput = (event: { readonly currentTarget: HTMLInputElement }): void =>
    onChange(name, event.currentTarget.value);
  if (name === 'from' || name === 'to') return <input id={id} type="date" value={text} onInput={onInput} />;
  return <input id={id} autocomplete="off" spellcheck={false} value={text} onInput={onInput} />;
}

function choicesOf(name: FilterField): readonly (readonly [string, Words])[] | null {
  if (name === 'register') return Object.entries(REGISTERS);
  if (name === 'outcome') return Object.entries(OUTCOMES).map(([value, { words }]) => [value, words]);
  return null;
}
