/** The test programs of the prototype, unchanged, on this store: what measured the one must hold for the other. */
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { startEmbedded } from "../../../../src/platform/store/embedded/index.ts";
import { freshSeed } from "./dice.ts";
import { temporaryFolder } from "./opened-store.ts";
import { compiledIndex } from "./store-process.ts";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const PROTOTYPE = join(ROOT, "../shared/prototypes/embedded-store");
const STAND_IN = new URL("./prototype-stand-in.ts", import.meta.url).href;
const KILL_ROUNDS = 2;

/** What of the prototype's own is not tried, and what stands in for it. */
const REPLACED: Readonly<Record<string, string>> = {
  "verify.mjs": "verify",
  "src/store.mjs": "Store, MongoError",
  "src/commands.mjs": "Server",
  "src/planner.mjs": "plan",
  "src/engine-sqlite.mjs": "SqliteEngine",
  "src/engine-lmdb.mjs": "LmdbEngine",
};

/** The server that is killed: a process of its own, which prints where it listens. */
const worker = () => `
  import { startEmbedded } from ${JSON.stringify(compiledIndex())};
  const { dir } = JSON.parse(process.argv[2]);
  const begun = performance.now();
  const { uri } = await startEmbedded({ directory: dir });
  console.log(JSON.stringify({ uri, openMs: performance.now() - begun }));
`;

function furnish(folder: string): void {
  cpSync(PROTOTYPE, folder, { recursive: true });
  for (const [file, names] of Object.entries(REPLACED)) {
    writeFileSync(join(folder, file), `export { ${names} } from ${JSON.stringify(STAND_IN)};\n`);
  }
  writeFileSync(join(folder, "src/worker.mjs"), worker());
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  mkdirSync(join(folder, "data"));
}

/** Runs a program and returns what it printed, and how it ended. */
async function run(folder: string, [program, ...given]: readonly [string, ...string[]], uri = "") {
  const child = spawn(process.execPath, ["--import", "tsx", program, ...given], {
    cwd: folder,
    env: { ...process.env, MONGODB_URI: uri },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      out += text;
    });
  }
  const code = await new Promise<number | null>((ended) => child.once("close", ended));
  return { code, out };
}

describe("embedded store: the prototype's test programs", function () {
  this.timeout(180_000); // each takes as long as it takes: they were not written for a busy machine
  let folder: ReturnType<typeof temporaryFolder>;

  before(function () {
    if (!existsSync(PROTOTYPE)) {
      console.log(`      skipped: there is no prototype in ${PROTOTYPE}`);
      this.skip();
    }
    folder = temporaryFolder();
    furnish(folder.path);
  });
  after(() => folder?.remove());

  it("passes its smoke test: mongoose, transactions and agenda, by its URI", async () => {
    const store = await startEmbedded({ directory: join(folder.path, "smoke") });
    const { code, out } = await run(folder.path, ["smoke.mjs"], store.uri);
    await store.close();
    const checks = readFileSync(join(PROTOTYPE, "smoke.mjs"), "utf8").match(/^await T\(/gm);
    expect(out.match(/^FAIL.*/gm) ?? []).to.deep.equal([]);
    expect(out.match(/^ok /gm), out).to.have.length(checks?.length ?? 0);
    expect(code).to.equal(0);
  });

  it(`passes its kill test: ${KILL_ROUNDS} rounds lose nothing`, async () => {
    const { code, out } = await run(folder.path, ["killtest.mjs", "photo", String(KILL_ROUNDS)]);
    expect(out)
      .to.include(`photo rounds ${KILL_ROUNDS}`)
      .and.match(/"acked":[1-9]/);
    expect(out).not.to.match(/unexpected|ERRORS/);
    expect(code, out).to.equal(0);
  });

  const seed = freshSeed();

  it(`passes its fuzz test: indexes find, sort and count as its own scan does (seed ${seed})`, async () => {
    const { code, out } = await run(folder.path, ["fuzz.mjs", String(seed)]);
    expect(out).to.match(/N: 6000, used: [1-9]\d{3}, indexVsScan: 0, sort: 0/);
    expect(code).to.equal(0);
  });
});
