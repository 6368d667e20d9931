import { describe, expect, it, test } from 'vitest';
import { readYaml, readYamlAhead } from '../../../src/config/yaml/read-yaml.ts';
import { YAML_LIMITS } from '../../../src/config/yaml/yaml-limits.ts';

const bytes = (text: string): Buffer => Buffer.from(text);
const keys = (count: number): string => Array.from({ length: count }, (_, n) => `read${n}: v${n}`).join('\n');

test.each([
  ['a: 1\nb: [x, "1", null]', { a: 1, b: ['x', '1', null] }],
  ['', null],
  ['- &one { a: 1 }\n- *one', [{ a: 1 }, { a: 1 }]],
  ['# a comment alone', null],
])('%j', (text, value) => {
  expect(readYaml(bytes(text))).toEqual(value);
});

test.each([
  ['a key that stands twice', 'a: 1\na: 2'],
  ['a key that stands twice in two spellings', 'x: { a: 1, "a": 2 }'],
  ['a key that is no text', '? { a: 1 }\n: 2'],
  ['two documents', 'a: 1\n---\nb: 2'],
  ['an open list', '[a, b'],
  [
    'aliases that multiply',
    'a: &a [1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c]',
  ],
  ['more parts than the limit', '['.concat('a,'.repeat(YAML_LIMITS.tokens.value / 2), ']')],
  ['more bytes than the limit', 'x'.repeat(YAML_LIMITS.bytes.value + 1)],
])('refuses %s', (_name, text) => {
  expect(() => readYaml(bytes(text))).toThrow(/./);
});

describe('a large file', () => {
  it('is parsed while others are answered, once', async () => {
    const text = bytes(keys(20_000));
    let turns = 0;
    const others = setInterval(() => (turns += 1), 1);
    while (!(await readYamlAhead(text)));
    clearInterval(others);
    expect(turns).toBeGreaterThan(10);
    expect(Object.keys(readYaml(text) as object)).toHaveLength(20_000);
    // The same object: nothing was parsed again.
    expect(readYaml(Buffer.from(text))).toBe(readYaml(text));
  });

  it('that is none is told apart from one that is not parsed yet', async () => {
    const text = bytes(`${keys(3_000)}\nread1: again`);
    while (!(await readYamlAhead(text)));
    expect(() => readYaml(text)).toThrow('no YAML within the limits');
  });
});
