import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { buildCommandTree, type CommandTable } from './command-line/command-tree.ts';
import { WRONG_USAGE } from './command-line/run-command.ts';

const COMMANDS: CommandTable = {
  serve: {
    summary: 'runs the gateway; its help lists all settings',
    load: async () => (await import('./serve/serve.ts')).serveCommand,
  },
  setup: {
    summary: 'makes folders, keys and settings of a gateway outside the demo',
    load: async () => (await import('./setup/setup.ts')).setupCommand,
  },
  freshness: {
    summary: 'prints how old each kind of record can be in an answer',
    load: async () => (await import('./freshness.ts')).freshnessCommand,
  },
  limits: {
    summary: 'prints all limits and times',
    load: async () => (await import('./limits.ts')).limitsCommand,
  },
  token: {
    summary: 'prints an access token of the demo',
    load: async () => (await import('./demo/token.ts')).buildTokenCommand(),
  },
  people: {
    summary: 'prints persons of the demo',
    load: async () => (await import('./demo/people.ts')).buildPeopleCommand(),
  },
  mocks: {
    summary: 'runs the mocked registers and services',
    load: async () => (await import('./demo/mocks.ts')).buildMocksCommand(),
  },
  agreements: {
    summary: 'agreements between agencies and register owners',
    commands: {
      check: {
        summary: 'prints every fault of a folder',
        load: async () => (await import('./agreements/check-agreements.ts')).checkAgreementsCommand,
      },
      show: {
        summary: 'prints one agreement as a form',
        load: async () => (await import('./agreements/show-agreement.ts')).showAgreementCommand,
      },
      diff: {
        summary: 'prints what a new folder changes',
        load: async () => (await import('./agreements/diff-agreements.ts')).diffAgreementsCommand,
      },
      sign: {
        summary: "adds the signature of a register's owner",
        load: async () => (await import('./agreements/sign-agreement.ts')).signAgreementCommand,
      },
      keygen: {
        summary: 'makes a key pair for an owner',
        load: async () => (await import('./agreements/generate-key.ts')).generateKeyCommand,
      },
    },
  },
  orders: {
    summary: 'audit orders, complaints and releases',
    commands: {
      check: {
        summary: 'prints every fault of a file of orders',
        load: async () => (await import('./orders/check-orders.ts')).checkOrdersCommand,
      },
      sign: {
        summary: 'signs every paper that nobody has signed',
        load: async () => (await import('./orders/sign-orders.ts')).signOrdersCommand,
      },
      approve: {
        summary: 'allows searches by subject under one order',
        load: async () => (await import('./orders/approve-order.ts')).approveOrderCommand,
      },
      complaint: {
        summary: 'prints the entry of a complaint',
        load: async () => (await import('./orders/write-complaint.ts')).writeComplaintCommand,
      },
    },
  },
  log: {
    summary: 'the access log',
    commands: {
      verify: {
        summary: 'checks an export, receipts and proofs',
        load: async () => (await import('./log/verify-log.ts')).verifyLogCommand,
      },
      export: {
        summary: 'writes a log into a folder',
        load: async () => (await import('./log/export-log.ts')).exportLogCommand,
      },
      reconcile: {
        summary: "compares exports with the registers' own logs",
        load: async () => (await import('./log/reconcile.ts')).reconcileCommand,
      },
      keys: {
        summary: 'prints the public keys of a log, or rewraps its data keys',
        load: async () => (await import('./log/log-keys.ts')).logKeysCommand,
      },
      migrate: {
        summary: 'creates or updates the tables in PostgreSQL',
        load: async () => (await import('./log/migrate-log.ts')).migrateLogCommand,
      },
      archive: {
        summary: 'moves old months into an archive',
        load: async () => (await import('./log/archive-log.ts')).archiveLogCommand,
      },
      backup: {
        summary: 'copies the SQLite log into one file',
        load: async () => (await import('./log/backup-log.ts')).backupLogCommand,
      },
      restore: {
        summary: 'makes a restored log usable again',
        load: async () => (await import('./log/restore-log.ts')).restoreLogCommand,
      },
      clock: {
        summary: 'states that the clock was ahead and is right now',
        load: async () => (await import('./log/confirm-clock.ts')).confirmClockCommand,
      },
    },
  },
  procedures: {
    summary: 'administrative procedures and their forms',
    commands: {
      check: {
        summary: 'prints every fault of the procedures',
        load: async () => (await import('./procedures/check-procedures.ts')).checkProceduresCommand,
      },
      schema: {
        summary: "prints a procedure's form as JSON Schema",
        load: async () => (await import('./procedures/print-procedure-schema.ts')).procedureSchemaCommand,
      },
      report: {
        summary: 'prints what data has answered on forms: CSV or JSON',
        load: async () => (await import('./procedures/report-forms.ts')).reportFormsCommand,
      },
      build: {
        summary: 'writes the procedures from their lists',
        load: async () => (await import('./procedures/build-procedures.ts')).buildProceduresCommand,
      },
    },
  },
  report: {
    summary: 'makes the daily report of any day anew, or checks one',
    load: async () => (await import('./report/daily-report-command.ts')).dailyReportCommand,
  },
  units: {
    summary: 'administrative units of all times',
    commands: {
      show: {
        summary: 'prints the unit that had a code on a day',
        load: async () => (await import('./units/find-unit.ts')).showUnitCommand,
      },
      resolve: {
        summary: "prints today's commune of an address",
        load: async () => (await import('./units/find-unit.ts')).resolveUnitCommand,
      },
      build: {
        summary: 'writes the tables from the reference lists',
        load: async () => (await import('./units/build-units.ts')).buildUnitsCommand,
      },
    },
  },
  witness: {
    summary: 'runs a witness that cosigns logs',
    load: async () => (await import('./witness/witness.ts')).witnessCommand,
  },
};

/** The version of package.json. */
function ownVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

try {
  const summary = 'Commands of the national data gateway.';
  await buildCommandTree('ndg', ownVersion(), summary, COMMANDS).parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Commander has printed help, version or a fault of the arguments.
  process.exitCode = error.exitCode === 0 ? 0 : WRONG_USAGE;
}
