import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generate } from '../codegen.ts';

test.each([...generate()])('%s is what codegen.ts writes now (run `npm run codegen`)', (file, content) => {
  expect(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')).toBe(content);
});
