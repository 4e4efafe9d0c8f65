import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { ERRORS } from "../../../src/app/errors.ts";
import { commandLineActor, openApp } from "../../../src/app/open-app.ts";
import { completeSetup, createSetupLink, preparePeople } from "../../../src/app/people/people.ts";
import { readEnvironment } from "../../../src/platform/config/index.ts";
import { testKeyFile } from "../../keys.ts";
import { claimwright, freshFolder, type Line, sample, samples } from "./claimwright.ts";

const page = (name: string) =>
  readFileSync(new URL(`../../../docs/${name}`, import.meta.url), "utf8");

interface Shape {
  readonly always: Set<string>;
  readonly sometimes: Set<string>;
}

/** The tables of docs/cli.md by their headings, "command · kind". */
function documented(): Map<string, Shape> {
  const shapes = new Map<string, Shape>();
  for (const section of page("cli.md").split(/^### /m).slice(1)) {
    const [title = "", ...rest] = section.split("\n");
    const shape: Shape = { always: new Set(), sometimes: new Set() };
    for (const row of rest) {
      const [, cell = ""] = /^\| (`[^|]*`) \|/.exec(row) ?? [];
      for (const [, field = "", mark] of cell.matchAll(/`(\w+)(\??)`/g)) {
        (mark === "?" ? shape.sometimes : shape.always).add(field);
      }
    }
    shapes.set(title, shape);
  }
  return shapes;
}

/** ICD-10-CM order file of two rows. */
const CODES = [
  `00001 A00     0 ${"Cholera".padEnd(60)} Cholera`,
  `00002 A000    1 ${"Cholera, classical".padEnd(60)} Cholera, classical`,
].join("\n");

/** A new practice manager in the store of a folder; the id. */
async function newManager(directory: string): Promise<string> {
  const variables = { CLAIMWRIGHT_DATA: directory, CLAIMWRIGHT_KEYS: testKeyFile() };
  const app = await openApp(readEnvironment(variables));
  try {
    await preparePeople(app);
    const actor = commandLineActor("main", app.newId());
    const { token } = await createSetupLink(app, actor, ["practice-manager"]);
    const newcomer = { email: "m@example.org", name: "M", password: "seven green lanterns" };
    return (await completeSetup(app, token, newcomer, actor)).id;
  } finally {
    await app.close();
  }
}

describe("docs/cli.md", () => {
  const folder = freshFolder();
  const data = ["--data", join(folder.path, "data")];
  const printed = new Map<string, Line[]>();
  async function run(title: string, ...args: string[]): Promise<readonly Line[]> {
    const { lines } = await claimwright(...args, "--json");
    for (const line of lines) {
      const kind = title.startsWith("denials") ? "item" : (line.kind ?? "answer");
      const key = `${title} · ${kind === "file" && title !== "simulate payer" ? "summary" : kind}`;
      printed.set(key, [...(printed.get(key) ?? []), line]);
    }
    return lines;
  }
  before(async function runsEveryCommand() {
    // Some fifty programs one after the other.
    this.timeout(240_000);
    const codes = join(folder.path, "icd10cm_order_2026.txt");
    writeFileSync(codes, CODES);
    const encounters = ["--count", "12", "--seed", "7", "--today", "2026-03-01"];
    await Promise.all([
      run("parse", "parse", ...samples("0", "1")),
      claimwright("simulate", "encounters", ...encounters, "-o", folder.path),
    ]);
    const cut = join(folder.path, "cut.835");
    writeFileSync(cut, readFileSync(sample("09")).subarray(0, 900));
    await run("validate", "validate", sample("04"), cut, "--ack", folder.path);
    await run("explain", "explain", ...samples("04", "09"));
    await run("ingest", "ingest", sample("09"), ...data);
    await run("ingest", "ingest", ...samples("0", "1"), ...data);
    const out = join(folder.path, "out");
    const made = join(folder.path, "encounters.json");
    const sent = await run("generate", "generate", made, "-o", out, ...data);
    await run("generate", "generate", made, "-o", out, ...data);
    const file = join(out, String(sent.find(({ kind }) => kind === "batch")?.file));
    await run("simulate payer", "simulate", "payer", file, "-o", join(folder.path, "answers"));
    await run("claims list", "claims", "list", ...data);
    await run("claims show", "claims", "show", "CW-1006", ...data);
    await run("claims why", "claims", "why", "CW-1006", "--account", "ar-insurance", ...data);
    await run("claims late-crossovers", "claims", "late-crossovers", ...data);
    await run("report payers", "report", "payers", ...data);
    const [waits] = await run("exceptions list", "exceptions", "list", ...data);
    await run("exceptions show", "exceptions", "show", String(waits?.id), ...data);
    const how = ["--how", "phone", "--reference", "C-1", "--next-action-date", "2999-01-01"];
    const sendBack = ["exceptions", "send-back", String(waits?.id), ...how];
    await run("exceptions send-back", ...sendBack, ...data);
    await run("remits list", "remits", "list", ...data);
    await run("remits show", "remits", "show", "LKEFT0011", ...data);
    await run("remits show", "remits", "show", "LKEFT0007", ...data);
    const queue = await run("denials list", "denials", "list", ...data);
    const item = queue.find((each) => String(each.kind).endsWith("denial"));
    await run("denials show", "denials", "show", String(item?.id), ...data);
    await run("denials counts", "denials", "counts", ...data);
    const aside = ["bulk", "wait", String(item?.id), "nobody's", "--date", "2999-01-01"];
    await run("denials bulk", "denials", ...aside, "--dry-run", ...data);
    const broken = join(folder.path, "broken.bai2");
    writeFileSync(broken, readFileSync(sample("21"), "utf8").replace("99,172840", "99,172841"));
    await run("remits unpost", "remits", "unpost", "LKEFT0010", "--reason", "test", ...data);
    await run("remits post", "remits", "post", "LKEFT0010", ...data);
    await run("deposits import", "deposits", "import", broken, ...samples("2"), ...data);
    const [deposit, ...others] = await run("deposits list", "deposits", "list", ...data);
    const open = others.find(({ status }) => status === "unmatched");
    await run("deposits show", "deposits", "show", String(deposit?.id), ...data);
    await run("deposits show", "deposits", "show", String(open?.id), ...data);
    await run("deposits match", "deposits", "match", ...data);
    await run("deposits late", "deposits", "late", "--open", ...data);
    await run("ledger trial-balance", "ledger", "trial-balance", ...data);
    await run("ledger provider-balances", "ledger", "provider-balances", ...data);
    const rules = join(folder.path, "rules.json");
    writeFileSync(rules, '{"contractual":{"remove":["45"]}}');
    const replay = ["ledger", "replay", "--rules", rules];
    const shown = (await run("ledger replay", ...replay, ...data)).at(-1);
    const adopt = ["--adopt", String(shown?.rules), "--reason", "test", "--repost"];
    await run("ledger replay --adopt", ...replay, ...adopt, ...data);
    const payers = join(folder.path, "payers.json");
    writeFileSync(payers, '{"payers":{"GRANITE":{"postOn":"deposit"}}}');
    await run("payers set", "payers", "set", payers, "--reason", "test", ...data);
    await run("payers show", "payers", "show", ...data);
    await run("ledger rules history", "ledger", "rules", "history", ...data);
    await run("ledger rules show", "ledger", "rules", "show", ...data);
    await run("report denial-rate", "report", "denial-rate", ...data);
    const why = ["--reason", "too late"];
    const writeOff = ["claims", "write-off", String(item?.patientControlNumber)];
    const cent = ["--amount", "0.01", ...why];
    await run("claims write-off", ...writeOff, ...cent, ...data);
    const higher = ["settings", "change", "--approval-limit", "900.00", ...why];
    await run("approvals list", ...higher, ...data);
    await run("settings show", "settings", "show", ...data);
    const user = await newManager(join(folder.path, "data"));
    const reason = ["--reason", "the network of the clinic is down"];
    await run("break-glass list", "break-glass", "open", user, ...reason, ...data);
    await run("break-glass list", "break-glass", "list", ...data);
    await run("audit review list", "audit", "review", "list", ...data);
    await run("audit verify", "audit", "verify", ...data);
    await run("audit checkpoint", "audit", "checkpoint", ...data);
    const trail = join(folder.path, "trail.ndjson");
    await run("audit export", "audit", "export", trail, ...data);
    await run("audit verify --file", "audit", "verify", "--file", trail);
    await run("records purge", "records", "purge", "--before", "2001-01-01", ...data);
    const [patient] = await run(
      "patients find",
      "patients",
      "find",
      "--name",
      "Samplewood",
      ...data,
    );
    const copy = ["-o", join(folder.path, "patient.json")];
    const whose = String(patient?.patientId);
    await run("patients export", "patients", "export", whose, ...copy, ...data);
    const whom = ["--recipient", "A court", "--description", "A claim"];
    const disclosed = ["record-disclosure", whose, ...whom, "--for", "court-or-subpoena"];
    await run("patients disclosures", "patients", ...disclosed, ...data);
    await run("holds put", "holds", "put", "--reason", "case 1", "--by", "A. Counsel", ...data);
    await run("rebuild", "rebuild", "--check", ...data);
    await run("codes import", "codes", "import", codes, ...data);
    await run("rules list", "rules", "list");
    await run("store show", "store", "show", ...data);
    const [backup, moved] = [join(folder.path, "backup"), join(folder.path, "moved.ndjson")];
    const elsewhere = (name: string) => ["--data", join(folder.path, name)];
    await run("store compact", "store", "compact", ...data);
    await run("store verify", "store", "verify", ...data);
    await run("store backup", "store", "backup", backup, ...data);
    await run("encryption show", "encryption", "show", ...data);
    await run("encryption reseal", "encryption", "reseal", ...data);
    await run("store drill", "store", "drill", backup, ...data);
    await run("store restore", "store", "restore", backup, ...elsewhere("restored"));
    await run("store export", "store", "export", moved, ...data);
    await run("store import", "store", "import", moved, ...elsewhere("imported"));
    await run("users invite", "users", "invite", ...data);
    const [key] = await run("keys create", "keys", "create", "box", ...data);
    await run("keys rotate", "keys", "rotate", String(key?.id), ...data);
    await run("keys list", "keys", "list", ...data);
  });
  after(() => folder.remove());

  for (const [title, { always, sometimes }] of documented()) {
    it(`says of "${title}" every field that is printed, and no other`, () => {
      const lines = printed.get(title) ?? [];
      expect(lines, "nothing was printed").not.to.have.length(0);
      for (const line of lines) {
        const fields = Object.keys(line);
        expect(fields).to.include.members([...always]);
        expect([...always, ...sometimes]).to.include.members(fields);
      }
    });
  }

  it("has a table for every kind of line that is printed", () => {
    const shapes = documented();
    const missing = [...printed.keys()].filter(
      (title) => !shapes.has(title) && !/ · (summary|finding)$/.test(title),
    );
    expect(missing).to.deep.equal([]);
  });
});

describe("docs/errors.md", () => {
  it("is the table of src/app/errors.ts, row by row", () => {
    const rows = page("errors.md")
      .split("\n")
      .filter((line) => line.startsWith("| `"));
    const table = Object.entries(ERRORS).map(
      ([code, { message, status, exitCode }]) =>
        `| \`${code}\` | ${message} | ${status} | ${exitCode} |`,
    );
    expect(rows).to.deep.equal(table);
  });
});
