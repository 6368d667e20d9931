import { wordsOfCode } from './ask.ts';
import { useSay, type Words } from './words.ts';

/** What went wrong, and what to do; announced by screen readers. */
export function Faults({ codes }: { readonly codes: readonly string[] }) {
  const say = useSay();
  if (codes.length === 0) return null;
  return (
    <div role="alert" class="fault-box">
      {[...new Set(codes.map((code) => say(wordsOfCode(code))))].map((text) => (
        <p key={text}>{text}</p>
      ))}
    </div>
  );
}

/** That an answer is awaited. */
export function Waiting() {
  const say = useSay();
  const words: Words = ['Đang tải…', 'Loading…'];
  return <p role="status">{say(words)}</p>;
}
