import { z } from 'zod';
import type { Limits } from '../limits.ts';

/** Bounds of settings. */
export const SETTING_LIMITS = {
  retention: {
    value: 12,
    unit: 'months',
    why: 'The least for which a log is kept: security level 5 (Decree 331/2026), Decree 53/2022 art. 27.',
  },
  port: { value: 65_535, unit: 'port', why: 'A port has 16 bits (RFC 6335).' },
} as const satisfies Limits;

const { retention, port: maxPort } = SETTING_LIMITS;

/**
 * Formats of settings. Each gets the setting's name for its message; no message repeats the value, because a password may
 * stand in a URL and messages go to a terminal or a log.
 */
export function requiredText(name: string): z.ZodString {
  return z.string({ error: `${name} is not set` });
}

/** A whole number from 0 to 65535; 0 lets the system choose. */
export function port(name: string) {
  return requiredText(name)
    .refine(
      (text) => /^\d{1,5}$/.test(text) && Number(text) <= maxPort.value,
      `${name} must be a port, from 0 to ${maxPort.value}`,
    )
    .transform(Number);
}

/** A number of months that keeps the law's minimum. */
export function months(name: string) {
  return requiredText(name)
    .refine(
      (text) => /^\d{1,4}$/.test(text) && Number(text) >= retention.value,
      `${name} must be a number of months, at least ${retention.value} (the legal minimum)`,
    )
    .transform(Number);
}

/** One of a few words. */
export function choice<const Word extends string>(name: string, words: readonly [Word, ...Word[]]) {
  return z.enum(words, { error: `${name} must be one of ${words.join(', ')}` });
}

/** `on` or `off`. */
export function onOff(name: string) {
  return choice(name, ['on', 'off']).transform((word) => word === 'on');
}

/** A URL with one of these protocols. */
export function url(name: string, protocols: readonly string[], missing = `${name} is not set`) {
  const fits = (text: string): boolean => URL.canParse(text) && protocols.includes(new URL(text).protocol);
  return z.string({ error: missing }).refine(fits, {
    error: `${name} must be a URL that begins with ${protocols.join(' or ')}`,
    abort: true,
  });
}

/** Protocols of services over HTTP. */
export const HTTP = ['http:', 'https:'] as const;
/** Protocols of PostgreSQL. */
export const POSTGRES = ['postgres:', 'postgresql:'] as const;
/** Protocols of Redis, without and with TLS. */
export const REDIS = ['redis:', 'rediss:'] as const;

/** An issuer or a key set decides which tokens are believed: plain HTTP is accepted on loopback alone. */
export function tokenUrl(name: string, missing: string) {
  return url(name, HTTP, missing).refine((text) => {
    const { protocol, hostname } = new URL(text);
    return protocol === 'https:' || isLoopback(hostname);
  }, `${name} must be https: outside loopback`);
}

/** `localhost`, ::1 and 127.0.0.0/8 (RFC 1122 3.2.1.3). */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Origins (RFC 6454) such as `https://portal.example`, separated by commas or spaces. */
export function originList(name: string) {
  return z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter((word) => word !== ''))
    .refine(
      (words) => words.every((word) => URL.canParse(word) && new URL(word).origin === word),
      `${name} must be origins such as https://portal.example, separated by commas`,
    )
    .transform((words): ReadonlySet<string> => new Set(words));
}
