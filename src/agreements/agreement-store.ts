import type { Limits } from '../config/limits.ts';
import type { CallerKind, RegisteredClients } from '../identity/registered-clients.ts';
import type { Agreement } from '../policy/agreement/agreement.ts';
import { NO_PAPERS, type AuditPapers } from '../policy/case/audit-order.ts';
import type { AgreementSet } from '../policy/agreement/select-agreement.ts';
import { AgreementFaults } from './folder/agreement-faults.ts';
import { changedClients, changedPapers, differenceTo, documentOf, NO_CHANGE } from './agreement-load.ts';
import { buildBuiltInAgreements } from './built-in-agreements.ts';
import {
  markWithdrawn,
  restrictionsBetween,
  stillRegistered,
  asWithdrawn,
  vanishedFrom,
  type Effective,
} from './effective-agreements.ts';
import { digestOfFiles, readFolder, type FolderFiles } from './folder/folder-files.ts';
import { Lease } from './shared/lease.ts';
import { loadAgreements, type LoadedFolder } from './folder/load-agreements.ts';
import type { AgreementStoreOptions } from './store-options.ts';
import { LoadRecorder } from './load-recorder.ts';
import {
  readSeenVersions,
  SeenVersionsUnwritable,
  stageSeenVersions,
  withSeen,
  type SeenVersions,
} from './folder/seen-versions.ts';
import type { StateInForce, StoreObserver, StoreTrouble } from './store-observer.ts';
import { NOTHING_SHARED, type SharedState } from './shared/shared-withdrawals.ts';
import {
  parseWithdrawals,
  suspensionsOf,
  unionOfWithdrawals,
  WITHDRAWALS_FILE,
  type Suspendable,
  type Withdrawals,
} from './shared/withdrawals.ts';

/** A withdrawal takes effect within 5 s on every instance, also on one that is cut off from the folder or from Redis. */
export const AGREEMENT_STORE_LIMITS = {
  poll: { value: 800, unit: 'ms', why: 'How often the folder and Redis are read.' },
  lease: { value: 4_000, unit: 'ms', why: 'An agreement that was not confirmed for so long is refused.' },
} as const satisfies Limits;

/** Reads the folder for the first time. Throws AgreementFaults with every fault of every file. */
export async function openAgreements(options: AgreementStoreOptions): Promise<AgreementStore> {
  const files = await readFolder(options.directory).catch(() => null);
  if (!files) throw new AgreementFaults(['the folder cannot be read']);
  const faults: string[] = [];
  let seen: SeenVersions = new Map();
  try {
    if (options.seenFile !== null) seen = readSeenVersions(options.seenFile);
  } catch {
    faults.push('the versions seen before cannot be read (DATA_DIR)');
  }
  try {
    if (options.seenFile !== null && faults.length === 0) stageSeenVersions(options.seenFile, seen);
  } catch {
    faults.push('the versions seen cannot be written (DATA_DIR)');
  }
  const { loaded, faults: folderFaults } = loadAgreements(files, { ...options, seen });
  const { withdrawals, faults: withdrawalFaults } = parseWithdrawals(files.contents.get(WITHDRAWALS_FILE));
  faults.push(...folderFaults, ...withdrawalFaults);
  if (faults.length > 0) throw new AgreementFaults(faults);
  return new AgreementStore(options, files, { loaded, withdrawals, seen });
}

/**
 * Keeps the agreements in force as one immutable set that is swapped whole. The folder is read about every second. A
 * state without faults takes effect; a faulty one leaves the old state in force. Withdrawals and suspensions take
 * effect in any case.
 */
export class AgreementStore {
  readonly #options: AgreementStoreOptions;
  readonly #builtIn: ReadonlyMap<CallerKind, Agreement>;
  readonly #lease: Lease;
  #recorder: LoadRecorder | null = null;
  #observer: StoreObserver | null = null;
  readonly #troubles = new Set<StoreTrouble>();

  #seen: SeenVersions;
  #loaded: LoadedFolder;
  #files: FolderFiles;
  /** Digests of the state that was last loaded or refused, and of the state that was last read. */
  #lastDecided: string;
  #lastRead: string;
  /** Digest of a state that is on record, so that it is recorded once however often its rest is tried again. */
  #lastRecorded: string | null = null;
  /** Agreements that a good state no longer holds: their callers are told that they ended. */
  readonly #ended = new Map<string, Agreement>();
  #vanished: ReadonlySet<string> = new Set();
  #listed: Withdrawals;
  #withdrawals: Withdrawals;
  #shared: SharedState = NOTHING_SHARED;

  #effective: Effective;
  #current: AgreementSet;
  #clients: RegisteredClients;
  #timer: NodeJS.Timeout | undefined;
  #deciding: Promise<void> | null = null;
  #isClosed = false;

