#!/usr/bin/env node
// The program is TypeScript, which Node runs from version 24 on. An older Node can still read this file; it hands over to
// the Node 24 that `npm ci` installs, or says what to do.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OWN_NODE = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));
const PROGRAM = fileURLToPath(new URL('ndg.ts', import.meta.url));

if (Number.parseInt(process.versions.node, 10) >= 24) await import('./ndg.ts');
else if (existsSync(OWN_NODE)) handOver();
else await import('../config/require-node.mjs');

function handOver() {
  const child = spawn(OWN_NODE, [PROGRAM, ...process.argv.slice(2)], { stdio: 'inherit' });
  const passOn = (signal) => child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, passOn);
  child.on('exit', (code, signal) => {
    for (const one of signals) process.off(one, passOn);
    if (signal) process.kill(process.pid, signal);
    else process.exit(code);
  });
}
