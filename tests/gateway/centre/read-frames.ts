import type { LiveState } from '../../../src/watch/live/live-state.ts';
import type { TestGateway } from '../../support/gateway.ts';

/** One frame of the live stream. */
export interface Frame {
  readonly text: string;
  readonly state: LiveState;
}

/** Reads frames of the live stream until there are so many, or until the stream ends. */
export async function readFrames(
  gateway: Pick<TestGateway, 'url' | 'token'>,
  { count }: { readonly count: number },
): Promise<readonly Frame[]> {
  const leaving = new AbortController();
  const response = await fetch(gateway.url.replace('/graphql', '/console/live'), {
    headers: { authorization: `Bearer ${gateway.token({ client: 'centre' })}` },
    signal: leaving.signal,
  });
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
    throw new Error(`no stream: ${response.status}`);
  }
  const frames: Frame[] = [];
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) {
      const data = /^data: (.*)$/m.exec(part)?.[1];
      if (data !== undefined) frames.push({ text: data, state: JSON.parse(data) as LiveState });
    }
    if (frames.length >= count) break;
  }
  leaving.abort();
  return frames.slice(0, count);
}
