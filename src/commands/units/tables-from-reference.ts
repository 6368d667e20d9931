import { csvRows, type CsvRow, type ListReader } from '../command-line/csv-rows.ts';

/** Contents of a table's file by its name, such as `communes.tsv`. */
export type UnitTableFiles = ReadonlyMap<string, string>;

interface ReferenceProvince {
  readonly code: string;
  readonly fullName: string;
  readonly nameEn: string;
  readonly type: string;
  readonly type20250701: string;
  readonly communeResolution: string;
}

const PORTIONS: Readonly<Record<string, string>> = {
  ALL: 'A',
  PART: 'P',
  REST: 'R',
  LAND_ONLY: 'L',
  PART_LAND_ALL_PEOPLE: 'Q',
  PEOPLE_ONLY_PART: 'U',
  PEOPLE_ONLY_REST: 'V',
};

const KINDS: Readonly<Record<string, string>> = { Xã: 'X', Phường: 'P', 'Thị trấn': 'T', Huyện: 'H' };

/**
 * Turns the reference lists of administrative units into the project's tables (`src/units/tables/README.md`). Throws where a
 * row has a portion or a kind that the tables do not know, or cites another resolution than the one on its province.
 */
export function tablesFromReference(read: ListReader): UnitTableFiles {
  const provinces = JSON.parse(read('provinces_new.json')) as readonly ReferenceProvince[];
  const communes = csvRows(read('communes_new.csv'));
  const former = csvRows(read('communes_old_20250301.csv'));
  const resolutions = new Map(provinces.map(({ code, communeResolution }) => [code, communeResolution]));
  const resolutionOf = new Map(
    communes.map(({ code, province_code }) => [code, resolutions.get(province_code ?? '')]),
  );
  const successors = Map.groupBy(csvRows(read('old_to_new.csv')), ({ old_code }) => old_code);
  const districts = new Map(former.map((row) => [row['district_code'], row]));
  return new Map([
    [
      'provinces.tsv',
      table(
        provinces.map((one) => [
          one.code,
          one.fullName,
          one.nameEn,
          one.communeResolution.split('/')[0],
          one.type === one.type20250701 ? '' : 'K',
        ]),
      ),
    ],
    [
      'former-provinces.tsv',
      table(
        csvRows(read('provinces_old.csv')).map((row) => [row['code'], row['full_name'], row['new_code']]),
      ),
    ],
    [
      'districts.tsv',
      table(
        [...districts.values()].map((row) => [
          row['district_code'],
          row['district_name'],
          row['province_code'],
        ]),
      ),
    ],
    [
      'communes.tsv',
      table(
        communes.map((row) => [
          row['code'],
          row['name'],
          row['name_en'],
          row['province_code'],
          row['type'] === row['type_20250701'] ? '' : 'K',
        ]),
      ),
    ],
    [
      'former-communes.tsv',
      table(
        former.map((row) => {
          const into = successors.get(row['code']) ?? [];
          return [
            row['code'],
            row['name'],
            known(KINDS, row['type']),
            row['district_code'],
            into.some(({ note }) => note === 'abolished-before-2025-03') ? 'g' : '',
            into
              .toSorted((a, b) => Number(b['is_default']) - Number(a['is_default']))
              .map((one) => successorText(one, resolutionOf.get(one['new_code'] ?? '')))
              .join(' '),
          ];
        }),
      ),
    ],
    [
      'ended-communes.tsv',
      table(
        csvRows(read('communes_ended.csv')).map((row) => [
          row['code'],
          row['name'],
          known(KINDS, row['type']),
          row['district_code'],
          row['district_name'],
          row['province_code'],
          row['last_listed'],
          row['ended_by'],
          row['new_codes'],
        ]),
      ),
    ],
  ]);
}

/** The clause is left out where the reference cites none. */
function successorText(row: CsvRow, resolution: string | undefined): string {
  const [cited, clause = ''] = (row['clause'] ?? '').split(':');
  if (cited !== '' && cited !== resolution) throw new Error(`another resolution for ${row['old_code']}`);
  return `${row['new_code']}:${known(PORTIONS, row['portion'])}:${clause === 'None' ? '' : clause}`;
}

function known(letters: Readonly<Record<string, string>>, name: string | undefined): string {
  const letter = letters[name ?? ''];
  if (letter === undefined) throw new Error(`the tables have no letter for ${name}`);
  return letter;
}

function table(rows: readonly (readonly (string | undefined)[])[]): string {
  return rows.map((row) => `${row.join('\t')}\n`).join('');
}
