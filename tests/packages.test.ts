import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Lock {
  readonly packages: Readonly<Record<string, { readonly hasInstallScript?: boolean }>>;
}

/** `npm ci` runs this package's own `prepare`, and with it every install script: a package that brings one is looked at first. */
test('no package but one runs a script when it is installed', () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;
  const scripted = Object.entries(lock.packages).flatMap(([path, { hasInstallScript }]) =>
    hasInstallScript ? [path] : [],
  );
  // Its script compares two versions and prints a line.
  expect(scripted).toEqual(['node_modules/@apollo/protobufjs']);
});
