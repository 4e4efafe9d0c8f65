import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { OperatingError } from "../../../app/errors.ts";
import { commandLineActor, openApp } from "../../../app/open-app.ts";
import { type DemoReport, runDemo } from "../../../app/run-demo.ts";
import type { Environment } from "../../../platform/config/index.ts";
import { port, wholeNumber } from "../options.ts";
import { output } from "../output.ts";
import { EXIT, environmentOf, type StoreOptions, withStoreOptions } from "../run.ts";
import { type StartService, startOrEnd } from "../service.ts";
import { dollars, percent, table } from "../table.ts";

/** The command that shows a sample practice end to end, then serves its page. */
export function addDemoCommand(program: Command, startService: StartService): void {
  withStoreOptions(
    program
      .command("demo")
      .description("a sample practice end to end, then the web page")
      .option("--no-serve", "end instead of serving the page")
      .option("--count <number>", "encounters", wholeNumber(1, 10_000), 240)
      .option("--seed <text>", "the same seed gives the same practice", "claimwright")
      .option("--port <number>", "0 takes any free port (default: 3837)", port),
  ).action((options) => demo(options, startService));
}

interface DemoOptions extends StoreOptions {
  readonly serve: boolean;
  readonly count: number;
  readonly seed: string;
  readonly port?: number;
}

/** Marks a folder that a demo made, so that the next one may begin afresh in it. */
const MARKER = "claimwright-demo";

async function demo(options: DemoOptions, startService: StartService): Promise<void> {
  const environment = demoEnvironment(options);
  const out = output(options.json === true, undefined, { writes: true });
  const app = await openApp(environment);
  try {
    out.say(app.store.description);
    const actor = commandLineActor(environment.practiceId, randomUUID());
    const order = { count: options.count, seed: options.seed };
    const report = await runDemo(app, actor, order, (text) => out.say(`· ${text}`));
    out.answer({ kind: "summary", ...report }, () => plain(report));
  } finally {
    await app.close();
  }
  process.exitCode = EXIT.done;
  if (!options.serve) return;
  const service = await startOrEnd(startService, environment);
  out.say(`\nThe page is at ${service.url}`);
  if (service.setupUrl !== undefined) {
    out.say(`Choose a password here first (once, within a day): ${service.setupUrl}`);
  }
  out.say("Stop with Ctrl-C.");
  await service.closed;
}

/** A folder of its own that begins empty; on MongoDB a practice of its own. */
function demoEnvironment(options: DemoOptions): Environment {
  const environment = environmentOf(options);
  const { port = environment.port } = options;
  if (environment.mongodbUri !== undefined) {
    return { ...environment, port, practiceId: options.practice ?? `demo-${Date.now()}` };
  }
  const dataDirectory = resolve(options.data ?? join(environment.dataDirectory, "demo"));
  if (existsSync(dataDirectory) && readdirSync(dataDirectory).length > 0) {
    if (!existsSync(join(dataDirectory, MARKER))) {
      throw new OperatingError("usage", "The demo begins in an empty folder, or in its own.");
    }
    rmSync(dataDirectory, { recursive: true });
  }
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  writeFileSync(join(dataDirectory, MARKER), "");
  return { ...environment, port, dataDirectory };
}

function plain(report: DemoReport): string {
  const { generated, ingested, acknowledged, denials, audit, trialBalance } = report;
  const received = ingested.posted + ingested.parked;
  const summary = table(
    [
      { heading: "What happened" },
      { heading: "Count", numeric: true },
      { heading: "Dollars", numeric: true },
    ],
    [
      ["Encounters handed in", String(generated.encounters), ""],
      ["  held by an edit", String(generated.held), ""],
      ["Claims sent (837P)", String(generated.claims), dollars(generated.chargeCents)],
      ["  accepted by payers (277CA)", String(acknowledged.accepted), ""],
      ["  rejected by payers (277CA)", String(acknowledged.rejected), ""],
      ["Remittances posted (835)", String(ingested.remittances), dollars(ingested.paidCents)],
      ["  posted to claims", String(ingested.posted), dollars(ingested.postedCents)],
      [
        "  parked, their money unapplied",
        String(ingested.parked),
        dollars(ingested.unappliedCents),
      ],
      ["  provider adjustments (PLB)", "", dollars(-ingested.providerAdjustmentCents)],
      ["Remittances parked whole", String(ingested.parkedRemittances), ""],
      ["Duplicates recognised", String(ingested.duplicates), ""],
      ["Auto-post rate", percent(received === 0 ? null : ingested.posted / received), ""],
      ["Initial denial rate", percent(denials.rate), ""],
    ],
  );
  const held = table(
    [{ heading: "Held, because" }],
    report.heldFindings.map(({ message }) => [message]),
  );
  const reasons = table(
    [
      { heading: "Denied for" },
      { heading: "Meaning" },
      { heading: "Claims", numeric: true },
      { heading: "Rate", numeric: true },
    ],
    denials.rows
      .filter(({ numerator }) => numerator > 0)
      .map(({ key, label, numerator, rate }) => [
        key,
        label ?? "",
        String(numerator),
        percent(rate),
      ]),
  );
  const parked = table(
    [
      { heading: "Parked" },
      { heading: "Why" },
      { heading: "Residual", numeric: true },
      { heading: "Unapplied", numeric: true },
    ],
    report.parked.map(({ what, message, residualCents, amountCents }) => [
      what,
      message,
      dollars(residualCents),
      dollars(amountCents),
    ]),
  );
  const queue = table(
    [
      { heading: "Work queue" },
      { heading: "Items", numeric: true },
      { heading: "At stake", numeric: true },
    ],
    report.workItems.map(({ kind, count, amountCents }) => [
      kind,
      String(count),
      dollars(amountCents),
    ]),
  );
  const books = `Trial balance ${dollars(trialBalance.totalCents)}; audit chain of ${audit.events} events ${audit.ok ? "holds" : "is broken"}.`;
  return ["", summary, "", held, "", reasons, "", parked, "", queue, "", books].join("\n");
}
