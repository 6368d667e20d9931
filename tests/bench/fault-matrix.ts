import { country, startTestGateway } from '../support/gateway.ts';
import {
  buildFaultMatrix,
  MATRIX_CACHES,
  MATRIX_LOADS,
  MATRIX_REGISTERS,
  matrixFaults,
  printedCell,
} from '../support/registers/fault-matrix.ts';

const TIMEOUT_MS = 500;
const DEADLINE_MS = 6_000;

/** Prints the whole matrix: register, fault, alone or under load, cold or warm. Status 1 where a cell does not hold. */
const gateway = await startTestGateway({ overrides: { registerTimeoutMs: TIMEOUT_MS } });
const run = buildFaultMatrix(gateway, country, DEADLINE_MS);
let cells = 0;
let broken = 0;
for (const register of MATRIX_REGISTERS) {
  for (const fault of matrixFaults(TIMEOUT_MS)) {
    for (const load of MATRIX_LOADS) {
      for (const cache of MATRIX_CACHES) {
        const result = await run({ register, fault, load, cache });
        cells += 1;
        const holds = result.othersIntact && result.deadlineKept && result.nobodyElses && result.recovered;
        if (!holds) broken += 1;
        process.stdout.write(`${printedCell(result)}\n`);
      }
    }
  }
}
process.stdout.write(`\n${cells} cells, ${broken} of them do not hold\n`);
await gateway.close();
process.exitCode = broken === 0 ? 0 : 1;
