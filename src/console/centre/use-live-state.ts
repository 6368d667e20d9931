import { useEffect, useRef, useState } from 'preact/hooks';
import type { ConsoleLiveStateQuery } from '../../generated/console-operations.ts';

export type ShownState = NonNullable<ConsoleLiveStateQuery['liveState']>;

/** Data older than this says so in words: a frame comes each second. */
export const STALE_AFTER_SECONDS = 5;
/** The wait before a stream that was refused is tried again; browsers only come back to one that broke off. */
const AGAIN_MS = 5_000;

/** The stream as the page shows it. */
export interface LiveReading {
  /** The newest frame; while it is paused the one that was shown then. */
  readonly state: ShownState | null;
  /** Seconds since that frame came. */
  readonly ageSeconds: number;
  readonly isPaused: boolean;
  readonly setPaused: (isPaused: boolean) => void;
}

/** Reads /console/live for as long as the page is shown. */
export function useLiveState(): LiveReading {
  const [state, setState] = useState<ShownState | null>(null);
  const [ageSeconds, setAge] = useState(0);
  const [isPaused, setPaused] = useState(false);
  const paused = useRef(false);
  paused.current = isPaused;
  const cameAt = useRef(performance.now());
  useEffect(() => {
    let source: EventSource | null = null;
    let again: ReturnType<typeof setTimeout> | undefined;
    const open = (): void => {
      source = new EventSource('/console/live');
      source.addEventListener('live', ({ data }: MessageEvent<string>) => {
        if (paused.current) return;
        cameAt.current = performance.now();
        setState(JSON.parse(data) as ShownState);
        setAge(0);
      });
      source.addEventListener('error', () => {
        if (source?.readyState !== EventSource.CLOSED) return;
        again = setTimeout(open, AGAIN_MS);
      });
    };
    open();
    const clock = setInterval(() => setAge(Math.floor((performance.now() - cameAt.current) / 1_000)), 1_000);
    return () => {
      source?.close();
      clearTimeout(again);
      clearInterval(clock);
    };
  }, []);
  return { state, ageSeconds, isPaused, setPaused };
}
