/**
 * The caller's request does not fit its own operation: Apollo's BAD_USER_INPUT (400). Messages name variables and
 * arguments only; graphql-js would echo the value.
 */
export class UserInputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UserInputError';
  }
}
