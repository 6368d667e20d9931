import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { AccessLogWriter } from './access-log/entry/access-log-writer.ts';
import { gatewayAct } from './access-log/entry/gateway-act.ts';
import { signingKeyOf } from './log-format/crypto.ts';
import { formatVerifierKey, noteSignerOf } from './log-format/notes/note-key.ts';
import { openOwnLog } from './access-log/continuity/open-own-log.ts';
import { logNameOf } from './access-log/entry/log-name.ts';
import { buildLogQueries } from './access-log/queries/build-log-queries.ts';
import { ACCESS_LOG_NAME } from './access-log/queries/plain-words.ts';
import { AgreementFaults } from './agreements/folder/agreement-faults.ts';
import { openSuspensions } from './agreements/shared/own-suspensions.ts';
import { openAgreements } from './agreements/agreement-store.ts';
import { operatorObserver } from './agreements/store-observer.ts';
import { plainWordsOf } from './agreements/folder/read-stored-agreement.ts';
import { buildEvaluationLedger } from './agreements/counts/build-evaluation-ledger.ts';
import { openSharedState } from './agreements/shared/open-shared-state.ts';
import { RecordQuota } from './agreements/counts/record-quota.ts';
import { buildNotices } from './cache/notices/build-notices.ts';
import { keyPrefixOf } from './cache/key-prefix.ts';
import { buildRecordCache } from './cache/build-record-cache.ts';
import { BUILT_CONSOLE, CONSOLE_CONTENT } from './console/places.ts';
import { readSecrets } from './config/secrets/read-secrets.ts';
import { SettingFaults } from './config/settings/setting-faults.ts';
import { startWarnings } from './config/settings/start-warnings.ts';
import type { Settings } from './config/settings/settings.ts';
import { buildGraphQlEndpoint } from './http/apollo.ts';
import { RequestBudget } from './http/budget/request-budget.ts';
import { ShedRequests } from './http/budget/shed-requests.ts';
import { alertRoute } from './http/alert-route.ts';
import { readBuiltFiles } from './http/console/built-files.ts';
import { buildConsole } from './http/console/build-console.ts';
import { liveRoutes } from './http/live-route.ts';
import { noticeRoutes } from './http/notice-route.ts';
import { buildGraphQlRoute, graphQlEntry } from './http/graphql-route.ts';
import { SERVER_LIMITS, startServer, type Route } from './http/server.ts';
import { explorerRoutes, healthRoutes, startAdmin, type ExplorerPages } from './http/services.ts';
import { buildIdentity } from './identity/build-identity.ts';
import { DocumentCheck } from './operation/document-check.ts';
import { answerRequest } from './pipeline.ts';
import { REQUEST_LIMITS } from './request/request-limits.ts';
import type { RequestParts } from './request/request-parts.ts';
import { composeSchema } from './plan/schema/compose-schema.ts';
import { LOG_REGISTER } from './plan/run/answer-log-roots.ts';
import { buildForms } from './prefill/build-forms.ts';
import { PreparedOperations } from './plan/compile/prepared-operations.ts';
import { bindSchema } from './plan/schema/schema-bindings.ts';
import { readSchemaSources } from './plan/schema/subschemas.ts';
import { buildConnectors, statesOf } from './sources/connectors.ts';
import { buildDossierService } from './sources/dossier/dossier-service.ts';
import { lookUpsOf } from './sources/look-ups.ts';
import { readFieldFacts } from './sources/field-facts.ts';
import { buildRegisterTransport } from './sources/calls/pooled-transport.ts';
import { buildRecordSources, SOURCE_LIMITS } from './sources/records/record-sources.ts';
import { DEFAULT_REGISTERS } from './sources/default-registers.ts';
import { noticeSendersOf } from './sources/notice-senders.ts';
import { legalNamesOf, type RegisterDescriptor } from './sources/register-descriptor.ts';
import { buildLog, type Log } from './telemetry/log.ts';
import { observeCache } from './telemetry/cache-observer.ts';
import { observeKeys } from './telemetry/key-observer.ts';
import { observeNotices } from './telemetry/notice-observer.ts';
import { observeRegisters } from './telemetry/register-observer.ts';
import { buildMetrics } from './telemetry/metrics.ts';
import { buildCentre } from './watch/build-centre.ts';
import { openEarlyWarning, type EarlyWarning } from './watch/open-early-warning.ts';
import { buildLive } from './watch/live/build-live.ts';
import { readReportTemplate } from './watch/report/print/report-template.ts';

export interface Gateway {
  readonly port: number;
  readonly adminPort: number;
  readonly log: Log;
  readonly earlyWarning: Pick<EarlyWarning, 'isAlive' | 'kill'>;
  /**
   * From now on it is not ready. While load balancers take note of that (`leaveMs`), it still answers and ends each connection.
   * Then it refuses new requests, answers those under way and flushes the access log.
   */
  close(leaveMs?: number): Promise<void>;
}

