/** The values that the entries of one answer commit to, with their salts. */
export interface AnswerOpenings {
  readonly request: Opening;
  readonly answer: Opening;
  /** An entry each, in order. */
  readonly entries: readonly EntryOpening[];
}

/** `value` is canonical JSON. */
export interface Opening {
  readonly salt: string;
  readonly value: string;
}

export interface EntryOpening {
  readonly subject: Opening;
  readonly predicates: Opening;
  /** Null in an entry of version 1. */
  readonly findings: Opening | null;
}

/** A character a row rule, then the letter of the rule that denied. */
export function predicatesText(inputs: string, operation: string): string {
  return `{"inputs":"${inputs.slice(0, -1)}","operation":${operation},"rule":"${inputs.slice(-1)}"}`;
}

/**
 * One answer in a group's sealed text: `[request salt, request digest, answer salt, answer digest, operation, [[salt,
 * subject, salt, inputs, salt, findings], ...]]`. Each part but the operation's has the same length for all subjects of a kind, so that
 * the length of the sealed bytes tells nothing.
 */
export type SealedAnswer = readonly [
  requestSalt: string,
  requestDigest: string,
  answerSalt: string,
  answerDigest: string,
  operation: string,
  entries: readonly (readonly [
    subjectSalt: string,
    subject: string,
    predicatesSalt: string,
    inputs: string,
    /** Both from version 2 on. */
    findingsSalt?: string,
    findings?: string,
  ])[],
];

/** Values of the entries' subjects, an answer each; null where the text is something else. */
export function readSealedSubjects(text: string): readonly (readonly string[])[] | null {
  try {
    const answers = JSON.parse(text) as readonly SealedAnswer[];
    return answers.map(([, , , , , entries]) => entries.map(([, subject]) => subject));
  } catch {
    return null;
  }
}

/** The openings of a group, one for each answer; null where the text is something else. */
export function readSealedAnswers(text: string): readonly AnswerOpenings[] | null {
  try {
    const answers = JSON.parse(text) as readonly SealedAnswer[];
    return answers.map(([requestSalt, requestDigest, answerSalt, answerDigest, operation, entries]) => ({
      request: { salt: requestSalt, value: JSON.stringify(requestDigest) },
      answer: { salt: answerSalt, value: JSON.stringify(answerDigest) },
      entries: entries.map(([subjectSalt, subject, predicatesSalt, inputs, findingsSalt, findings]) => ({
        subject: { salt: subjectSalt, value: subject },
        predicates: { salt: predicatesSalt, value: predicatesText(inputs, operation) },
        findings:
          findingsSalt === undefined || findings === undefined
            ? null
            : { salt: findingsSalt, value: JSON.stringify(findings) },
      })),
    }));
  } catch {
    return null;
  }
}
