import { hostname } from 'node:os';
import { isIPv6, type AddressInfo } from 'node:net';
import {
  ED25519,
  formatVerifierKey,
  isKeyName,
  parseVerifierKey,
  type NoteSigner,
  type VerifierKey,
} from '../../log-format/notes/note-key.ts';
import { makeWitnessKey, readWitnessKey } from '../../independent/witness/witness-key.ts';
import { buildWitnessServer } from '../../independent/witness/witness-server.ts';
import {
  openWitnessState,
  WitnessStateMissing,
  type WitnessState,
} from '../../independent/witness/witness-state.ts';
import { CommandFailure, UsageError } from '../command-line/command-failure.ts';
import type { CommandEnd } from '../command-line/command-end.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';
import { lastNotes } from './last-notes.ts';

export const witnessCommand = buildSubcommand({
  details: `Runs a witness of access logs (C2SP tlog-witness) until a signal stops it, and prints its WITNESS_URL and WITNESS_KEY. Its key and
what it signed are kept in one folder. --show prints the last notes that it cosigned of each log, for \`ndg log restore --known\`
and \`ndg log verify --checkpoint\`, also while the witness runs.`,
  options: {
    log: {
      value: 'VKEY',
      meaning: 'a public key of a log, as `ndg log keys` prints it; several in one value are taken too',
      repeats: true,
    },
    dir: { value: 'DIR', meaning: 'the folder of the key and of what was signed', default: '.witness' },
    port: { value: 'PORT', meaning: 'the port to listen on', default: '4190' },
    host: { value: 'HOST', meaning: 'the address to listen on', default: '127.0.0.1' },
    name: { value: 'NAME', meaning: "the name of a new key; the machine's name by default" },
    show: { meaning: 'prints what the witness cosigned, and ends' },
  },
  endOf: endOfWitnessError,
  run: async ({ log, dir: directory, port, host, name, show: isShown }) => {
    const options = readOptions({ log, directory, port, host, name });
    if (isShown) show(options);
    else await serveWitness(options);
  },
});

interface WitnessOptions {
  readonly logs: readonly VerifierKey[];
  readonly directory: string;
  readonly host: string;
  readonly port: number;
  /** The name of a key that is made; null takes the machine's name. */
  readonly name: string | null;
}

/** A fault of the folder, the key or the port ends the command with its message alone. */
function endOfWitnessError(error: unknown): CommandEnd | null {
  if (!(error instanceof Error) || error instanceof UsageError) return null;
  return { status: 1, message: error.message };
}

/** Throws UsageError. */
function readOptions(given: {
  readonly log: readonly string[];
  readonly directory: string;
  readonly port: string;
  readonly host: string;
  readonly name: string | undefined;
}): WitnessOptions {
  const { directory, host, name } = given;
  // A log whose key was rotated has a vkey a line: `--log "$(cat log.pub)"` is one value.
  const logs = given.log.flatMap((vkeys) => vkeys.split(/\s+/).filter(Boolean)).map(logOf);
  if (logs.length === 0) {
    throw new UsageError('--log is missing: a witness signs only for the logs whose vkeys it was given.');
  }
  const port = /^[0-9]{1,5}$/.test(given.port) ? Number(given.port) : NaN;
  if (!(port <= 65_535)) throw new UsageError(`--port ${given.port} is not a port from 0 to 65535.`);
  if (name !== undefined && !isKeyName(name)) {
    throw new UsageError('--name must be a key name: without spaces and plus signs.');
  }
  return { logs, directory, host, port, name: name ?? null };
}

function logOf(vkey: string): VerifierKey {
  const key = parseVerifierKey(vkey);
  if (key?.type !== ED25519) throw new UsageError(`--log ${vkey} is not the vkey of a log.`);
  return key;
}

/** Prints the last notes. Throws CommandFailure where there are none. */
function show({ logs, directory }: WitnessOptions): void {
  const state = openKnown(directory);
  try {
    const lines = lastNotes(
      state,
      logs.map(({ name }) => name),
    );
    if (lines.length === 0) throw new CommandFailure('The witness has cosigned nothing of these logs.');
    process.stdout.write(lines.join(''));
  } finally {
    state.close();
  }
}

/** Throws CommandFailure where no witness ever ran with this folder. */
function openKnown(directory: string): WitnessState {
  try {
    return openWitnessState(directory, false);
  } catch (error) {
    if (!(error instanceof WitnessStateMissing)) throw error;
    throw new CommandFailure(
      `${directory} holds nothing that a witness signed. Give the --dir that the witness ran with.`,
    );
  }
}

async function serveWitness({ logs, directory, host, port, name }: WitnessOptions): Promise<void> {
  const { signer, state } = openFolder(directory, name);
  // A fork is told once for each known note: a sender who has both notes could submit the other one for ever.
  const told = new Set<string>();
  const onFork = (known: string, submitted: string): void => {
    if (told.has(known)) return;
    told.add(known);
    process.stderr.write(`${JSON.stringify({ event: 'witness.fork', known, submitted })}\n`);
  };
  const app = buildWitnessServer({ logs, signer, state, now: Date.now, onFork }, (fault) => {
    process.stderr.write(`${JSON.stringify({ event: 'witness.fault', message: String(fault) })}\n`);
  });
  try {
    await app.listen({ port, host });
  } catch (error) {
    state.close();
    throw error;
  }
  const stop = (): void => {
    // Requests in progress are answered first. No await lies between storing a size and signing it.
    void app.close().then(() => state.close());
    setTimeout(() => app.server.closeAllConnections(), 1_000).unref();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  const { port: bound } = app.server.address() as AddressInfo;
  const url = `http://${isIPv6(host) ? `[${host}]` : host}:${bound}`;
  process.stdout.write(`WITNESS_URL=${url} WITNESS_KEY=${formatVerifierKey(signer.key)}\n`);
}

/** Opens key and state, and makes them where both are absent. Throws CommandFailure, and the errors of its parts. */
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

/** A witness that has its key but lost its memory would sign a second history of a log that it knew. */
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

/** The name of a new key: a URL without scheme, as C2SP tlog-cosignature recommends. */
function ownName(): string {
  const name = `${hostname()}/witness`;
  return isKeyName(name) ? name : 'witness';
}
