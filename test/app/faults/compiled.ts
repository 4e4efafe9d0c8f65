/** The program and the tests' own programs compiled once, because a process is started for every kill. */
import {
  cpSync,
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
import { fileURLToPath } from "node:url";
import ts from "typescript";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** What the killed programs are made of. */
const FOLDERS = ["src", "test/app", "test/billing/claims", "test/platform/store"];
const FILES = ["test/keys.ts"];

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  rewriteRelativeImportExtensions: true,
  verbatimModuleSyntax: true,
};

let folder: string | undefined;

/** The compiled form of a program of this folder; all is compiled once, and removed when this process ends. */
export function compiledProgram(source: URL): string {
  folder ??= compileAll();
  return join(folder, relative(ROOT, fileURLToPath(source))).replace(/\.ts$/, ".js");
}

function compileAll(): string {
  const made = mkdtempSync(join(tmpdir(), "cw-compiled-"));
  process.once("exit", () => rmSync(made, { recursive: true, force: true }));
  for (const name of FOLDERS) {
    for (const entry of readdirSync(join(ROOT, name), { recursive: true, encoding: "utf8" })) {
      const source = join(ROOT, name, entry);
      if (source.endsWith(".ts") && !source.endsWith(".test.ts")) compile(source, made);
      if (source.endsWith(".json")) cpSync(source, join(made, name, entry));
    }
  }
  for (const name of FILES) compile(join(ROOT, name), made);
  writeFileSync(join(made, "package.json"), JSON.stringify({ type: "module" }));
  for (const name of ["node_modules", "schemas"]) symlinkSync(join(ROOT, name), join(made, name));
  return made;
}

function compile(source: string, made: string): void {
  const target = join(made, relative(ROOT, source)).replace(/\.ts$/, ".js");
  mkdirSync(dirname(target), { recursive: true });
  const { outputText } = ts.transpileModule(readFileSync(source, "utf8"), {
    compilerOptions: OPTIONS,
  });
  writeFileSync(target, outputText);
}
