import type { VerifyResult } from './verify-result.ts';

const ALWAYS =
  'That the gateway wrote an entry for everything that it disclosed: compare it with the registers’ own logs (reconcile) and with receipts.';

/** Lists what a result leaves open, so that nobody takes it for more than it is. */
export function notProven(
  result: Omit<VerifyResult, 'notProven' | 'verdict'>,
  remarks: readonly string[],
): string[] {
  const { export: exported, cosigned, knownAgree, faults } = result;
  if (!exported) {
    const still = 'That the log still has these entries: no export was given.';
    return [still, ...remarks, ...ofProofs(result), ...ofBreachReports(result)];
  }
  if (faults.length > 0) return ['Anything beyond the first fault: reading ended there.', ...remarks];
  return [
    ...remarks,
    ...ofWitnesses(exported, cosigned, knownAgree),
    ...ofContent(exported),
    ...ofProofs(result),
    ...ofBreachReports(result),
    ALWAYS,
  ];
}

function ofWitnesses(
  { to }: NonNullable<VerifyResult['export']>,
  cosigned: VerifyResult['cosigned'],
  knownAgree: number,
): string[] {
  const seen = Math.max(0, ...cosigned.map(({ size }) => Math.min(size, to)));
  if (cosigned.length === 0) {
    const only = knownAgree > 0 ? 'Beyond the checkpoints given: that' : 'That';
    return [
      `${only} the operator has shown this same log to everybody: no witness's cosignature was checked.`,
      `${only} its tail was not cut and written anew: nobody but the operator says where it ends.`,
    ];
  }
  if (seen >= to)
    return ['That the tail after the last cosigned checkpoint was not cut: no witness has seen one.'];
  return [
    `For entries ${seen} up to ${to}: that the operator has shown the same ones to everybody and did not cut what followed. No witness has seen them.`,
  ];
}

function ofProofs({
  export: exported,
  proofs,
  cosigned,
}: Omit<VerifyResult, 'notProven' | 'verdict'>): string[] {
  const has = (kind: 'bundle' | 'access'): boolean => proofs.some((one) => one.kind === kind);
  return [
    ...(has('bundle')
      ? ['That a bundle holds all that was searched for, and whom its entries are about.']
      : []),
    ...(has('access')
      ? ['That an access is all there is about its holder, and that its entry is about them.']
      : []),
    ...(has('access') && exported
      ? ['The words of an access: its text and the names of fields were not compared, the rest was.']
      : []),
    ...(has('access') && !exported
      ? ['What an access says of its entry: only the hash was given, not the bytes.']
      : []),
    ...(proofs.length > 0 && !exported && cosigned.length === 0
      ? ['That others were shown the same tree: no witness’s cosignature was checked.']
      : []),
  ];
}

function ofBreachReports({ breachReports }: Pick<VerifyResult, 'breachReports'>): string[] {
  const stated = breachReports.flatMap((one) => one.stated ?? []);
  const isPart = stated.some(({ notify, subjects }) => !notify || notify.from > 0 || notify.count < subjects);
  const unsigned = [...new Set(stated.flatMap((one) => one.unsigned))];
  return [
    ...(stated.length > 0
      ? [
          'That a breach report counts and names all that the logs have: it is the word of the gateway, signed.',
        ]
      : []),
    ...(isPart ? ['Whom else to notify: a breach report names a page of the subjects that it counts.'] : []),
    ...(unsigned.length > 0
      ? [
          `What a breach report’s file has beside its statement in ${unsigned.slice(0, 10).join(', ')}: nobody signed it.`,
        ]
      : []),
  ];
}

function ofContent({
  from,
  removed,
  ageUnknown,
  openings,
  entries,
  outages,
}: NonNullable<VerifyResult['export']>): string[] {
  const kept = entries - removed;
  return [
    ...(from > 0 ? [`What entries 0 up to ${from} say: only that they hash to what the log signed.`] : []),
    ...(removed > 0
      ? [
          `What ${removed} removed entries said, and when they went: only that they were written, and that an entry states their removal.`,
        ]
      : []),
    ...(ageUnknown > 0
      ? [
          `That ${ageUnknown} removed entries were 12 months old when they went: no witness had seen them 12 months before it saw the entry that states it.`,
        ]
      : []),
    ...(outages.count > 0
      ? [
          `That nothing left the gateway during ${outages.count} outage(s) that the log states, ${outages.milliseconds / 1000} s together: registers’ logs tell what was asked then (reconcile).`,
        ]
      : []),
    ...(openings < kept
      ? [`Whom ${kept - openings} entries are about: no openings were given for them.`]
      : []),
  ];
}