/** Parts that tests put in the place of the real ones. */
export interface GatewayOverrides {
  readonly log?: Log;
  readonly accessLog?: AccessLogWriter;
  readonly requestTimeoutMs?: number;
  readonly registerTimeoutMs?: number;
  /** The demo's explorer, which main.ts loads from mocks/. */
  readonly explorer?: ExplorerPages;
}

/** Builds all parts and hands them to each other. Throws SettingFaults with every fault of settings, secrets and agreements. */
export async function buildGateway(
  settings: Settings,
  overrides: GatewayOverrides = {},
  registers: readonly RegisterDescriptor[] = DEFAULT_REGISTERS,
): Promise<Gateway> {
  const log = overrides.log ?? buildLog(settings.logLevel);
  const unwatched = buildMetrics();
  const schema = composeSchema(registers);
  const sdl = readSchemaSources(registers);
  const { facts, faults: labelFaults } = readFieldFacts(sdl);
  if (labelFaults.length > 0) throw new SettingFaults(labelFaults);
  const builtConsole = settings.console && readBuiltFiles(BUILT_CONSOLE);
  const template = readReportTemplate(settings.reportTemplate);
  const bindings = bindSchema(schema, facts, registers, lookUpsOf(registers, settings.asksBatches));

  const { secrets, faults: secretFaults } = readSecrets(
    settings.secretsDirectory,
    settings.mode,
    settings.instanceId,
    registers,
  );
  const faults = [...secretFaults];
  // With a database nothing else makes it, and what was signed and seen last lies there.
  mkdirSync(settings.dataDirectory, { recursive: true, mode: 0o700 });
  for (const warning of startWarnings(settings)) log.warn('start.warning', warning);
  // Without secrets there is no start, and nothing to check signatures with: their faults are told alone.
  const state = openSharedState(settings.redisUrl, secrets?.cacheMac ?? null, unwatched, log);
  const suspensions = openSuspensions(settings.dataDirectory, faults);
  const agreements = await openAgreements({
    directory: settings.agreementsDirectory,
    schema,
    facts,
    owners: settings.mode === 'demo' || !secrets ? 'unsigned' : (secrets.ownerKeys ?? new Map()),
    seenFile: settings.mode === 'demo' ? null : join(settings.dataDirectory, 'agreements-seen.json'),
    shared: state.withdrawals,
    needsShared: settings.agreementLeases === 'redis',
    ...(suspensions ? { ownSuspensions: suspensions } : {}),
  }).catch((error: unknown) => {
    if (!(error instanceof AgreementFaults)) throw error;
    faults.push(...error.faults.map((fault) => `AGREEMENTS_DIR: ${fault}`));
    return null;
  });
  if (faults.length > 0 || !secrets || !agreements || !suspensions) {
    state.close();
    throw new SettingFaults(faults);
  }
  const live = buildLive({
    metrics: unwatched,
    log,
    dataDirectory: settings.dataDirectory,
    registers: registers.map(({ name }) => name),
  });
  const { metrics, activity } = live;
  const counts = { redis: state.redis, macKey: secrets.cacheMac[0].key };
  const quota = new RecordQuota(counts);

  const ownLog = await openOwnLog(settings, secrets, metrics, log);
  const accessLog = overrides.accessLog ?? ownLog.writer;
  await agreements.start(
    operatorObserver(metrics, log, async ({ at, documents, ...detail }) => {
      const act = { purpose: 'agreements', at, detail, documents };
      await accessLog.append(gatewayAct(settings.instanceId, act));
    }),
  );
  const identity = buildIdentity({
    issuer: settings.token.issuer,
    audience: settings.token.audience,
    jwksUrl: settings.token.jwksUrl,
    clients: () => agreements.clients(),
    observer: observeKeys(metrics, log),
  });
  const registerTimeoutMs = overrides.registerTimeoutMs ?? SOURCE_LIMITS.callTimeout.value;
  const transportTo = (url: string) => buildRegisterTransport(url, settings.registerTls);
  const cases = buildDossierService({
    transport: transportTo(settings.dossierUrl),
    secret: secrets.dossier.secret,
    timeoutMs: registerTimeoutMs,
  });
  const observer = observeRegisters(metrics, log);
  const connectors = buildConnectors(registers, settings, secrets.registers, transportTo, observer.circuit);
  const notices = buildNotices({
    dataDirectory: settings.dataDirectory,
    redisUrl: settings.redisUrl,
    seal: secrets.cacheSeal,
    observer: observeNotices(metrics, log),
  });
  const sources = buildRecordSources({
    registers,
    connectors,
    lookUpOf: bindings.lookUpOf,
    cache: settings.cachesRecords
      ? notices.guard(
          buildRecordCache({
            redisUrl: settings.redisUrl,
            keyPrefix: keyPrefixOf(sdl.values()),
            macKey: secrets.cacheMac[0].key,
            sealKeys: secrets.cacheSeal,
            observer: observeCache(metrics, log),
          }),
        )
      : null,
    isShared: settings.sharesCalls,
    callTimeoutMs: registerTimeoutMs,
    observer,
  });
  const signer = noteSignerOf(logNameOf(settings.instanceId), signingKeyOf(secrets.checkpoint[0].key));
  const logQueries = buildLogQueries({
    reader: ownLog.reader,
    papers: () => agreements.papers(),
    schema,
    agreements: { schema, facts, builtIn: agreements.current().builtIn, plainWordsOf },
    registers: legalNamesOf(registers).set(LOG_REGISTER, ACCESS_LOG_NAME),
    officeOf: (id) => agreements.clients().get(id),
    agreementsInForce: () => agreements.current().agreements,
    registerOf: (coordinate) => facts.of(coordinate)?.register,
    signer,
    onTrouble: (code) => log.error('access-log.unreadable', { code }),
  });
  const forms = buildForms({
    schema,
    registers,
    dataDirectory: settings.dataDirectory,
    logQueries,
    agencyOf: (id) => agreements.clients().get(id)?.name ?? null,
    onLostCounts: (count) => log.error('form-ledger.not-written', { count }),
  });
  const stateAct = (purpose: string, detail: object, at = Date.now()) =>
    accessLog.append(gatewayAct(settings.instanceId, { purpose, at, detail }));
  const centre = buildCentre({
    live,
    forms,
    reader: ownLog.reader,
    dataDirectory: settings.dataDirectory,
    template,
    signer,
    state: async (purpose, detail) => void (await stateAct(purpose, detail)),
    log,
    instance: settings.instanceId,
    registerNames: legalNamesOf(registers),
    circuitOf: (register) => connectors[register]?.state() ?? 'closed',
    isLogHealthy: () => accessLog.isHealthy(),
    hasWitness: settings.witness !== null,
    officeOf: (id) => agreements.clients().get(id) ?? null,
    now: Date.now,
  });
  const warning = openEarlyWarning({ settings, secrets, accessLog, agreements, suspensions, metrics, log });
  const parts: RequestParts = {
    schema,
    bindings,
    identity,
    documents: new DocumentCheck(),
    agreements,
    quota,
    evaluations: buildEvaluationLedger(counts),
    operations: new PreparedOperations(schema, bindings, facts),
    ...forms,
    logQueries: warning.addTo(centre.logQueries),
    activity,
    cases,
    sources,
    accessLog,
    metrics,
    log,
    instance: settings.instanceId,
    requestTimeoutMs: overrides.requestTimeoutMs ?? REQUEST_LIMITS.registersMs.value,
  };
  const shed = new ShedRequests(({ client, officer, count, from }) => {
    stateAct('requests-shed', { client, officer, count, from }).catch(() =>
      log.error('access-log.failed', { code: 'ACCESS_LOG_UNAVAILABLE', count }),
    );
  });
  const graphql = await buildGraphQlEndpoint(schema, log);
  const budget = new RequestBudget();
  let isReady = true;
  const route = buildGraphQlRoute({
    answerRequest: (head, http) => answerRequest(parts, head, http),
    graphql,
    metrics,
    log,
    budget,
    shed,
  });
  const console = buildConsole({
    settings,
    ...counts,
    ...CONSOLE_CONTENT,
    built: builtConsole,
    parts,
    answerGraphQl: route,
    logKeys: [formatVerifierKey(signer.key)],
  });
  // Whatever hands one over: outside the demo there is none.
  const explorer = settings.mode === 'demo' ? overrides.explorer : undefined;
  const modeHeader = { 'x-gateway-mode': settings.mode };
  const server = await startServer(
    {
      routes: new Map<string, Route>([
        graphQlEntry(route, settings.corsOrigins, explorer?.page),
        ...noticeRoutes({
          senders: noticeSendersOf(registers, secrets.noticeKeys),
          bus: notices.bus,
          onNotice: metrics.notice,
        }),
        ...liveRoutes({ parts, frames: centre.frames, readHead: console?.headOf }),
        ...(console?.routes ?? []),
        ['/alerts', alertRoute({ parts, desk: warning.desk, budget })],
        ...explorerRoutes(explorer),
        ...healthRoutes(
          {
            stopping: () => isReady,
            'access-log': () => accessLog.isHealthy(),
            agreements: () => agreements.isConfirmed(),
            population: () => connectors['population']?.isGone() !== true,
          },
          () => statesOf(connectors),
          () => warning.isAlive(),
        ),
      ]),
      headers: modeHeader,
    },
    settings.port,
    settings.host,
  );
  const admin = await startAdmin(metrics, settings, modeHeader).catch(async (error: unknown) => {
    await server.close(0);
    throw error;
  });
  return {
    port: server.port,
    adminPort: admin.port,
    log,
    earlyWarning: warning,
    async close(leaveMs = 0) {
      isReady = false;
      centre.close();
      server.leave();
      if (leaveMs > 0) await pause(leaveMs);
      await server.close(SERVER_LIMITS.closeGraceMs.value);
      await warning.close();
      shed.flush();
      await graphql.stop();
      await agreements.close();
      await quota.close();
      state.close();
      forms.ledger.close();
      live.close();
      await Promise.all([
        sources.close(),
        notices.bus.close(),
        cases.close(),
        ownLog.close(),
        overrides.accessLog?.close(),
        admin.close(0),
      ]);
      identity.close();
    },
  };
}
