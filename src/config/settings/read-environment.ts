import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** Settings by name, as texts. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Names the file in place of `.env`; `off` reads none, as tests do, which must not depend on a developer's file. */
const FILE_SETTING = 'ENV_FILE';
const DEFAULT_FILE = '.env';
const NO_FILE = 'off';

/**
 * Reads the process's environment and `.env` of the working directory; the environment wins. Only main.ts and `ndg`
 * call this, and nothing else reads process.env. Throws where the file is there, or named, and cannot be read.
 */
export function readEnvironment(environment: Environment = process.env): Environment {
  const named = environment[FILE_SETTING]?.trim() || undefined;
  if (named === NO_FILE) return environment;
  const text = readOptional(named ?? DEFAULT_FILE, named !== undefined);
  if (text === null) return environment;
  // An empty variable counts as absent everywhere, so it does not hide a line of the file either.
  const set = Object.entries(environment).filter(([, value]) => (value ?? '').trim() !== '');
  return { ...parseEnv(text), ...Object.fromEntries(set) };
}

/** Reads a text file; gives null where it is absent and need not exist. */
function readOptional(file: string, mustExist: boolean): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isAbsent && !mustExist) return null;
    throw new Error(`${file} cannot be read (ENV_FILE names another file, or \`off\`)`, { cause: error });
  }
}
