import { expect, test } from 'vitest';
import { canonicalFactor, matchesPerson } from '../../../src/policy/row-rules/match-factor.ts';

const HELD = { fullName: 'Nguyễn Thị Hòa', birthDate: '1990-05-17' };

test.each([
  ['as the register has it', HELD.fullName, HELD.birthDate, true],
  ['upper case', 'NGUYỄN THỊ HÒA', HELD.birthDate, true],
  ['the tone on the other vowel', 'Nguyễn Thị Hoà', HELD.birthDate, true],
  ['decomposed', HELD.fullName.normalize('NFD'), HELD.birthDate, true],
  ['more spaces', '  Nguyễn   Thị\tHòa ', HELD.birthDate, true],
  ['no tone', 'Nguyễn Thị Hoa', HELD.birthDate, false],
  ['another tone', 'Nguyễn Thị Hỏa', HELD.birthDate, false],
  ['another vowel', 'Nguyên Thị Hòa', HELD.birthDate, false],
  ['the tone on another syllable', 'Nguyễn Thì Họa', HELD.birthDate, false],
  ['syllables run together', 'NguyễnThịHòa', HELD.birthDate, false],
  ['part of the name', 'Thị Hòa', HELD.birthDate, false],
  ['another day', HELD.fullName, '1990-05-18', false],
  ['less than the register knows', HELD.fullName, '1990', false],
  ['an empty date', HELD.fullName, '', false],
  ['nothing', '', '', false],
])('%s', (_name, fullName, birthDate, fits) => {
  expect(matchesPerson({ fullName, birthDate }, HELD.fullName, HELD.birthDate)).toBe(fits);
});

test.each([
  ['1990', '1990-05-17', true],
  ['1990-05', '1990-05-17', true],
  ['1990-05', '1990-05', true],
  ['1990', '1991-05-17', false],
  ['1990-05', '1990-06-17', false],
  ['199', '1990-05-17', false],
])('a register that knows %s only, asked with %s', (held, asked, fits) => {
  expect(matchesPerson({ fullName: 'Lê Văn Đức', birthDate: asked }, 'LÊ VĂN ĐỨC', held)).toBe(fits);
});

test.each([
  ['an Icelandic eth for Đ', '\u00d0INH VĂN \u00d0ỨC', 'Đinh Văn Đức'],
  ['a small eth', '\u00f0inh văn \u00f0ức', 'Đinh Văn Đức'],
  ['an African D', '\u0189inh Văn \u0256ức', 'Đinh Văn Đức'],
  ['a typographic apostrophe', 'H’Hen Niê', "H'Hen Niê"],
  ['an opening quote', 'H‘Hen Niê', "H'Hen Niê"],
  ['a modifier letter', 'H\u02bcHen Niê', "H'Hen Niê"],
  ['zero-width characters', 'Nguyễn\u200b Thị\ufeff H\u200dòa\u2060', 'Nguyễn Thị Hòa'],
  ['a soft hyphen', 'Nguyễn Thị H\u00adòa', 'Nguyễn Thị Hòa'],
])('%s is the same name, on either side', (_what, one, other) => {
  const birthDate = '1990-05-17';
  expect(matchesPerson({ fullName: one, birthDate }, other, birthDate)).toBe(true);
  expect(matchesPerson({ fullName: other, birthDate }, one, birthDate)).toBe(true);
  expect(canonicalFactor({ fullName: one, birthDate })).toBe(canonicalFactor({ fullName: other, birthDate }));
});

test('D without its stroke is another letter', () => {
  const [one, birthDate] = ['Dinh Văn Dức', '1990-05-17'];
  expect(matchesPerson({ fullName: one, birthDate }, 'Đinh Văn Đức', birthDate)).toBe(false);
});

test('a name longer than any is nobody’s, without the work of comparing it', () => {
  const marks = `Hòa${'\u0300\u0323'.repeat(60_000)}`;
  const startedAt = performance.now();
  for (let subject = 0; subject < 100; subject++) {
    expect(matchesPerson({ fullName: marks, birthDate: '1990-05-17' }, HELD.fullName, HELD.birthDate)).toBe(
      false,
    );
  }
  // Compared, each of them takes seconds.
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  expect(matchesPerson({ fullName: marks, birthDate: HELD.birthDate }, marks, HELD.birthDate)).toBe(false);
});

test.each([
  ['NGUYỄN  THỊ HÒA', 'Nguyễn Thị Hoà', true],
  ['Nguyễn Thị Hòa', 'Nguyễn Thị Hỏa', false],
  ['Nguyễn Thị', 'Nguyễn Thị Hòa', false],
])('%s and %s are one try: %s', (one, other, isOne) => {
  const canonical = (fullName: string) => canonicalFactor({ fullName, birthDate: '1990-05-17' });
  expect(canonical(one) === canonical(other)).toBe(isOne);
  expect(canonical(one)).not.toBe(canonicalFactor({ fullName: one, birthDate: '1990-05-18' }));
});
