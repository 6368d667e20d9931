import { GatewayError } from '../../errors.ts';
import { ANSWER_LIMITS } from '../../operation/limits.ts';

/**
 * The size of one answer, counted while it is built by every part that builds it: records, identifiers that come back as they were
 * sent, log queries, introspection. Each method throws OPERATION_TOO_LARGE past ANSWER_LIMITS.
 */
export class AnswerSize {
  #values = 0;
  #characters = 0;
  #errors = 0;

  /** `characters` are those of the response names and of the texts. */
  add(values: number, characters: number): void {
    this.#values += values;
    this.#characters += characters;
    if (this.#values > ANSWER_LIMITS.values.value || this.#characters > ANSWER_LIMITS.characters.value) {
      throw new GatewayError('OPERATION_TOO_LARGE', {
        message: 'The answer would be too large: ask for less.',
      });
    }
  }

  addError(): void {
    this.#errors += 1;
    if (this.#errors > ANSWER_LIMITS.errors.value) {
      throw new GatewayError('OPERATION_TOO_LARGE', { message: 'The answer would have too many errors.' });
    }
  }
}