  constructor(
    options: AgreementStoreOptions,
    files: FolderFiles,
    first: { readonly loaded: LoadedFolder; readonly withdrawals: Withdrawals; readonly seen: SeenVersions },
  ) {
    this.#options = options;
    this.#builtIn = buildBuiltInAgreements(options.schema, options.facts);
    this.#lease = new Lease(options.leaseMs ?? AGREEMENT_STORE_LIMITS.lease.value);
    this.#files = files;
    this.#loaded = first.loaded;
    this.#clients = first.loaded.clients;
    this.#seen = first.seen;
    this.#lastDecided = digestOfFiles(files, WITHDRAWALS_FILE);
    this.#lastRead = this.#lastDecided;
    this.#listed = first.withdrawals;
    this.#withdrawals = first.withdrawals;
    this.#effective = this.#computeEffective();
    this.#current = { agreements: this.#effective.agreements, builtIn: this.#builtIn };
  }

  /** Records the first load, confirms it and begins to watch the folder. Rejects where the load cannot be recorded. */
  async start(observer: StoreObserver): Promise<void> {
    this.#observer = observer;
    this.#recorder = new LoadRecorder(
      (load) => observer.onLoad(load),
      (isOver) => this.#report('load-unrecorded', !isOver),
    );
    const { agreements } = this.#loaded;
    const restrictions = restrictionsBetween({ agreements: [], suspensions: new Set() }, this.#effective);
    const { documents, ...difference } = differenceTo(this.#seen, agreements);
    const remember = this.#stageSeen(agreements);
    await this.#recorder.recordNow({
      ...(restrictions ?? NO_CHANGE),
      ...difference,
      papers: changedPapers(NO_PAPERS, this.#loaded.papers),
      documents: [...documents, ...[...this.#builtIn.values()].map(documentOf)],
    });
    remember();
    this.#tellInForce([], []);
    await this.#poll();
    this.#schedule();
  }

  /** The set in force. It never changes, so a request keeps one set to its end. */
  current(): AgreementSet {
    return this.#current;
  }

  /** Audit orders, complaints and releases in force. */
  papers(): AuditPapers {
    return this.#loaded.papers;
  }

  /** The registered clients in force. */
  clients(): RegisteredClients {
    return this.#clients;
  }

  /** Throws AGREEMENT_UNCONFIRMED where it is not certain that nothing was withdrawn since. */
  assertConfirmed(): void {
    this.#lease.assertConfirmed();
  }

  /** False while no request is answered under any agreement. */
  isConfirmed(): boolean {
    return this.#lease.isConfirmed();
  }

  /** Whether the client, the officer, the token or its key is suspended. */
  isSuspended(caller: Suspendable): boolean {
    const { suspensions } = this.#withdrawals;
    return (
      (suspensions.size > 0 && suspensionsOf(caller).some((entry) => suspensions.has(entry))) ||
      this.#options.ownSuspensions?.isSuspended(caller) === true ||
      this.#shared.isSuspended(caller)
    );
  }

  /** Stops reading the folder, and waits until the loads that are being recorded are on record. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await Promise.allSettled([this.#deciding, this.#recorder?.flush()]);
  }

  #schedule(): void {
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => {
      void this.#poll().finally(() => this.#schedule());
    }, this.#options.pollMs ?? AGREEMENT_STORE_LIMITS.poll.value);
    this.#timer.unref();
  }

  /** Reads folder and Redis once. Never rejects. */
  async #poll(): Promise<void> {
    const since = performance.now();
    const files = await readFolder(this.#options.directory).catch(() => null);
    this.#report('folder-unreadable', files === null);
    if (!files || this.#isClosed) return;
    this.#files = files;
    const isListed = this.#readWithdrawals(files);
    this.#vanished = vanishedFrom(files, this.#loaded);
    this.#apply();
    const isShared = await this.#exchange();
    if (isListed && (isShared || !this.#options.needsShared)) this.#lease.confirm(since);
    void this.#recorder?.flush();
    this.#consider(files);
  }

  /**
   * Reads the folder's withdrawals; true where they are readable. An entry counts until two readings in a row lack it.
   */
  #readWithdrawals({ contents, unreadable }: FolderFiles): boolean {
    const { withdrawals, faults } = parseWithdrawals(contents.get(WITHDRAWALS_FILE));
    const isKnown = faults.length === 0 && !unreadable.has(WITHDRAWALS_FILE);
    if (isKnown) {
      const both = unionOfWithdrawals(this.#listed, withdrawals);
      this.#withdrawals = this.#options.ownSuspensions?.addTo(both) ?? both;
      this.#listed = withdrawals;
    } else if (!this.#troubles.has('withdrawals-unreadable')) this.#observer?.onFaults(faults);
    this.#report('withdrawals-unreadable', !isKnown);
    return isKnown;
  }

  async #exchange(): Promise<boolean> {
    const { shared } = this.#options;
    if (!shared) return true;
    try {
      this.#shared = await shared.exchange(this.#withdrawals);
      this.#apply();
      this.#report('shared-unreachable', false);
      return true;
    } catch {
      // Entries that were learnt before stay in force.
      this.#report('shared-unreachable', true);
      return false;
    }
  }

  /** A state counts once two readings in a row agree: a mount or a file may be seen half written. */
  #consider(files: FolderFiles): void {
    const digest = digestOfFiles(files, WITHDRAWALS_FILE);
    const standsStill = digest === this.#lastRead;
    this.#lastRead = digest;
    if (!standsStill || digest === this.#lastDecided || this.#deciding) return;
    this.#deciding = this.#decide(files, digest)
      .catch((error: unknown) =>
        this.#report(
          error instanceof SeenVersionsUnwritable ? 'versions-unwritable' : 'load-unrecorded',
          true,
        ),
      )
      .finally(() => (this.#deciding = null));
  }

  /** Loads or refuses a new state. Rejects where that cannot be put on record; the next reading then tries again. */
  async #decide(files: FolderFiles, digest: string): Promise<void> {
    const { loaded, faults } = loadAgreements(files, { ...this.#options, seen: this.#seen });
    if (faults.length > 0) {
      this.#lastDecided = digest;
      this.#clients = stillRegistered(this.#clients, files);
      this.#observer?.onFaults(faults);
      this.#recorder?.add({ ...NO_CHANGE, faults });
      return;
    }
    const before = new Map(this.#loaded.agreements.map((one) => [one.id, one]));
    const { documents, ...agreementChanges } = differenceTo(before, loaded.agreements);
    const difference = {
      ...agreementChanges,
      clients: changedClients(this.#loaded.clients, loaded.clients),
      papers: changedPapers(this.#loaded.papers, loaded.papers),
    };
    const remember = this.#stageSeen(loaded.agreements);
    // The withdrawal of a vanished file is on record already.
    const hasChanged = Object.values(difference).some((changes) => changes.length > 0);
    if (hasChanged && this.#lastRecorded !== digest) {
      await this.#recorder?.recordNow({ ...NO_CHANGE, ...difference, documents });
      this.#lastRecorded = digest;
    }
    remember();
    for (const [id, one] of before) if (!loaded.fileOf.has(id)) this.#ended.set(id, asWithdrawn(one));
    for (const id of loaded.fileOf.keys()) this.#ended.delete(id);
    this.#loaded = loaded;
    this.#clients = loaded.clients;
    this.#lastDecided = digest;
    this.#lastRecorded = null;
    this.#vanished = vanishedFrom(this.#files, loaded);
    this.#apply(true);
    const { added, changed } = difference;
    this.#tellInForce([...added, ...changed.map(({ id, to }) => ({ id, version: to }))], []);
  }

  /**
   * Writes the versions beside their file, and returns what remembers them. It throws before the state is on record
   * where they cannot be written: a version that could be forgotten must not come into force.
   */
  #stageSeen(agreements: readonly Agreement[]): () => void {
    const seen = withSeen(this.#seen, agreements);
    const { seenFile } = this.#options;
    const commit = seenFile === null ? () => undefined : stageSeenVersions(seenFile, seen);
    return () => {
      commit();
      this.#report('versions-unwritable', false);
      this.#seen = seen;
    };
  }

  #tellInForce(begun: StateInForce['begun'], ended: StateInForce['ended']): void {
    const inForce = this.#effective.agreements.filter(({ isWithdrawn }) => !isWithdrawn);
    this.#observer?.onInForce?.({ count: inForce.length, begun, ended });
  }

  /** Swaps the set where anything changed, and records each agreement and suspension that ended or was lifted. */
  #apply(isReloaded = false): void {
    const next = this.#computeEffective();
    const change = restrictionsBetween(this.#effective, next);
    if (!change && !isReloaded) return;
    this.#effective = next;
    this.#current = { agreements: next.agreements, builtIn: this.#builtIn };
    if (!change) return;
    this.#recorder?.add(change);
    const { reinstated, withdrawn } = change;
    if (reinstated.length + withdrawn.length > 0) this.#tellInForce(reinstated, withdrawn);
  }

  #computeEffective(): Effective {
    const entries = this.#withdrawals.agreements.union(this.#shared.agreements);
    return {
      agreements: [
        ...markWithdrawn(this.#loaded.agreements, this.#vanished, entries),
        ...this.#ended.values(),
      ],
      suspensions: this.#withdrawals.suspensions,
    };
  }

  /** Tells the observer once when a trouble begins, and once when it is over. */
  #report(trouble: StoreTrouble, isThere: boolean): void {
    if (isThere === this.#troubles.has(trouble)) return;
    if (isThere) this.#troubles.add(trouble);
    else this.#troubles.delete(trouble);
    this.#observer?.onTrouble(trouble, !isThere);
  }
}
