import type { WatchLevel } from '../../generated/console-operations.ts';
import { useSay, type Words } from '../shell/words.ts';

interface LevelLook {
  readonly sign: string;
  readonly tone: string;
  readonly words: Words;
}

/** Each colour has a shape and a word, so that nobody has to tell colours apart (WCAG 1.4.1). */
export const LEVEL_LOOKS: Readonly<Record<WatchLevel, LevelLook>> = {
  RED: { sign: '▲', tone: 'bad', words: ['Đỏ', 'Red'] },
  YELLOW: { sign: '◆', tone: 'warn', words: ['Vàng', 'Yellow'] },
  GREEN: { sign: '●', tone: 'good', words: ['Xanh', 'Green'] },
  GREY: { sign: '○', tone: 'none', words: ['Xám', 'Grey'] },
};

/** A colour as shape and word. */
export function LevelMark({ level }: { readonly level: WatchLevel | null | undefined }) {
  const say = useSay();
  const { sign, tone, words } = LEVEL_LOOKS[level ?? 'GREY'];
  return (
    <span class={`mark ${tone}`}>
      <span aria-hidden="true">{sign} </span>
      {say(words)}
    </span>
  );
}
