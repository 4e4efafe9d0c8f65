/** Runs the program as people do: bin/claimwright in a process of its own. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { testKeyFile } from "../../keys.ts";

const HOME = fileURLToPath(new URL("../../../", import.meta.url));
const BIN = join(HOME, "bin/claimwright");
const SAMPLES = join(HOME, "edi-samples");

if (!existsSync(join(HOME, "dist/main.js"))) {
  throw new Error("dist/ is missing, and these tests run bin/claimwright: npm run build makes it.");
}

/** Nothing of the caller's own settings reaches the program. */
const ENVIRONMENT = { PATH: process.env.PATH, CLAIMWRIGHT_KEYS: testKeyFile() };

/** One line of `--json`. */
export type Line = Readonly<Record<string, unknown>> & { readonly kind?: string };

/** What a run came to. */
export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** Standard output read as NDJSON; throws where a line is not JSON. */
  readonly lines: readonly Line[];
}

/** Runs the program to its end. */
export function claimwright(...args: string[]): Promise<Run> {
  return toItsEnd([BIN, ...args]);
}

/** Runs the program with a fault in it, one that nobody catches, which says what is given. */
export function crashing(how: "throw" | "reject", message: string): Promise<Run> {
  const fault = `new RangeError(${JSON.stringify(message)})`;
  const happen = how === "throw" ? `throw ${fault}` : `Promise.reject(${fault})`;
  // Once the program has said what is to be done with such a fault; but in any case.
  const ready = `process.listenerCount("uncaughtException") > 0 || performance.now() > 20_000`;
  const wait = `const look = setInterval(() => { if (!(${ready})) return; clearInterval(look); ${happen}; }, 20)`;
  const preload = `data:text/javascript,${encodeURIComponent(wait)}`;
  return toItsEnd(["--import", preload, BIN, "--version"]);
}

function toItsEnd(args: readonly string[]): Promise<Run> {
  const child = spawn(process.execPath, args, { cwd: tmpdir(), env: ENVIRONMENT });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    err += text;
  });
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => {
      done({
        code,
        out,
        err,
        get lines() {
          return out
            .split("\n")
            .filter((line) => line !== "")
            .map((line) => JSON.parse(line) as Line);
        },
      });
    });
  });
}

/** Starts the program without waiting for its end. */
export function start(...args: string[]) {
  return spawn(process.execPath, [BIN, ...args], { cwd: tmpdir(), env: ENVIRONMENT });
}

/** A fresh folder, and how to remove it. */
export function freshFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "claimwright-cli-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The samples whose names begin so, in order. */
export function samples(...beginnings: string[]): string[] {
  return readdirSync(SAMPLES)
    .filter((name) => beginnings.some((beginning) => name.startsWith(beginning)))
    .sort()
    .map((name) => resolve(SAMPLES, name));
}

/** One sample. */
export function sample(beginning: string): string {
  const [path] = samples(beginning);
  if (path === undefined) throw new Error(`no sample begins with ${beginning}`);
  return path;
}

/** The last line, which is the summary of commands that work on files. */
export function summaryOf({ lines }: Run): Line {
  const last = lines.at(-1);
  if (last?.kind !== "summary") throw new Error("the last line is no summary");
  return last;
}
