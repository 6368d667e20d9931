import { benchEndToEnd } from './end-to-end.ts';
import { benchEngine } from './engine.ts';

/** `npm run bench`: prints what it measured, beside what it compares with, from the same run; asserts nothing. */
const print = (line: string): void => void process.stdout.write(`${line}\n`);

await benchEngine(print);
await benchEndToEnd(print);
