import type { AnswerCall } from './answer-calls.ts';
import type { RegisterLine } from './register-lines.ts';

/**
 * Tells whether the register was told another client or purpose than the entries of its officer and dossier have. An
 * attacker who rewrites an entry's purpose has not rewritten the register's log. What a register does not log is not
 * compared.
 */
export function otherDeclaration(
  { officer, dossier, client, purpose }: RegisterLine,
  calls: readonly AnswerCall[],
): 'other-client' | 'other-purpose' | null {
  const own = calls.filter((call) => call.officer === officer && call.dossiers.includes(dossier));
  const ofClient = client === '' ? own : own.filter((call) => call.client === client);
  if (ofClient.length === 0) return 'other-client';
  if (purpose === '' || ofClient.some((call) => call.purpose === purpose)) return null;
  return 'other-purpose';
}
