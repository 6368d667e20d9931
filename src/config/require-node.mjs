// Imported first, or by `node --import`, so that an older Node says what to do before it meets TypeScript or a missing module.
if (Number.parseInt(process.versions.node, 10) < 24) {
  process.stderr.write(
    `This is Node.js ${process.version}, and the gateway needs 24: install Node.js 24, or on Linux run \`npm ci\` and then \`npm start\` or \`npx ndg\`.\n`,
  );
  process.exit(1);
}
