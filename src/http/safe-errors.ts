import type { GraphQLFormattedError } from 'graphql';
import { messageOf } from '../errors.ts';
import { mayHoldIdentifier } from '../operation/tellable-name.ts';

/**
 * Validation messages that name schema and document parts only. Others echo literal values, which may be somebody's
 * data, and are replaced.
 */
const NAMING_MESSAGES = [
  /^Cannot query field "\w+" on type "\w+"\.$/,
  /^Field "\w+" (?:argument "\w+" )?of (?:type|required type) "[\w![\]]+" (?:is required, but it was not provided|must have a selection of subfields)/,
  /^Field "\w+" must not have a selection since type "[\w![\]]+" has no subfields\.$/,
  /^Unknown (?:argument|type|fragment|directive) "@?\w+"(?: on field "\w+\.\w+")?\.$/,
  /^Variable "\$\w+" (?:is not defined|is never used|of type)/,
  /^Fragment "\w+" (?:is never used|cannot be spread|cannot condition)/,
  /^Cannot spread fragment "\w+" within itself/,
  /^There can be only one /,
  /^This anonymous operation must be the only defined operation\.$/,
  /^Schema is not configured/,
];

/** Only message, path, locations, code, rule and law leave; an unexpected error says nothing but INTERNAL_ERROR. */
export function toSafeError(error: GraphQLFormattedError): GraphQLFormattedError {
  const { message, path, locations, extensions } = error;
  const code = typeof extensions?.['code'] === 'string' ? extensions['code'] : 'INTERNAL_SERVER_ERROR';
  const rule = typeof extensions?.['rule'] === 'string' ? { rule: extensions['rule'] } : {};
  const place = extensions?.['coordinate'];
  const coordinate = typeof place === 'string' ? { coordinate: place } : {};
  const law = extensions?.['legalBasis'];
  const legalBasis = typeof law === 'string' ? { legalBasis: law } : {};
  const places = { ...(path ? { path } : {}), ...(locations ? { locations } : {}) };
  switch (code) {
    case 'INTERNAL_SERVER_ERROR':
      return { message: messageOf('INTERNAL_ERROR'), ...places, extensions: { code: 'INTERNAL_ERROR' } };
    case 'GRAPHQL_PARSE_FAILED':
      return { message: 'The document is not valid GraphQL.', ...places, extensions: { code } };
    case 'GRAPHQL_VALIDATION_FAILED':
      return { message: safeValidationMessage(message), ...places, extensions: { code } };
    default:
      return { message, ...places, extensions: { code, ...coordinate, ...rule, ...legalBasis } };
  }
}

const LONGEST_MESSAGE = 300;

function safeValidationMessage(message: string): string {
  const isShort = message.length <= LONGEST_MESSAGE && !mayHoldIdentifier(message);
  return isShort && NAMING_MESSAGES.some((pattern) => pattern.test(message))
    ? message
    : 'The document does not fit the schema here.';
}
