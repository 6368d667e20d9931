import { GatewayError } from '../../errors.ts';
import type { BatchItem, FetchedBatch } from '../calls/connector.ts';
import type { WireResponse } from '../calls/transport.ts';
import { BROKEN, type Checked, type RecordKey } from '../records/record.ts';
import { ABSENT, BROKEN_ROW, foundRow, matchRows, NOBODY_REFUSED } from '../records/rows-by-key.ts';
import type { PrimedRows, ReadRow, RowOutcome } from '../records/rows-by-key.ts';
import { readAsOf, readJsonAnswer, readRefused, requireList, saysNotFound } from '../wire/json-answer.ts';
import { asList, isJsonObject, isLeftOutOfJson } from '../wire/json-values.ts';
import type { JsonObject } from '../wire/json-values.ts';
import { Shape } from '../wire/shape.ts';
import { codeOfEnterprise, isRepresentedBy, mapBusiness, mapInterests, namesPerson } from './record.ts';

/** Reads the answer to `traCuuTheoLo`. Status `0` is an error that the register states with HTTP 200. */
export function readBusinessAnswer(response: WireResponse, items: readonly BatchItem[]): FetchedBatch {
  const answer = readJsonAnswer(response);
  if (answer['Status'] === '0') throw new GatewayError('SOURCE_UNAVAILABLE');
  if (answer['Status'] !== '1') throw new GatewayError('SOURCE_CONTRACT_BROKEN');
  const asOf = readAsOf(answer['AsOf']);
  return matchRows({
    items,
    rows: requireList(answer['Data']),
    keyOf,
    read: (row, key, primed) => readRow(row, key, asOf, primed),
  });
}

/** Reads the answer to `chiTietDoanhNghiep`. Status `0` is an unknown business or an error, and only the message tells which. */
export function readBusinessDetails(response: WireResponse, item: BatchItem): ReadRow {
  const answer = readJsonAnswer(response);
  if (answer['Status'] === '0') {
    if (saysNotFound(answer['Message'])) return { outcome: ABSENT, refused: NOBODY_REFUSED };
    throw new GatewayError('SOURCE_UNAVAILABLE');
  }
  if (answer['Status'] !== '1') throw new GatewayError('SOURCE_CONTRACT_BROKEN');
  const [enterprise] = requireList(answer['Data']);
  return { outcome: readEnterprise(enterprise, item.key, readAsOf(answer['AsOf'])), refused: NOBODY_REFUSED };
}

function keyOf(row: unknown): RecordKey | undefined {
  if (!isJsonObject(row) || typeof row['Key'] !== 'string') return undefined;
  if (row['Kind'] === 'ENTERPRISE') return { kind: 'business.business', key: row['Key'] };
  return row['Kind'] === 'PERSON' ? { kind: 'business.interests', key: row['Key'] } : undefined;
}

function readRow(row: unknown, key: RecordKey, asOf: string | null, primed: PrimedRows): ReadRow {
  const refused = isJsonObject(row) ? readRefused(row['Refused'], 'Account') : undefined;
  if (!isJsonObject(row) || refused === undefined) return { outcome: BROKEN_ROW, refused: NOBODY_REFUSED };
  const content = row[key.kind === 'business.business' ? 'Enterprise' : 'Enterprises'];
  if (row['Found'] === '0' && isLeftOutOfJson(content)) return { outcome: ABSENT, refused };
  if (row['Found'] !== '1') return { outcome: BROKEN_ROW, refused };
  const outcome =
    key.kind === 'business.business'
      ? readEnterprise(content, key.key, asOf)
      : readInterests(content, key.key, asOf, (code, found) =>
          primed.add({ kind: 'business.business', key: code }, found, refused),
        );
  return { outcome, refused };
}

function readEnterprise(content: unknown, code: string, asOf: string | null): RowOutcome {
  if (!isJsonObject(content) || codeOfEnterprise(content) !== code) return BROKEN_ROW;
  return businessRow(content, code, asOf);
}

function businessRow(enterprise: JsonObject, code: string, asOf: string | null): RowOutcome {
  const shape = new Shape();
  return foundRow(mapBusiness(enterprise, code, shape), asOf, shape);
}

/**
 * The businesses come along whole; one whose code cannot be read, that is listed twice, or whose people cannot be read,
 * is broken in the list. One that names other people only says that the list is somebody else's.
 */
function readInterests(
  content: unknown,
  personalId: string,
  asOf: string | null,
  prime: (code: string, found: RowOutcome) => void,
): RowOutcome {
  const enterprises = asList(content);
  if (enterprises === undefined) return BROKEN_ROW;
  if (enterprises.some((one) => namesPerson(one, personalId) === false)) return BROKEN_ROW;
  const shape = new Shape();
  const codes: Checked<string>[] = [];
  const represented: Checked<string>[] = [];
  const seen = new Set<string>();
  for (const enterprise of enterprises) {
    const code = codeOfEnterprise(enterprise);
    const isWhole = isJsonObject(enterprise) && namesPerson(enterprise, personalId) === true;
    if (code === undefined || seen.has(code) || !isWhole) {
      codes.push(shape.broken());
      represented.push(BROKEN);
    } else {
      seen.add(code);
      codes.push(code);
      const isRepresentative = isRepresentedBy(enterprise, personalId);
      if (isRepresentative !== false) represented.push(isRepresentative ? code : shape.broken());
      prime(code, businessRow(enterprise, code, asOf));
    }
  }
  return foundRow(mapInterests(personalId, codes, represented), asOf, shape);
}
