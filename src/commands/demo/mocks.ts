import { buildSubcommand, type AnySubcommand } from '../command-line/subcommand.ts';
import { UsageError } from '../command-line/command-failure.ts';
import { readEnvironment } from '../../config/settings/read-environment.ts';

/** Loads the mocked services. */
export async function buildMocksCommand(): Promise<AnySubcommand> {
  const { MocksCannotStart, runMocks } = await import('../../../mocks/commands/mocks.ts');
  const { NoticeNotSent, sendNotice } = await import('../../../mocks/commands/send-notice.ts');
  const { FaultNotSet, setFault } = await import('../../../mocks/commands/set-fault.ts');
  return buildSubcommand({
    details: `Runs the mocked registers, identity provider and dossier service until a signal ends them, and prints the settings of a gateway
that uses them. They take six ports from MOCKS_PORT (4100) on. Start that gateway with --demo (npx ndg serve --demo): production refuses their
issuer, whose signing key is public.

mocks fault REGISTER KIND sets a fault of a running register instead, of these mocks or of a demo that was started with MOCKS_PORT; KIND none ends
all its faults.

mocks notice REGISTER CHANGE KEY signs a change notice of a register about one of its records (--kind), and sends it to a gateway on this machine
(PORT, SECRETS_DIR). CHANGE is PROTECTION, DEATH, GUARDIANSHIP or CHANGED.`,
    arguments: [
      ['[action]', 'fault or notice', ['fault', 'notice']],
      ['[register]', 'population, business, land or civil-status'],
      ['[kind]', 'hang, drop, cut, ...; an unknown one prints them all. Of a notice: the change'],
      ['[key]', 'the key of the changed record'],
    ],
    options: {
      times: { value: 'N', meaning: 'spoils so many calls; all calls without it' },
      ms: { value: 'MS', meaning: 'the time of a delay, a drip or an outage' },
      p50: { value: 'MS', meaning: 'the median of latency' },
      p99: { value: 'MS', meaning: 'the time above which one call in a hundred is' },
      days: { value: 'N', meaning: 'the age of stale records' },
      status: { value: 'CODE', meaning: 'the status of an error page, 500 or 503' },
      kind: { value: 'KIND', meaning: 'the kind of the changed record, population.person by default' },
      url: { value: 'URL', meaning: "address of the register's mock, where MOCKS_PORT does not tell it" },
    },
    endOf: (error) =>
      error instanceof MocksCannotStart || error instanceof FaultNotSet || error instanceof NoticeNotSent
        ? { status: 1, message: error.message }
        : null,
    async run({ times, ms, status, p50, p99, days, url, kind: recordKind }, [action, register, kind, key]) {
      const environment = readEnvironment();
      if (action === undefined) {
        if (times ?? ms ?? status ?? p50 ?? p99 ?? days ?? url ?? recordKind)
          throw new UsageError('These options go with mocks fault.');
        return runMocks(environment);
      }
      if (action === 'notice') {
        const output = await sendNotice({
          register,
          change: kind,
          kind: recordKind ?? 'population.person',
          keys: key === undefined ? [] : [key],
          secretsDirectory: environment['SECRETS_DIR'] ?? '.secrets',
          gateway: url ?? `http://127.0.0.1:${environment['PORT'] ?? 4000}`,
        });
        return { output, status: 0 };
      }
      const mocksPort = environment['MOCKS_PORT'];
      return {
        output: await setFault({ register, kind, times, ms, status, p50, p99, days, url, mocksPort }),
        status: 0,
      };
    },
  });
}
