import { flagText } from '../judge/flag-text.ts';
import { flagsIn } from '../judge/flags.ts';
import type { LiveFlag } from '../live/live-state.ts';
import { unitName } from '../live/live-units.ts';
import {
  ACTIVITY_SCOPES,
  judgedDay,
  type ActivityScope,
  type JudgedDay,
  type KeptActivity,
} from '../series/activity.ts';

/** Names everything that was slow, silent or failing at the cut-off, from the kept days up to then. */
export function reportFlags(
  kept: readonly KeptActivity[],
  cutOff: number,
  names: {
    readonly registerNames: ReadonlyMap<string, string>;
    readonly officeName: (client: string) => string;
  },
): readonly LiveFlag[] {
  const nameOf = (scope: ActivityScope, code: string): string => {
    if (scope === 'register') return names.registerNames.get(code) ?? code;
    return scope === 'office' ? names.officeName(code) : (unitName(scope, code) ?? code);
  };
  return ACTIVITY_SCOPES.flatMap((scope) => {
    const own = kept.filter((row) => row.scope === scope);
    const days = new Map<string, readonly JudgedDay[]>();
    for (const [code, rows] of Map.groupBy(own, (row) => row.code)) days.set(code, rows.map(judgedDay));
    return flagsIn(scope, days, cutOff).map((flag): LiveFlag => ({
      ...flag,
      scope: scope.toUpperCase() as LiveFlag['scope'],
      name: nameOf(scope, flag.code),
      text: flagText(flag),
    }));
  });
}
