/** Stores in processes of their own, compiled once, because a process is started for every kill. */
import { type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const SOURCES = join(ROOT, "src/platform/store/embedded");
const PROGRAM = fileURLToPath(new URL("./killed-store.ts", import.meta.url));

/** From the compiled program. */
const INDEX = "../../../../src/platform/store/embedded/index.js";

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  rewriteRelativeImportExtensions: true,
  verbatimModuleSyntax: true,
};

/** A store that runs in a process of its own. */
export interface StoreProcess {
  readonly uri: string;
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  /** Returns the bytes of memory that the process occupies. */
  memory(): Promise<number>;
  /** Ends it as a power failure would end the program: nothing of it runs any more. */
  kill(): Promise<void>;
}

let compiled: string | undefined;

/** Returns the compiled program's path; it is compiled once, and removed when this process ends. */
export function compiledStore(): string {
  compiled ??= compileStore();
  return compiled;
}

function compileStore(): string {
  const folder = mkdtempSync(join(tmpdir(), "cw-compiled-"));
  const sources = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(SOURCES, name));
  for (const source of [...sources, PROGRAM]) {
    const target = join(folder, relative(ROOT, source)).replace(/\.ts$/, ".js");
    mkdirSync(dirname(target), { recursive: true });
    const { outputText } = ts.transpileModule(readFileSync(source, "utf8"), {
      compilerOptions: OPTIONS,
    });
    writeFileSync(target, outputText);
  }
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return join(folder, relative(ROOT, PROGRAM)).replace(/\.ts$/, ".js");
}

/** Starts a compiled store; rejects with the reason when it does not start. No file of it may grow beyond the blocks of 512 bytes. */
export async function startProcess(directory: string, blocks?: number): Promise<StoreProcess> {
  const limit = blocks === undefined ? "" : `ulimit -f ${blocks}; `;
  const child = spawn(
    "sh",
    ["-c", `${limit}exec "$0" "$@"`, process.execPath, compiledStore(), directory],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error("the store's process has ended");
    return value as string;
  };
  const uri = await next();
  if (!uri.startsWith("mongodb://")) throw new Error(uri);
  return {
    uri,
    process: child,
    memory: async () => {
      child.stdin.write("\n");
      return Number(await next());
    },
    kill: async () => {
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** Returns the URL of the compiled store's public door. */
export function compiledIndex(): string {
  return pathToFileURL(join(dirname(compiledStore()), INDEX)).href;
}

/**
 * Calls a function of the compiled store in a process whose files may not grow beyond blocks of 512 bytes; returns what
 * it threw, if anything.
 */
export function callLimited(call: string, blocks: number): string | undefined {
  const script = `import * as store from ${JSON.stringify(compiledIndex())}; store.${call};`;
  const { status, stderr } = spawnSync(
    "sh",
    ["-c", `ulimit -f ${blocks}; exec "$0" --input-type=module -e "$1"`, process.execPath, script],
    { encoding: "utf8" },
  );
  return status === 0 ? undefined : stderr;
}

/** Starts a compiled store and kills it while it opens its folder, or soon after. */
export async function killWhileStarting(directory: string, milliseconds: number): Promise<void> {
  const child = spawn(process.execPath, [compiledStore(), directory], { stdio: "ignore" });
  const exited = once(child, "exit");
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  child.kill("SIGKILL");
  await exited;
}
