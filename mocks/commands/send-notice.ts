import { DEMO_REGISTERS } from '../registers/demo-registers.ts';
import { signNotice } from '../registers/sign-notice.ts';

/** The arguments are wrong, or the gateway did not take the notice; the message says what is expected. */
export class NoticeNotSent extends Error {
  override readonly name = 'NoticeNotSent';
}

const CHANGES = ['PROTECTION', 'DEATH', 'GUARDIANSHIP', 'CHANGED'];

interface NoticeArguments {
  readonly register: string | undefined;
  readonly change: string | undefined;
  /** Kind of record, such as `population.person`. */
  readonly kind: string | undefined;
  readonly keys: readonly string[];
  readonly secretsDirectory: string;
  /** Address of the gateway. */
  readonly gateway: string;
}

/** Signs a register's change notice as the demo's register would, and sends it. Rejects with NoticeNotSent. */
export async function sendNotice(values: NoticeArguments): Promise<string> {
  const { register = '', change = '', kind = '', keys, secretsDirectory, gateway } = values;
  if (!DEMO_REGISTERS.some(({ name }) => name === register)) {
    throw new NoticeNotSent(`REGISTER is one of: ${DEMO_REGISTERS.map(({ name }) => name).join(', ')}.`);
  }
  if (!CHANGES.includes(change)) throw new NoticeNotSent(`CHANGE is one of: ${CHANGES.join(', ')}.`);
  if (!kind.startsWith(`${register}.`)) throw new NoticeNotSent(`--kind is one of ${register}'s own kinds.`);
  if (keys.length === 0) throw new NoticeNotSent('At least one KEY is needed.');
  // The register has kept no count here: the gateway says which number is next.
  let seq = Number.MAX_SAFE_INTEGER;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const notice = await signNotice(secretsDirectory, register, { seq, kind, keys, change }).catch(() => {
      throw new NoticeNotSent(
        `There is no key of ${register} in SECRETS_DIR: the demo makes it at its start.`,
      );
    });
    const answer = await fetch(`${gateway}/notices/${register}`, { method: 'POST', body: notice }).catch(
      () => null,
    );
    if (answer?.status === 202) return `${register}: notice ${seq} is stored`;
    if (answer?.status !== 409) {
      throw new NoticeNotSent(
        answer ? `The gateway answered ${answer.status}.` : 'No gateway answers there.',
      );
    }
    seq = ((await answer.json()) as { readonly missing: number }).missing;
  }
  throw new NoticeNotSent('Others send notices of this register at the same time.');
}
