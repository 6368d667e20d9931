import { CompactSign } from 'jose';
import { request } from 'undici';
import type { Limits } from '../../config/limits.ts';
import type { SigningKey } from '../../log-format/crypto.ts';
import type { Alert } from '../alerts/alert-book.ts';
import { appendUpTo } from '../access/bounded.ts';
import type { OutgoingNotice } from './watch-state.ts';

export const WEBHOOK_LIMITS = {
  timeout: { value: 5_000, unit: 'ms', why: 'A receiver that takes longer has not taken it.' },
  attempts: {
    value: 18,
    unit: 'attempts',
    why: 'With doubling pauses about two days; then it is given up and counted.',
  },
  firstPause: {
    value: 1_000,
    unit: 'ms',
    why: 'Before the second attempt; each further one waits twice as long.',
  },
  longestPause: { value: 4 * 3_600_000, unit: 'ms', why: 'Between two attempts.' },
  waiting: {
    value: 1_000,
    unit: 'messages',
    why: 'Kept for a receiver that is gone; beyond them the oldest go.',
  },
} as const satisfies Limits;

/** The key of the log, in the form that JOSE takes, and its name. */
export interface WebhookSigner {
  readonly kid: string;
  readonly key: SigningKey;
}

/** Puts the last act about an alert into the outbox. It names no person. */
export function enqueue(outbox: OutgoingNotice[], alert: Alert, now: number): void {
  const event = alert.history.at(-1);
  if (!event) return;
  const body = JSON.stringify({
    jti: event.entry,
    iat: Math.floor(now / 1_000),
    act: event.act,
    time: new Date(event.time).toISOString(),
    alert: alert.id,
    pattern: alert.pattern,
    severity: alert.severity,
    state: alert.state,
    level: alert.level,
    client: alert.client,
    observed: alert.observed,
    usual: alert.opened.usual,
    evidence: alert.evidence,
    closing: alert.closing,
  });
  appendUpTo(outbox, { entry: event.entry, body, attempts: 0, nextAt: now }, WEBHOOK_LIMITS.waiting.value);
}

/** Sends what is due, one after the other. `onFailure` is told of each attempt that failed. */
export async function sendDue(
  outbox: OutgoingNotice[],
  url: string,
  signer: WebhookSigner,
  now: () => number,
  onFailure: (isGivenUp: boolean) => void,
): Promise<void> {
  for (const notice of outbox.filter(({ nextAt }) => nextAt <= now())) {
    const isTaken = await send(notice, url, signer);
    const at = outbox.indexOf(notice);
    notice.attempts += 1;
    const isGivenUp = !isTaken && notice.attempts >= WEBHOOK_LIMITS.attempts.value;
    if (isTaken || isGivenUp) outbox.splice(at, 1);
    if (isTaken) continue;
    const pause = WEBHOOK_LIMITS.firstPause.value * 2 ** (notice.attempts - 1);
    notice.nextAt = now() + Math.min(pause, WEBHOOK_LIMITS.longestPause.value);
    onFailure(isGivenUp);
    // A receiver that is gone is gone for the others too.
    return;
  }
}

/** A compact JWS (RFC 7515), EdDSA (RFC 8037), as the body of a POST. */
async function send({ body }: OutgoingNotice, url: string, { kid, key }: WebhookSigner): Promise<boolean> {
  try {
    const jws = await new CompactSign(Buffer.from(body))
      .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'alert+jws' })
      .sign(key);
    const { statusCode, body: answer } = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/jose' },
      body: jws,
      headersTimeout: WEBHOOK_LIMITS.timeout.value,
      bodyTimeout: WEBHOOK_LIMITS.timeout.value,
      signal: AbortSignal.timeout(WEBHOOK_LIMITS.timeout.value),
    });
    await answer.dump({ limit: 4_096 });
    return statusCode >= 200 && statusCode < 300;
  } catch {
    return false;
  }
}
