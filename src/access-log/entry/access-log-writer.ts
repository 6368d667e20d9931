import type { AnswerRecord } from './answer-record.ts';
import type { GatewayAct } from './gateway-act.ts';

/** All that stands on record: answers to callers, and acts of the gateway itself. */
export type LogRecord = AnswerRecord | GatewayAct;

/** Writing is one narrow interface; reading is another, so that neither can slow or alter the other. */
export interface AccessLogWriter {
  /**
   * Settles when the record is synced to disk, with its receipt (JSON, FORMAT.md) where one is wanted. Rejects with GatewayError
   * ACCESS_LOG_UNAVAILABLE in bounded time.
   */
  append(record: LogRecord): Promise<string | null>;
  /** False while entries cannot be written: the instance is not ready. */
  isHealthy(): boolean;
  close(): Promise<void>;
}
