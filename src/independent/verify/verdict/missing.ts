import type { VerifyResult } from './verify-result.ts';

/** The result before it is known what it lacks. */
type Found = Omit<VerifyResult, 'notProven' | 'verdict' | 'missing'>;

/**
 * Lists what was asked for, by an option or a file, and what the given files do not have. Nothing of it is a fault of
 * the log, and none of it may pass for a success: the command ends with status 3.
 */
export function missingFrom(found: Found, witnesses: readonly { readonly name: string }[]): string[] {
  const { export: exported, receipts, proofs, cosigned, breachReports } = found;
  const seenBy = new Set(cosigned.filter(({ size }) => size > 0).map(({ witness }) => witness));
  const kept = exported ? exported.entries - exported.removed : 0;
  return [
    ...[...new Set(witnesses.map(({ name }) => name))]
      .filter((name) => !seenBy.has(name))
      .map((name) => `No cosignature of the witness ${name} is in what was given.`),
    ...(exported && exported.openings > 0 && exported.openings < kept
      ? [`${kept - exported.openings} of ${kept} entries have no opening, though the export has openings.`]
      : []),
    ...(exported && exported.youngBeside > 0
      ? [
          `${exported.youngBeside} removed entries stand beside entries that were not 12 months old when the removal was stated, and no witness had seen them before: their age is the operator’s word.`,
        ]
      : []),
    ...receipts.flatMap(({ name, isProven, isUnopened }) => {
      if (!isProven) return [`The receipt ${name} is not proven.`];
      return isUnopened ? [`The receipt ${name} has no opening, so that the bodies were not compared.`] : [];
    }),
    ...proofs.flatMap(({ kind, name, isProven, entries }) => {
      if (!isProven) return [`The ${kind} ${name} is not proven.`];
      return entries === 0 ? [`The ${kind} ${name} holds no entry.`] : [];
    }),
    ...breachReports.flatMap(({ name, recount }) =>
      recount && recount.open.length > 0
        ? [
            `The breach report ${name} cannot be recounted from this export alone: ${recount.open.join('; ')}.`,
          ]
        : [],
    ),
  ];
}
