import { hostname } from 'node:os';
import { isIPv6, type AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import {
  ED25519,
  formatVerifierKey,
  isKeyName,
  parseVerifierKey,
  type NoteSigner,
  type VerifierKey,
} from '../log-format/notes/note-key.ts';
import { makeWitnessKey, readWitnessKey } from '../independent/witness/witness-key.ts';
import { buildWitnessServer } from '../independent/witness/witness-server.ts';
import {
  openWitnessState,
  WitnessStateMissing,
  type WitnessState,
} from '../independent/witness/witness-state.ts';
import { CommandFailure, UsageError } from './agreements/command-result.ts';
import { lastNotes } from './witness/last-notes.ts';

const USAGE = `Usage: witness --log VKEY [--log VKEY ...] [--dir .witness] [--port 4190] [--host 127.0.0.1] [--name NAME]
       witness --log VKEY [--log VKEY ...] [--dir .witness] --show
--log: all vkeys of a log, also several in one value, as log-keys prints them. --show: the last notes that it cosigned of each
log, for restore-log --known and verify-log --checkpoint; also while it runs.`;

interface Options {
  readonly logs: readonly VerifierKey[];
  readonly directory: string;
  readonly host: string;
  readonly port: number;
  /** Of a key that is made; null: from the machine's name. */
  readonly name: string | null;
  /** Prints what it knows, and ends. */
  readonly isShown: boolean;
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.isShown) show(options);
  else await run(options);
} catch (error) {
  if (!(error instanceof Error)) throw error;
  const isUsage = error instanceof UsageError || codeOf(error).startsWith('ERR_PARSE_ARGS_');
  process.stderr.write(isUsage ? `${error.message}\n${USAGE}\n` : `${error.message}\n`);
  process.exitCode = isUsage ? 2 : 1;
}

/** Throws UsageError, and what Node's parser of arguments throws. */
function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      log: { type: 'string', multiple: true },
      dir: { type: 'string', default: '.witness' },
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '4190' },
      name: { type: 'string' },
      show: { type: 'boolean', default: false },
    },
  });
  // A log whose key was rotated has a vkey a line: `--log "$(cat log.pub)"` is one value.
  const logs = (values.log ?? []).flatMap((given) => given.split(/\s+/).filter(Boolean)).map(logOf);
  if (logs.length === 0)
    throw new UsageError('Of which log? A witness signs for those alone that it was told of.');
  const port = /^[0-9]{1,5}$/.test(values.port) ? Number(values.port) : NaN;
  if (!(port <= 65_535)) throw new UsageError(`No port: ${values.port}`);
  if (values.name !== undefined && !isKeyName(values.name)) throw new UsageError('No name of a key: --name');
  const { dir: directory, host, name = null, show: isShown } = values;
  return { logs, directory, host, port, name, isShown };
}

function logOf(vkey: string): VerifierKey {
  const key = parseVerifierKey(vkey);
  if (key?.type !== ED25519) throw new UsageError(`No vkey of a log: ${vkey}`);
  return key;
}

/** Throws CommandFailure where there is nothing to show. */
function show({ logs, directory }: Options): void {
  const state = openKnown(directory);
  try {
    const lines = lastNotes(
      state,
      logs.map(({ name }) => name),
    );
    if (lines.length === 0) throw new CommandFailure('It has cosigned nothing of these logs.');
    process.stdout.write(lines.join(''));
  } finally {
    state.close();
  }
}

/** Throws CommandFailure where a witness never was. */
function openKnown(directory: string): WitnessState {
  try {
    return openWitnessState(directory, false);
  } catch (error) {
    if (!(error instanceof WitnessStateMissing)) throw error;
    throw new CommandFailure(`${directory} has nothing that a witness signed: which --dir did it run with?`);
  }
}

async function run({ logs, directory, host, port, name }: Options): Promise<void> {
  const { signer, state } = openFolder(directory, name);
  // Once a known note: whoever has both could submit the other for ever.
  const told = new Set<string>();
  const onFork = (known: string, submitted: string): void => {
    if (told.has(known)) return;
    told.add(known);
    process.stderr.write(`${JSON.stringify({ event: 'witness.fork', known, submitted })}\n`);
  };
  const server = buildWitnessServer({ logs, signer, state, now: Date.now, onFork }, (fault) => {
    process.stderr.write(`${JSON.stringify({ event: 'witness.fault', message: String(fault) })}\n`);
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (error) {
    state.close();
    throw error;
  }
  const stop = (): void => {
    // What is being answered ends; nothing is awaited between a promise and its signature.
    server.close(() => state.close());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 1_000).unref();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  const { port: bound } = server.address() as AddressInfo;
  const url = `http://${isIPv6(host) ? `[${host}]` : host}:${bound}`;
  process.stdout.write(`WITNESS_URL=${url} WITNESS_KEY=${formatVerifierKey(signer.key)}\n`);
}

/** Throws CommandFailure, and the errors of its parts. */
function openFolder(
  directory: string,
  name: string | null,
): { readonly signer: NoteSigner; readonly state: WitnessState } {
  const existing = readWitnessKey(directory);
  if (existing && name !== null && existing.key.name !== name) {
    throw new CommandFailure(`the key in ${directory} has the name ${existing.key.name}`);
  }
  const state = openState(directory, existing !== null);
  try {
    return { signer: existing ?? makeWitnessKey(directory, name ?? ownName()), state };
  } catch (error) {
    state.close();
    throw error;
  }
}

/** With its key and without its memory it would sign a second history of a log that it knew. */
function openState(directory: string, hasKey: boolean): WitnessState {
  try {
    return openWitnessState(directory, !hasKey);
  } catch (error) {
    if (!(error instanceof WitnessStateMissing)) throw error;
    throw new CommandFailure(
      `${directory} has a key but not what was signed with it; restore that, or take another folder`,
    );
  }
}

/** C2SP tlog-cosignature: a URL without scheme, to tell witnesses apart. */
function ownName(): string {
  const name = `${hostname()}/witness`;
  return isKeyName(name) ? name : 'witness';
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}
