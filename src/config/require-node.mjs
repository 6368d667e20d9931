// Imported first, or by `node --import`, so that an older Node says what to do before it meets TypeScript or a missing module.
if (Number.parseInt(process.versions.node, 10) < 24) {
  process.stderr.write(
    `The gateway needs Node.js 24 or later, and this is ${process.version}: run it by \`npm start\` after \`npm ci\`, or install Node.js 24.\n`,
  );
  process.exit(1);
}
