/** What was given cannot be read; the message says where, and nothing of what stands there. */
export class UnreadableInput extends Error {
  override readonly name = 'Unreadable';
}
