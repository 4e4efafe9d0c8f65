import { randomBytes, randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import { verifyAudit } from "./app/audit.ts";
import { listClaims, showClaim } from "./app/claims.ts";
import type { Actor, App } from "./app/context.ts";
import { denialRate } from "./app/denial-rate.ts";
import type { Happening } from "./app/events.ts";
import { generateClaims } from "./app/generate-claims.ts";
import { ingestFile } from "./app/ingest-file.ts";
import { trialBalance } from "./app/ledger.ts";
import { commandLineActor, openApp } from "./app/open-app.ts";
import { listOutboundFiles, readOutboundFile } from "./app/outbound-files.ts";
import { createSetupLink, hasUsers, preparePeople } from "./app/people.ts";
import { listRemittances, showRemittance } from "./app/remittances.ts";
import {
  assignWorkItem,
  listWorkItems,
  noteWorkItem,
  resolveWorkItem,
  showWorkItem,
} from "./app/work-items.ts";
import { main, version } from "./faces/cli/program.ts";
import type { Service } from "./faces/cli/service.ts";
import { createHttp, type UseCases } from "./faces/http/index.ts";
import { startJobs } from "./faces/jobs/index.ts";
import type { Environment } from "./platform/config/index.ts";

/** The functions of src/app as the http face calls them: a file in one buffer, happenings in one list. */
const useCases: UseCases = {
  async ingestFile(app, actor, { name, bytes }) {
    const events: Happening[] = [];
    const open = async function* () {
      yield bytes;
    };
    const summary = await ingestFile(app, actor, { name, open }, (one) => events.push(one));
    return { events, summary };
  },
  async generateClaims(app, actor, { text }) {
    const events: Happening[] = [];
    const { summary } = await generateClaims(app, actor, text, (one) => events.push(one));
    return { events, summary };
  },
  listOutboundFiles,
  readOutboundFile,
  listClaims,
  showClaim,
  listRemittances,
  showRemittance,
  listWorkItems,
  showWorkItem,
  assignWorkItem,
  noteWorkItem,
  resolveWorkItem,
  trialBalance,
  denialRate,
  verifyAudit,
};

/** Starts web page, API and jobs on the store that the environment names. */
async function startService(environment: Environment): Promise<Service> {
  const app = await openApp(environment);
  await preparePeople(app);
  const express = createHttp({
    app,
    useCases,
    config: {
      sessionSecrets: [await sessionSecret(app)],
      secureCookies: environment.secureCookies,
      trustedProxies: environment.trustedProxies,
      version: version(),
    },
  });
  const server = createServer(express);
  const port = await listen(server, environment);
  const url = `http://${environment.host}:${port}`;
  const { practiceId, inbox } = environment;
  const jobs = await startJobs(app, { practiceId, inbox });
  let stop: Promise<void> | undefined;
  const closeAll = async () => {
    await jobs.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await app.close();
  };
  const close = () => {
    stop ??= closeAll();
    return stop;
  };
  const closed = new Promise<void>((resolve, reject) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => void close().then(resolve, reject));
    }
  });
  const setupUrl = await firstSetup(app, environment, url);
  return { url, description: app.store.description, setupUrl, close, closed };
}

async function listen(server: Server, { port, host }: Environment): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

/** A practice without users gets a one-time link for its first one; there is no default password. */
async function firstSetup(
  app: App,
  { practiceId }: Environment,
  url: string,
): Promise<string | undefined> {
  if (await hasUsers(app, practiceId)) return undefined;
  const actor: Actor = commandLineActor(practiceId, randomUUID());
  const { path } = await createSetupLink(app, actor);
  return `${url}${path}`;
}

/** The secret that signs session cookies: made once, kept in the program's own database. */
async function sessionSecret(app: App): Promise<string> {
  const meta = app.store.connection.collection<{ _id: string; secret: string }>("meta");
  const secret = randomBytes(32).toString("base64url");
  await meta.updateOne({ _id: "session" }, { $setOnInsert: { secret } }, { upsert: true });
  const stored = await meta.findOne({ _id: "session" });
  return stored?.secret ?? secret;
}

await main(process.argv, startService);
