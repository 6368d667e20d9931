import { readFileSync } from 'node:fs';
import { generate } from '@graphql-codegen/cli';
import { expect, it } from 'vitest';
import config from '../codegen.ts';

it('what is generated is what codegen.ts writes now (run `npm run codegen`)', async () => {
  const outputs: readonly { filename: string; content: string }[] = await generate(
    { ...config, silent: true },
    false,
  );
  const written = Object.fromEntries(outputs.map(({ filename, content }) => [filename, content]));
  const stored = Object.fromEntries(
    Object.keys(config.generates).map((file) => [
      file,
      readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'),
    ]),
  );
  expect(written).toEqual(stored);
});
