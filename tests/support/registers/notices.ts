import { signNotice, type NoticeClaims } from '../../../mocks/registers/sign-notice.ts';
import type { TestGateway } from '../gateway.ts';

/** Sends a text as a register's notice. */
export async function sendNoticeText(
  gateway: Pick<TestGateway, 'url'>,
  register: string,
  body: string,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const answer = await fetch(gateway.url.replace('/graphql', `/notices/${register}`), {
    method: 'POST',
    body,
  });
  return { status: answer.status, body: await answer.json() };
}

/** Signs a notice with the register's own key, and sends it. */
export async function sendSignedNotice(
  gateway: Pick<TestGateway, 'url' | 'secretsDirectory'>,
  claims: NoticeClaims,
  register = 'population',
) {
  return sendNoticeText(gateway, register, await signNotice(gateway.secretsDirectory, register, claims));
}

/** Sends a notice of protection under the next number, which the gateway tells, until it is taken. */
export async function giveNotice(
  gateway: Pick<TestGateway, 'url' | 'secretsDirectory'>,
  keys: readonly string[],
  change = 'PROTECTION',
): Promise<void> {
  let seq = Number.MAX_SAFE_INTEGER;
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const answer = await sendSignedNotice(gateway, { seq, kind: 'population.person', keys, change }).catch(
      () => null,
    );
    if (answer?.status === 202) return;
    if (answer?.status === 409) seq = (answer.body as { readonly missing: number }).missing;
    else await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the notice was not taken');
}
