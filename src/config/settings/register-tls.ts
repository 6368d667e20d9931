import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';

/** Texts in PEM for TLS connections to the registers and to the dossier service; null where a file is not set. */
export interface RegisterTls {
  /** Authorities that may certify a register, in place of the system's. */
  readonly ca: string | null;
  /** The gateway's own certificate, with its key. */
  readonly cert: string | null;
  readonly key: string | null;
}

/** Paths of the files, by setting. */
export interface RegisterTlsFiles {
  readonly REGISTER_CA?: string | undefined;
  readonly REGISTER_CLIENT_CERT?: string | undefined;
  readonly REGISTER_CLIENT_KEY?: string | undefined;
}

/** Reads the files, and adds a fault for each that is missing or is no certificate or key. */
export function readRegisterTls(files: RegisterTlsFiles, faults: string[]): RegisterTls {
  const { REGISTER_CA, REGISTER_CLIENT_CERT, REGISTER_CLIENT_KEY } = files;
  if ((REGISTER_CLIENT_CERT === undefined) !== (REGISTER_CLIENT_KEY === undefined)) {
    faults.push('REGISTER_CLIENT_CERT and REGISTER_CLIENT_KEY go together');
  }
  const ca = readPem('REGISTER_CA', REGISTER_CA, faults);
  const cert = readPem('REGISTER_CLIENT_CERT', REGISTER_CLIENT_CERT, faults);
  const key = readPem('REGISTER_CLIENT_KEY', REGISTER_CLIENT_KEY, faults);
  if (ca !== null && !isUsable({ ca })) faults.push('REGISTER_CA is no certificate in PEM');
  if (cert !== null && key !== null && !isUsable({ cert, key })) {
    faults.push('REGISTER_CLIENT_CERT and REGISTER_CLIENT_KEY are no certificate in PEM and its key');
  }
  return { ca, cert, key };
}

function readPem(setting: string, path: string | undefined, faults: string[]): string | null {
  if (path === undefined) return null;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    faults.push(`${setting} names a file that cannot be read`);
    return null;
  }
}

/** A text without any certificate makes a context that trusts nobody, without an error. */
function isUsable(texts: { readonly ca?: string; readonly cert?: string; readonly key?: string }): boolean {
  try {
    createSecureContext(texts);
    return (texts.ca ?? texts.cert ?? '').includes('-----BEGIN CERTIFICATE-----');
  } catch {
    return false;
  }
}
