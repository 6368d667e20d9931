import { isUtf8 } from 'node:buffer';
import { jsonOf } from '../../../independent/verify/reading/export-folder.ts';
import type { HeldProofs } from '../../../independent/verify/held/held-proofs.ts';
import { UsageError } from '../../command-line/command-failure.ts';

/** The root whose answer each option takes, and the option for each root. */
const ROOTS = { bundle: 'accessLogExport', access: 'myAccesses' } as const;
const OPTIONS: Readonly<Record<string, string>> = {
  accessLogExport: '--bundle',
  myAccesses: '--access',
  breachReport: '--breach-report',
};

/**
 * Takes the evidence out of a whole answer of the gateway, as people save it; any other file is what it is. Nothing of it is
 * signed but what the verifier checks. Throws UsageError, which is no verdict, for an answer that holds no such evidence.
 */
export function heldIn(kind: HeldProofs['kind'], name: string, bytes: Buffer): readonly HeldProofs[] {
  const answer = isUtf8(bytes) ? membersOf(jsonOf(bytes.toString('utf8'))) : {};
  const data = membersOf('data' in answer ? answer['data'] : answer);
  const roots = Object.keys(OPTIONS).filter((root) => root in data);
  if (!('data' in answer) && roots.length === 0) return [{ kind, name, bytes }];
  const held = kind === 'bundle' ? bundleIn(data, name) : accessesIn(data, name);
  if (held) return held;
  const found = roots.map((root) => `${root}, which goes with ${OPTIONS[root]}`).join(', and ');
  throw new UsageError(
    `${name} is an answer of the gateway${found === '' ? '' : ` to ${found}`}: it holds nothing for --${kind}.`,
  );
}

function bundleIn(data: Members, name: string): readonly HeldProofs[] | null {
  const { bundle } = membersOf(data[ROOTS.bundle]);
  return typeof bundle === 'string' ? [{ kind: 'bundle', name, bytes: Buffer.from(bundle) }] : null;
}

function accessesIn(data: Members, name: string): readonly HeldProofs[] | null {
  const { accesses } = membersOf(data[ROOTS.access]);
  if (!Array.isArray(accesses) || accesses.length === 0) return null;
  return accesses.map((access: unknown, at) => {
    const one = `${name}, access ${at + 1}`;
    return { kind: 'access', name: one, bytes: Buffer.from(JSON.stringify(access)) };
  });
}

type Members = Readonly<Record<string, unknown>>;

function membersOf(json: unknown): Members {
  return typeof json === 'object' && json !== null ? (json as Members) : {};
}
