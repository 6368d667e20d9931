import { expect, it } from 'vitest';
import { UserInputError } from '../../../src/operation/user-input-error.ts';
import { checkArgument } from '../../../src/plan/compile/check-argument.ts';

it.each([
  ['fullName', 'x'.repeat(500)],
  ['personalId', 'x'.repeat(64)],
  ['on', '2026-11-21'],
  ['on', '2024-02-29'],
  ['birthDate', '1996'],
  ['birthDate', '1996-03'],
  ['birthDate', '1996-03-08'],
  ['match', { fullName: 'A', birthDate: '1975' }],
  ['personalIds', ['1', '2']],
  ['matches', [null, { fullName: 'A', birthDate: '1975-12-31' }]],
  ['years', 3],
])('%s: %j is taken', (name, value) => {
  expect(() => checkArgument(name, value)).not.toThrow();
});

it.each([
  ['fullName', 'x'.repeat(501), 'fullName" is longer than 500'],
  ['personalId', 'x'.repeat(65), 'personalId" is longer than 64'],
  ['personalIds', ['1', 'x'.repeat(65)], 'personalIds" is longer than 64'],
  ['match', { fullName: 'A', birthDate: '08/03/1996' }, 'birthDate'],
  ['matches', [{ fullName: 'A', birthDate: '1975-99-zz' }], 'birthDate'],
  ['on', '21/11/2026', 'on'],
  ['on', '2026-02-30', 'on'],
  ['on', '2026-11', 'on'],
  ['birthDate', '1996-13', 'birthDate'],
  ['birthDate', '', 'birthDate'],
])('%s: %j is BAD_USER_INPUT that names the argument and not the value', (name, value, said) => {
  expect(() => checkArgument(name, value)).toThrow(UserInputError);
  expect(() => checkArgument(name, value)).toThrow(said);
  expect(() => checkArgument(name, value)).not.toThrow('99-zz');
});
