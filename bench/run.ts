/**
 * Runs the benches and prints what each came to: `npm run bench [-- --smoke] [-- name…]`. Every bench measures a
 * ratio to something plain in the same run, so that the machine's own speed cancels out. A full run ends with 1
 * when a ratio is below its target; `--smoke` only shows that every bench works.
 */
import { spawnSync } from "node:child_process";
import { embeddedStore } from "./embedded-store.ts";
import { embeddedStoreMillion } from "./embedded-store-million.ts";
import { generate } from "./generate.ts";
import { posting } from "./posting.ts";
import { queue } from "./queue.ts";
import { remittanceParse } from "./remittance-parse.ts";
import type { BenchResult } from "./result.ts";
import { tokenize } from "./tokenize.ts";
import { validate } from "./validate.ts";

const BENCHES: Readonly<Record<string, (scale: { smoke: boolean }) => Promise<BenchResult[]>>> = {
  tokenize,
  "remittance-parse": remittanceParse,
  generate,
  "embedded-store": embeddedStore,
  "embedded-store-million": embeddedStoreMillion,
  posting,
  queue,
  validate,
};

const words = process.argv.slice(2);
const smoke = words.includes("--smoke");
const wanted = words.filter((word) => !word.startsWith("--"));
const unknown = wanted.filter((name) => BENCHES[name] === undefined);
if (unknown.length > 0) {
  process.stderr.write(
    `No bench ${unknown.join(", ")}; there are ${Object.keys(BENCHES).join(", ")}.\n`,
  );
  process.exitCode = 2;
} else {
  const names = wanted.length > 0 ? wanted : Object.keys(BENCHES);
  if (!words.includes("--rows")) {
    process.stdout.write(row(["bench", "ratio", "target", "", "detail"]));
  }
  process.exitCode = names.length > 1 ? runApart(names) : await run(names);
}

/** Runs each in a process of its own, so that what one leaves behind slows no other. */
function runApart(names: readonly string[]): number {
  const [script = ""] = process.argv.slice(1);
  const flags = smoke ? ["--rows", "--smoke"] : ["--rows"];
  const statuses = names.map((name) => {
    const args = [...process.execArgv, script, name, ...flags];
    return spawnSync(process.execPath, args, { stdio: "inherit" }).status ?? 1;
  });
  return Math.max(...statuses);
}

/** Runs the benches one after the other; 1 when one is below its target. */
async function run(names: readonly string[]): Promise<number> {
  let below = false;
  for (const name of names) {
    for (const { name: what, ratio, target, detail } of (await BENCHES[name]?.({ smoke })) ?? []) {
      const enough = ratio >= target;
      if (!enough) below = true;
      process.stdout.write(
        row([what, ratio.toFixed(3), target.toFixed(3), enough ? "ok" : "below", detail]),
      );
    }
  }
  return below && !smoke ? 1 : 0;
}

function row([what = "", ratio = "", target = "", verdict = "", detail = ""]: string[]): string {
  return `${what.padEnd(36)}${ratio.padStart(8)}${target.padStart(8)}  ${verdict.padEnd(7)}${detail}\n`;
}
