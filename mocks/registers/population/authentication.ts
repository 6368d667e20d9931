import { hash } from 'node:crypto';

import { DEMO_REGISTER_CREDENTIALS } from '../../demo-secrets.ts';
import { headerOf, type MockRequest } from '../../servers/exchange.ts';

const { user, secret, apiKey, xRoadClient } = DEMO_REGISTER_CREDENTIALS.population;
/** Modelled: how far the caller's clock may be off. */
const MAX_SKEW_MS = 5 * 60_000;

/**
 * Checks `Basic b64(user:sha256hex(path + user + timestamp + secret))`, bound to a fresh timestamp
 * (REGISTERS.md, Population).
 */
export function isGateway(request: MockRequest, now: number): boolean {
  const timestamp = headerOf(request, 'timestamp');
  if (!/^\d{13}$/.test(timestamp) || Math.abs(now - Number(timestamp)) > MAX_SKEW_MS) return false;
  const digest = hash('sha256', request.path + user + timestamp + secret);
  const expected = `Basic ${Buffer.from(`${user}:${digest}`).toString('base64')}`;
  return (
    headerOf(request, 'authorization') === expected &&
    headerOf(request, 'apikey') === apiKey &&
    headerOf(request, 'x-road-client') === xRoadClient
  );
}
