/**
 * How much one request shares with others. `shared`: cache, calls in flight and approvals. `fills`: it makes its own
 * calls and leaves its records to others, so that its duration does not tell whether somebody else has asked.
 * `alone`: it leaves nothing behind either, so that nobody can notice it (covert purposes).
 */
export type RecordSharing = 'shared' | 'fills' | 'alone';
