/** A given file cannot be read. The message says where, and repeats nothing of what stands there. */
export class UnreadableInput extends Error {
  override readonly name = 'Unreadable';
}
