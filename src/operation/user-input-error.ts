import { GatewayError } from '../errors.ts';

/**
 * A variable or an argument does not fit the caller's own operation: BAD_USER_INPUT. Messages name variables and arguments
 * only, where graphql-js would repeat the value.
 */
export class UserInputError extends GatewayError {
  override readonly name = 'UserInputError';

  constructor(message: string) {
    super('BAD_USER_INPUT', { message });
  }
}
