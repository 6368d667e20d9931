import { DEMO_REGISTERS } from '../registers/demo-registers.ts';
import { FAULT_KINDS, parseFaults } from '../servers/faults.ts';
import { readMocksPort } from '../servers/mocks-port.ts';

/** The registers in the order of their ports from MOCKS_PORT on. */
const REGISTERS = DEMO_REGISTERS.map(({ name }) => name);

/** The arguments are wrong, or no mocks answer; the message says what is expected. */
export class FaultNotSet extends Error {
  override readonly name = 'FaultNotSet';
}

interface FaultArguments {
  readonly register: string | undefined;
  /** Kind of fault (WIRE.md, `_faults`); `none` ends all faults of the register. */
  readonly kind: string | undefined;
  readonly times: string | undefined;
  readonly ms: string | undefined;
  readonly status: string | undefined;
  readonly p50?: string | undefined;
  readonly p99?: string | undefined;
  readonly days?: string | undefined;
  /** Address of the register's mock, where MOCKS_PORT does not tell it. */
  readonly url: string | undefined;
  readonly mocksPort: string | undefined;
}

/** Members of a fault that are numbers, each an option of its own. */
const NUMBERS = ['times', 'ms', 'status', 'p50', 'p99', 'days'] as const;

/** Sets a fault of a running mock over its control plane, or ends all of them. Rejects with FaultNotSet. */
export async function setFault(values: FaultArguments): Promise<string> {
  const { register, kind } = values;
  const place = REGISTERS.indexOf(register ?? '');
  if (place < 0) throw new FaultNotSet(`REGISTER is one of: ${REGISTERS.join(', ')}.`);
  const base = values.url ?? urlOf(values.mocksPort, place);
  const fault = {
    fault: kind,
    ...Object.fromEntries(
      NUMBERS.flatMap((name) => (values[name] === undefined ? [] : [[name, Number(values[name])]])),
    ),
  };
  if (kind !== 'none' && !isFault(fault)) {
    throw new FaultNotSet(
      `KIND is one of: none, ${FAULT_KINDS.join(', ')}; delay, drip and outage go with --ms, latency with --p50 and --p99, stale with --days, status with --status 500 or 503.`,
    );
  }
  const change = kind === 'none' ? { method: 'DELETE' } : { method: 'PUT', body: JSON.stringify(fault) };
  const answer = await fetch(`${base}/_faults`, change).catch(() => null);
  if (answer?.ok !== true) throw new FaultNotSet(`No mock of ${register} answers there.`);
  return kind === 'none' ? `${register}: no fault` : `${register}: ${kind}`;
}

function isFault(fault: object): boolean {
  try {
    return parseFaults(fault).length === 1;
  } catch {
    return false;
  }
}

function urlOf(mocksPort: string | undefined, place: number): string {
  const port = readMocksPort(mocksPort);
  if (port === undefined) {
    throw new FaultNotSet('Start the demo with MOCKS_PORT set, and set it here too, or give --url.');
  }
  return `http://127.0.0.1:${port + place}`;
}
