import type { Answer, AnswerRow } from '../servers/answer.ts';
import { headerOf, type MockRequest } from '../servers/exchange.ts';

export function hasBearer(request: MockRequest, secret: string): boolean {
  return headerOf(request, 'authorization') === `Bearer ${secret}`;
}

export function jsonAnswer(
  status: number,
  rows: readonly AnswerRow[],
  render: (rows: readonly AnswerRow[]) => string,
): Answer {
  return { status, contentType: 'application/json; charset=utf-8', rows, render };
}

/** An error or another fixed text. */
export function fixedAnswer(status: number, body: unknown): Answer {
  const text = JSON.stringify(body);
  return jsonAnswer(status, [], () => text);
}

/** The body as JSON; undefined (which no schema accepts) where it is none. */
export function bodyOf(request: MockRequest): unknown {
  try {
    return JSON.parse(request.body ?? '');
  } catch {
    return undefined;
  }
}

/** Swaps the values of some properties anywhere in a JSON record: for answers of valid syntax and wrong types. */
export function withWrongTypes(content: string, wrong: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(JSON.parse(content), (name, value: unknown) => (name in wrong ? wrong[name] : value));
}
