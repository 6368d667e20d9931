const MIGRATE = 'run `npm run migrate-log -- --grant LOGIN` as the database’s owner (DATABASE_OWNER_URL)';
const RESTORE = 'restore the newest backup, then run `npm run restore-log`';

/** Advice about a fault that stops a start or a command, by StoreFault's code. Each is a whole sentence. */
const ADVICE: Readonly<Record<string, string>> = {
  'not-migrated': `The database has no tables of this version: ${MIGRATE}.`,
  'role-not-granted': `DATABASE_URL’s login may not write the log: ${MIGRATE}.`,
  'pg-42501':
    'The login may not do that: start the gateway with the login that `migrate-log --grant` named, and migrate as the database’s owner (DATABASE_OWNER_URL).',
  'login-may-change-log': `DATABASE_URL’s login could change or remove entries: give the gateway one that owns nothing there, and ${MIGRATE}.`,
  'login-may-change-index':
    'DATABASE_INDEX_URL names a login for the search index, and DATABASE_URL’s may change the index too: run `npx ndg log migrate --grant LOGIN --grant-index INDEX_LOGIN` as the database’s owner.',
  'fsync-off': 'The server does not sync what it commits: set fsync = on in postgresql.conf, and restart it.',
  'pg-28P01': 'The server refuses the password: look at DATABASE_URL.',
  'pg-28000': 'The server refuses the login: look at DATABASE_URL and at pg_hba.conf.',
  'pg-3D000': 'There is no such database: make it (createdb), or look at DATABASE_URL.',
  ECONNREFUSED: 'Nobody listens at DATABASE_URL’s address: is the server running?',
  ENOTFOUND: 'DATABASE_URL’s host is not known: look at DATABASE_URL.',
  'pg-timeout': 'The server does not answer in time: look at its load, and at who holds locks.',
  'tree-not-genuine': `The stored entries are not those that the last checkpoint was signed over, or SECRETS_DIR lost the checkpoint key: bring the key back, or keep the store for the auditor, ${RESTORE}.`,
  'tree-went-back': `The stored log is shorter than it was: ${RESTORE}.`,
  'rows-not-stored':
    'The database took entries and did not keep them: look for triggers, rules and views on the log’s tables, and for who made them.',
  'foreign-trigger':
    'A trigger, a rule or row security stands on the log’s tables, where the gateway makes none: find out who made it and why, then drop it.',
  'clock-far-from-log':
    'The clock is more than five minutes before the last entry of the log: set it right. Where it was wrong when that entry was written and is right now, put that on record with `npx ndg log clock`.',
  'newer-format': 'The store was written by a later version of the gateway: run that version.',
  'another-format': 'The file was written by another version of the gateway: run that version.',
  'another-log': 'That is the log of another instance: look at INSTANCE_ID and DATA_DIR.',
  'not-a-log': 'That is no access log of the gateway: look at DATA_DIR, or at the file that was given.',
  'file-gone': `The log’s file is not there or was replaced: look at DATA_DIR, or ${RESTORE}.`,
  'sqlite-26': `The log’s file in DATA_DIR is no database: look at DATA_DIR, or ${RESTORE}.`,
  'sqlite-11': `The log’s file is damaged: keep it, ${RESTORE}.`,
  'sqlite-14': 'The log’s file cannot be opened: look at DATA_DIR, and who owns it.',
  'sqlite-8': 'The log’s file may not be written: look at who owns DATA_DIR, and how it is mounted.',
  'sqlite-5': 'Somebody else holds the log’s file: one gateway a DATA_DIR.',
  'sqlite-13': 'There is no room for the log: make room where DATA_DIR is.',
  EACCES: 'DATA_DIR may not be used: look at who owns it.',
};

const FAULT = /^the access log cannot be (?:opened|used): (?<code>\S+)$/;

/** The message, and below it what to do; null for those of other faults and of unknown codes. */
export function withAdvice(message: string): string | null {
  const { code = '' } = FAULT.exec(message)?.groups ?? {};
  return Object.hasOwn(ADVICE, code) ? `${message}\n${ADVICE[code] ?? ''}` : null;
}
