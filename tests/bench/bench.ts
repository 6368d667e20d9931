import { benchEndToEnd } from './end-to-end.ts';
import { benchEngine } from './engine.ts';
import { benchForm } from './form.ts';
import { benchLoaders } from './loaders.ts';

/** `npm run bench`: prints what it measured, beside what it compares with, from the same run; asserts nothing. `-- engine`, `-- loaders`, `-- end-to-end` or `-- form`: one part. */
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const parts: Readonly<Record<string, (print: (line: string) => void) => Promise<void>>> = {
  engine: benchEngine,
  loaders: benchLoaders,
  'end-to-end': benchEndToEnd,
  form: benchForm,
};
const asked = process.argv.slice(2);
print('Measuring; each table stands here once it is whole, in about five minutes for all.');
for (const [name, run] of Object.entries(parts))
  if (asked.length === 0 || asked.includes(name)) await run(print);
