import { z } from 'zod';
import type { AccessLogWriter } from '../../access-log/entry/access-log-writer.ts';
import { gatewayAct } from '../../access-log/entry/gateway-act.ts';
import type { LogCaller } from '../../access-log/queries/log-query.ts';
import { GatewayError } from '../../errors.ts';
import type { AuditPapers } from '../../policy/case/audit-order.ts';
import type { Alert } from './alert-book.ts';
import { ALERT_NOTE_LIMITS, type AlertAct } from './alert-acts.ts';
import { CLOSING_REASONS, type ClosingReason } from './closing-reasons.ts';
import { ESCALATION_LIMITS } from './escalation.ts';
import { alertScopeOf, isWithinScope, type AlertReader } from './query-alerts.ts';
import { showAlert } from './show-alert.ts';

const closing = z.enum(Object.keys(CLOSING_REASONS) as [ClosingReason, ...ClosingReason[]]);
/** Every act needs a note: what was found, or why. */
const note = z.string().trim().min(1).max(ALERT_NOTE_LIMITS.note.value);

/** An auditor's act about an alert. */
export const AlertOrderFormat = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('explain'), note }),
  z.strictObject({ act: z.literal('escalate'), note }),
  z.strictObject({ act: z.literal('close'), note, reason: closing }),
  z.strictObject({ act: z.literal('reopen'), note }),
  z.strictObject({ act: z.literal('lift'), note }),
]);
export type AlertOrder = z.infer<typeof AlertOrderFormat>;

export interface AlertDesk {
  /**
   * Puts an auditor's act on record and returns the alert as it is then, under the names of the schema. Rejects with GatewayError:
   * CASE_REQUIRED and CASE_NOT_VALID for the order, BAD_REQUEST for an act that does not fit, ACCESS_LOG_UNAVAILABLE.
   */
  act(caller: LogCaller, id: string, order: AlertOrder): Promise<object>;
}

export function buildAlertDesk(parts: {
  readonly reader: AlertReader;
  readonly papers: () => AuditPapers;
  readonly instance: string;
  readonly accessLog: AccessLogWriter;
}): AlertDesk {
  const { reader, papers, instance, accessLog } = parts;
  const find = async (id: string): Promise<Alert | null> => {
    try {
      return await reader.alert(id);
    } catch (error) {
      throw new GatewayError('ACCESS_LOG_UNAVAILABLE', { cause: error });
    }
  };
  return {
    async act(caller, id, order) {
      const scope = alertScopeOf(papers(), caller);
      const alert = await find(id);
      if (!alert || !isWithinScope(scope, alert)) {
        throw badRequest('There is no such alert, or the order does not open it.', 404);
      }
      const { purpose, detail } = actOf(alert, caller.officer, order);
      await accessLog.append(gatewayAct(instance, { purpose, at: caller.now, detail }));
      const after = await find(id);
      return showAlert(after ?? alert);
    },
  };
}

/** The act that goes on record. Throws BAD_REQUEST where it does not fit the alert's state. */
function actOf(
  alert: Alert,
  by: string,
  order: AlertOrder,
): { readonly purpose: AlertAct; readonly detail: object } {
  const about = { alert: alert.id, by, note: order.note };
  const up = Math.min(alert.level + 1, ESCALATION_LIMITS.levels.value);
  const isClosed = alert.state === 'closed';
  if (order.act === 'reopen') {
    if (!isClosed) throw badRequest('The alert is not closed.');
    return { purpose: 'alert-reopened', detail: about };
  }
  if (order.act === 'lift') {
    if (!alert.isSuspending) throw badRequest('The alert suspends nobody.');
    return { purpose: 'alert-suspension-lifted', detail: about };
  }
  if (isClosed) throw badRequest('The alert is closed: reopen it first.');
  if (order.act === 'explain') return { purpose: 'alert-explained', detail: about };
  if (order.act === 'escalate')
    return { purpose: 'alert-escalated', detail: { ...about, level: up, why: 'person' } };
  // What is not decided is nobody's normal: it goes to a superior.
  return order.reason === 'undecided'
    ? { purpose: 'alert-escalated', detail: { ...about, level: up, why: 'undecided' } }
    : { purpose: 'alert-closed', detail: { ...about, reason: order.reason } };
}

function badRequest(message: string, httpStatus = 400): GatewayError {
  return new GatewayError('BAD_REQUEST', { message, httpStatus });
}
