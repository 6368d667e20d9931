import { describe, expect, it } from 'vitest';
import { utf8Bytes, utf8Text } from '../../src/log-format/bytes.ts';
import {
  LINE_LIMITS,
  LineSplitter,
  MalformedLine,
  type ByteSource,
} from '../../src/log-format/line-splitter.ts';

/** Gives each file's bytes in pieces of at most `piece` bytes. */
function sourceOf(files: readonly string[], piece: number): ByteSource {
  let file = 0;
  let at = 0;
  return {
    allocate: (length) => new Uint8Array(length),
    read: (into) => {
      const text = files[file];
      if (text === undefined) return null;
      const part = utf8Bytes(text).subarray(at, at + Math.min(piece, into.length));
      into.set(part);
      at += part.length;
      if (part.length > 0) return part.length;
      file += 1;
      at = 0;
      return 0;
    },
  };
}

function linesOf(splitter: LineSplitter): readonly (string | null)[] {
  const lines: (string | null)[] = [];
  for (let line = splitter.next(); line; line = splitter.next()) {
    expect(line[0]).toBe(0);
    lines.push(utf8Text(line.subarray(1)));
  }
  return lines;
}

describe('lines of files', () => {
  it.each([1, 2, 3, 7, 1_000])('are the same in pieces of %i bytes', (piece) => {
    const splitter = new LineSplitter(sourceOf(['một\nhai\n', '', 'ba\n'], piece));
    expect(linesOf(splitter)).toEqual(['một', 'hai', 'ba']);
    expect([splitter.lines, splitter.ends]).toEqual([3, [2, 2, 3]]);
    expect(splitter.bytes).toBe(utf8Bytes('một\nhai\nba\n').length);
  });

  it('may be longer than a piece that is read', () => {
    const long = 'x'.repeat(3 * LINE_LIMITS.chunk.value);
    expect(linesOf(new LineSplitter(sourceOf([`a\n${long}\nb\n`], 1 << 20)))).toEqual(['a', long, 'b']);
  });

  it.each([
    ['an empty line', 'a\n\nb\n', 'an empty line (line 2 of its kind)'],
    ['a line without its end', 'a\nb', 'a line without its end (line 2 of its kind)'],
    [
      'a line that is too long',
      `a\n${'x'.repeat(5 << 20)}\n`,
      'a line that is too long (line 2 of its kind)',
    ],
  ])('refuse %s', (_name, text, message) => {
    const splitter = new LineSplitter(sourceOf([text], 1 << 20), LINE_LIMITS.longestExportedLine.value);
    expect(() => linesOf(splitter)).toThrow(new MalformedLine(message));
  });
});
