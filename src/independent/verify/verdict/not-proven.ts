import type { VerifyResult } from './verify-result.ts';

const ALWAYS =
  'It is open whether the gateway wrote an entry for everything that it disclosed: compare the log with the registers’ own logs (reconcile) and with receipts.';

/** Lists what a result leaves open, so that nobody takes it for more than it is. */
export function notProven(
  result: Omit<VerifyResult, 'notProven' | 'verdict' | 'missing'>,
  remarks: readonly string[],
): string[] {
  const { export: exported, cosigned, knownAgree, faults } = result;
  if (!exported) {
    const still = 'It is open whether the log still has these entries: no export was given.';
    return [still, ...remarks, ...ofProofs(result), ...ofBreachReports(result)];
  }
  if (faults.length > 0)
    return ['Everything beyond the first fault is open: reading ended there.', ...remarks];
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
    const open = knownAgree > 0 ? 'Beyond the given checkpoints it is open' : 'It is open';
    return [
      `${open} whether the operator has shown this same log to everybody: no witness's cosignature was checked.`,
      `${open} whether its tail was cut and written anew: only the operator says where the log ends.`,
    ];
  }
  if (seen >= to)
    return ['It is open whether a tail after the last cosigned checkpoint was cut: no witness has seen one.'];
  return [
    `It is open whether the operator has shown the same entries ${seen} up to ${to} to everybody, and whether a tail after them was cut: no witness has seen them.`,
  ];
}

function ofProofs({
  export: exported,
  proofs,
  cosigned,
}: Omit<VerifyResult, 'notProven' | 'verdict' | 'missing'>): string[] {
  const has = (kind: 'bundle' | 'access'): boolean => proofs.some((one) => one.kind === kind);
  const lacks = (kind: 'bundle' | 'access', what: 'shown' | 'opened'): boolean =>
    proofs.some((one) => one.kind === kind && one[what] < Math.max(1, one.entries));
  return [
    ...(has('bundle')
      ? [
          `It is open whether a bundle holds everything that was searched for${lacks('bundle', 'opened') ? ', and which persons its entries are about' : ''}.`,
        ]
      : []),
    ...(has('access')
      ? [
          `It is open whether an access is all there is about its holder${lacks('access', 'opened') ? ', and whether its entry is about them' : ''}.`,
        ]
      : []),
    ...(has('access') && (exported || !lacks('access', 'shown'))
      ? ['The text of an access and its names of fields were not compared; the rest was.']
      : []),
    ...(lacks('access', 'shown') && !exported
      ? ['It is open whether an access tells its entry as it is: only the hash was given, not the bytes.']
      : []),
    ...(proofs.length > 0 && !exported && cosigned.length === 0
      ? ['It is open whether others were shown the same tree: no witness’s cosignature was checked.']
      : []),
  ];
}

function ofBreachReports({ breachReports }: Pick<VerifyResult, 'breachReports'>): string[] {
  const stated = breachReports.flatMap((one) => one.stated ?? []);
  const isTaken = breachReports.some(({ stated: one, recount }) => one && recount?.subjects !== 'match');
  const isPart = stated.some(({ notify, subjects }) => !notify || notify.from > 0 || notify.count < subjects);
  const unsigned = [...new Set(stated.flatMap((one) => one.unsigned))];
  return [
    ...(isTaken
      ? [
          'It is open whether a breach report counts and names everything that the logs have: the gateway has only signed its word.',
        ]
      : []),
    ...(isPart
      ? [
          'More persons may have to be notified: a breach report names one page of the subjects that it counts.',
        ]
      : []),
    ...(unsigned.length > 0
      ? [
          `A breach report’s file has members beside its statement. For ${unsigned.slice(0, 10).join(', ')}: nobody signed it.`,
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
  clock,
}: NonNullable<VerifyResult['export']>): string[] {
  const kept = entries - removed;
  return [
    ...(from > 0
      ? [
          `The content of entries 0 up to ${from} is open: it is only proven that they hash to what the log signed.`,
        ]
      : []),
    ...(removed > 0
      ? [
          `The content of ${removed} removed entries and the time of their removal are open: it is only proven that they were written, and that an entry states their removal.`,
        ]
      : []),
    ...(ageUnknown > 0
      ? [
          `It is open whether ${ageUnknown} removed entries were 12 months old when they went: no witness had seen them 12 months before it saw the entry that states the removal.`,
        ]
      : []),
    ...(clock.stated + clock.unstated > 0
      ? [
          `It is open when the entries around ${clock.stated + clock.unstated} place(s) were written where their times go back (${clock.stated} stated by the log): only a witness’s cosignatures bound them.`,
        ]
      : []),
    ...(outages.count > 0
      ? [
          `It is open whether anything left the gateway during ${outages.count} outage(s) that the log states, ${outages.milliseconds / 1000} s together: the registers’ logs tell what was asked then (reconcile).`,
        ]
      : []),
    ...(openings < kept
      ? [`It is open which subjects ${kept - openings} entries are about: no openings were given for them.`]
      : []),
  ];
}
