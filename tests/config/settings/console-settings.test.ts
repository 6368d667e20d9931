import { expect, it } from 'vitest';
import { consoleOf, faultsOfConsole } from '../../../src/config/settings/console-settings.ts';

const GROUP = { OIDC_ISSUER: 'https://idp.example', OIDC_CLIENT_ID: 'console', OIDC_CLIENT_SECRET: 's' };

function faultsOf(settings: Readonly<Record<string, string>>): readonly string[] {
  return faultsOfConsole((name) => settings[name]);
}

it('takes all of the group, or nothing of it', () => {
  expect(faultsOf({})).toEqual([]);
  expect(faultsOf(GROUP)).toEqual([]);
  for (const name of Object.keys(GROUP)) {
    const half = Object.fromEntries(Object.entries(GROUP).filter(([one]) => one !== name));
    expect(faultsOf(half)).toEqual([expect.stringContaining(`${name} not set`)]);
  }
  expect(faultsOf({ CONSOLE_ORIGIN: 'https://gateway.example' })).toHaveLength(1);
});

it('wants the address of browsers where the gateway is not on loopback, by https', () => {
  const outside = { ...GROUP, HOST: '0.0.0.0' };
  expect(faultsOf(outside)).toEqual([expect.stringContaining('CONSOLE_ORIGIN is not set')]);
  expect(faultsOf({ ...outside, CONSOLE_ORIGIN: 'https://gateway.example' })).toEqual([]);
  for (const origin of [
    'http://gateway.example',
    'https://gateway.example/',
    'gateway.example',
    'https://g/x',
  ]) {
    expect(faultsOf({ ...outside, CONSOLE_ORIGIN: origin })).toHaveLength(1);
  }
});

it('has no console without the group', () => {
  expect(
    consoleOf({
      OIDC_ISSUER: undefined,
      OIDC_CLIENT_ID: undefined,
      OIDC_CLIENT_SECRET: undefined,
      CONSOLE_ORIGIN: undefined,
    }),
  ).toBe(null);
});
