import { expect, it } from 'vitest';
import { readSubjectText, SUBJECT_KINDS, subjectText } from '../../src/log-format/subject-text.ts';

it('is one text a subject, and reads back, with spaces in the key too', () => {
  const subjects = SUBJECT_KINDS.flatMap((kind) =>
    ['001190900011', 'AA 01234567', ''].map((key) => ({ kind, key })),
  );
  const texts = subjects.map(subjectText);
  expect(new Set(texts).size).toBe(subjects.length);
  expect(texts.map(readSubjectText)).toEqual(subjects);
});
