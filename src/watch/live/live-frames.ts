import type { Limits } from '../../config/limits.ts';

export const LIVE_FRAME_LIMITS = {
  every: { value: 1_000, unit: 'ms', why: 'A wall screen shows what happened in the last second.' },
} as const satisfies Limits;

/** One reader of the frames. */
export interface FrameReader {
  /** Gets each frame in the form of Server-Sent Events. It must not wait. */
  frame(text: string): void;
  /** There will be no more frames. */
  end(): void;
}

/** Writes out the live state once a second while anybody reads it: one text for all readers. */
export class LiveFrames {
  readonly #state: () => object;
  readonly #everyMs: number;
  readonly #readers = new Set<FrameReader>();
  #timer: NodeJS.Timeout | null = null;
  #number = 0;
  /** The newest frame, while it is at most one interval old. */
  #last: string | null = null;
  #isClosed = false;

  constructor(state: () => object, everyMs: number = LIVE_FRAME_LIMITS.every.value) {
    this.#state = state;
    this.#everyMs = everyMs;
  }

  get readers(): number {
    return this.#readers.size;
  }

  /** Adds a reader, which gets a frame at once; returns what takes it away again. */
  add(reader: FrameReader): () => void {
    if (this.#isClosed) {
      reader.end();
      return () => undefined;
    }
    this.#readers.add(reader);
    reader.frame(this.#last ?? this.#write());
    this.#timer ??= setInterval(() => this.#tell(), this.#everyMs).unref();
    return () => {
      this.#readers.delete(reader);
      if (this.#readers.size === 0) this.#stop();
    };
  }

  /** Ends all readers; those that come later are ended at once. */
  close(): void {
    this.#isClosed = true;
    this.#stop();
    for (const reader of this.#readers) reader.end();
    this.#readers.clear();
  }

  #tell(): void {
    const text = this.#write();
    for (const reader of this.#readers) reader.frame(text);
  }

  #write(): string {
    this.#number += 1;
    this.#last = `event: live\nid: ${this.#number}\ndata: ${JSON.stringify(this.#state())}\n\n`;
    return this.#last;
  }

  #stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    this.#last = null;
  }
}
