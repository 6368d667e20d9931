import { originOf } from '../../log-format/notes/checkpoint.ts';
import { WITNESSED_EPOCH_LIMITS } from '../../access-log/continuity/restore/witnessed-end.ts';
import type { WitnessState } from '../../independent/witness/witness-state.ts';

/** Lists the last note that was cosigned of each epoch of these logs, as lines of a `checkpoints.ndjson`. */
export function lastNotes(state: Pick<WitnessState, 'latest'>, logs: readonly string[]): readonly string[] {
  return [...new Set(logs)].flatMap((log) => {
    const lines: string[] = [];
    for (let epoch = 1, unknown = 0; unknown < WITNESSED_EPOCH_LIMITS.unknownInARow.value; epoch++) {
      const { size, note } = state.latest(originOf(log, epoch));
      // A note of size 0 means that somebody asked for the last note and there was none.
      const isKnown = note !== null && size > 0;
      if (isKnown) lines.push(`${JSON.stringify({ note })}\n`);
      unknown = isKnown ? 0 : unknown + 1;
    }
    return lines;
  });
}
