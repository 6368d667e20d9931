import { hash } from 'node:crypto';
import type { Verification } from '../binding.ts';
import type { BatchItem, Connector, FetchedBatch, FetchedRow, UpstreamCall } from '../calls/connector.ts';
import type { Transport } from '../calls/transport.ts';
import type { RecordKind } from '../records/record.ts';
import { readVerificationAnswer } from './answer.ts';
import { verificationRequest, type PopulationCredentials } from './request.ts';

/** The register's own yes or no to id, full name and birth date. It is never cached, and holds nothing of a record. */
export const VERIFICATION_KIND: RecordKind = 'population.verification';

/** `Citizen.matches` asked of the register itself (`XacThucThongTinCongDan`). */
export const citizenVerification: Verification = {
  kind: VERIFICATION_KIND,
  factor: ({ fullName, birthDate }) => ({ fullName: String(fullName), birthDate: String(birthDate) }),
  key: (personalId, { fullName, birthDate }) =>
    `${personalId} ${hash('sha256', `${birthDate} ${fullName}`).slice(0, 32)}`,
};

/** The personal id in the key of a verification. */
export function personOfVerification(key: string): string {
  return key.slice(0, key.indexOf(' '));
}

const NO_BATCH: FetchedBatch = { rows: [], primed: [], strayRows: 0 };

/** The same connector, which also asks for verifications: one exchange for each officer, whom the operation names. */
export function withVerifications(
  connector: Connector,
  transport: Transport,
  credentials: PopulationCredentials,
): Connector {
  return {
    ...connector,
    kinds: [...connector.kinds, VERIFICATION_KIND],
    exchanges(items) {
      const asked = items.filter(({ kind }) => kind === VERIFICATION_KIND);
      return asked.reduce((sum, item) => sum + officersOf(item).length, asked.length < items.length ? 1 : 0);
    },
    async fetch(items, call) {
      const asked = items.filter(({ kind }) => kind === VERIFICATION_KIND);
      if (asked.length === 0) return connector.fetch(items, call);
      const others = items.filter(({ kind }) => kind !== VERIFICATION_KIND);
      const [batch, ...verified] = await Promise.all([
        others.length === 0 ? NO_BATCH : connector.fetch(others, call),
        ...asked.map((item) => verify(item, call, transport, credentials)),
      ]);
      return { ...batch, rows: [...batch.rows, ...verified] };
    },
  };
}

function officersOf({ askers }: BatchItem): readonly string[] {
  return [...new Set(askers.map(({ officer }) => officer))];
}

async function verify(
  item: BatchItem,
  call: UpstreamCall,
  transport: Transport,
  credentials: PopulationCredentials,
): Promise<FetchedRow> {
  const rows = await Promise.all(
    officersOf(item).map(async (officer) => {
      const asked = { ...item, askers: [{ officer, dossier: '' }] };
      const request = verificationRequest(asked, personOfVerification(item.key), call, credentials);
      return readVerificationAnswer(await transport.send(request, call.timeoutMs), asked);
    }),
  );
  const told = rows.find(({ refused }) => refused.length === 0) ?? rows[0];
  if (told === undefined) throw new Error('nobody asks');
  const { kind, key } = item;
  return { kind, key, outcome: told.outcome, refused: rows.flatMap(({ refused }) => refused) };
}
