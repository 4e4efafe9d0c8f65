import { MongoBackend } from "@agendajs/mongo-backend";
import { Agenda } from "agenda";
import { verifyAudit } from "../../app/audit/audit.ts";
import { checkpointAudit } from "../../app/audit/export-audit.ts";
import { scanAudit } from "../../app/audit/scan-audit.ts";
import type { Actor, App } from "../../app/context.ts";
import { openLateCrossovers } from "../../app/denials/late-crossovers.ts";
import { reprioritize } from "../../app/denials/reprioritize.ts";
import { openLateItems } from "../../app/deposits/late-cash.ts";
import { takeInbox } from "./take-inbox.ts";

/** What the jobs are told at start. */
export interface JobOptions {
  readonly practiceId: string;
  /** Folder to watch for incoming files; undefined watches nothing. */
  readonly inbox: string | undefined;
  /** How often agenda looks for due jobs, in milliseconds. */
  readonly everyMs?: number;
}

/** The running jobs. */
export interface Jobs {
  stop(): Promise<void>;
}

const LOOK_MS = 5_000;

/**
 * Starts the jobs: the inbox every ten seconds, the audit chain looked through for what stands out every hour, signed
 * at the end of the day and read again at night, the queue ranked again after midnight, late deposits and remittances,
 * and claims that were forwarded without an answer, every morning. Job documents hold no data.
 */
export async function startJobs(app: App, options: JobOptions): Promise<Jobs> {
  const { db } = app.store.connection;
  if (db === undefined) throw new Error("the store is not open");
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: db as never, collection: "jobs" }),
    processEvery: options.everyMs ?? LOOK_MS,
    removeOnComplete: false,
  });
  agenda.define("verify-audit", async () => {
    const report = await verifyAudit(app, jobActor(app, options));
    const message = report.ok ? "job-done" : "audit-chain-broken";
    app.log[report.ok ? "info" : "error"](message, { job: "verify-audit", events: report.events });
  });
  agenda.define("review-audit", async () => {
    const { added: findings } = await scanAudit(app, jobActor(app, options));
    app.log.info("job-done", { job: "review-audit", findings });
  });
  agenda.define("sign-audit", async () => {
    const { sequence } = await checkpointAudit(app, jobActor(app, options));
    app.log.info("audit-checkpoint-signed", { job: "sign-audit", sequence });
  });
  agenda.define("late-cash", async () => {
    await openLateItems(app, jobActor(app, options), () => undefined);
    app.log.info("job-done", { job: "late-cash" });
  });
  agenda.define("late-crossovers", async () => {
    await openLateCrossovers(app, jobActor(app, options), () => undefined);
    app.log.info("job-done", { job: "late-crossovers" });
  });
  agenda.define("rank-queue", async () => {
    await reprioritize(app, jobActor(app, options));
    app.log.info("job-done", { job: "rank-queue" });
  });
  agenda.define("take-inbox", async () => {
    if (options.inbox !== undefined) await takeInbox(app, jobActor(app, options), options.inbox);
  });
  agenda.on("fail", (error: Error, job: { attrs: { name: string } }) => {
    app.log.error("job-failed", { job: job.attrs.name, error });
  });
  await agenda.start();
  await agenda.every("0 3 * * *", "verify-audit");
  await agenda.every("10 * * * *", "review-audit");
  await agenda.every("55 23 * * *", "sign-audit");
  await agenda.every("10 0 * * *", "rank-queue");
  await agenda.every("0 6 * * *", "late-cash");
  await agenda.every("15 6 * * *", "late-crossovers");
  if (options.inbox !== undefined) await agenda.every("10 seconds", "take-inbox");
  return { stop: async () => agenda.stop() };
}

function jobActor(app: App, { practiceId }: JobOptions): Actor {
  const requestId = app.newId();
  return { id: "jobs", kind: "system", roles: ["system"], practiceId, source: "job", requestId };
}
