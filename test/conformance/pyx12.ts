/**
 * pyx12, a validator that we did not write (Python, BSD), as a judge of files. Its exit code is
 * always 0, so its words are read: what it returns for each file, and the errors of its JSON report.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const VERSION = "4.0.0";
const QUESTIONER = resolve(import.meta.dirname, "ask_pyx12.py");
const ENVIRONMENT = resolve(import.meta.dirname, `../../node_modules/.cache/pyx12-${VERSION}`);
/** Bytes of answers; a report of a file without errors has some hundred. */
const ANSWERS_MAX = 256 * 1024 * 1024;

/** What pyx12 says of a file; nothing of it is ours. */
export interface Opinion {
  readonly name: string;
  readonly accepted: boolean;
  /** Errors in its words, each with the segment that it is about. */
  readonly errors: readonly string[];
}

/** pyx12 ready to be asked, or why it is not here, in one line. */
export type Pyx12 = { readonly python: string } | { readonly missing: string };

/** Finds Python, and pyx12 in an environment of its own, which is made when it is not there yet. */
export function findPyx12(): Pyx12 {
  const python = join(ENVIRONMENT, "bin", "python");
  if (holdsPyx12(python)) return { python };
  const found = ["python3", "python"].find(
    (name) => spawnSync(name, ["-c", "import venv"], { stdio: "ignore" }).status === 0,
  );
  if (found === undefined) return { missing: "Python is not here" };
  rmSync(ENVIRONMENT, { recursive: true, force: true });
  mkdirSync(dirname(ENVIRONMENT), { recursive: true });
  spawnSync(found, ["-m", "venv", ENVIRONMENT], { stdio: "ignore" });
  // Where there is no network, it should not be waited for.
  const pip = ["-m", "pip", "install", "--quiet", "--retries", "1", "--timeout", "10"];
  spawnSync(python, [...pip, `pyx12==${VERSION}`], { stdio: "ignore" });
  if (holdsPyx12(python)) return { python };
  return { missing: "Python is here, but pyx12 cannot be installed from PyPI" };
}

function holdsPyx12(python: string): boolean {
  if (!existsSync(python)) return false;
  return spawnSync(python, ["-c", "import pyx12.x12n_document"], { stdio: "ignore" }).status === 0;
}

/** What pyx12 says of each of these files, all of them in one process. */
export function askPyx12(
  python: string,
  files: readonly { readonly name: string; readonly text: string }[],
): Opinion[] {
  const folder = mkdtempSync(join(tmpdir(), "claimwright-judged-"));
  try {
    const paths = files.map(({ text }, index) => {
      const path = join(folder, `${index}.edi`);
      writeFileSync(path, text);
      return path;
    });
    const input = paths.map((path) => `${path}\n`).join("");
    const options = { encoding: "utf8", maxBuffer: ANSWERS_MAX, input } as const;
    const { stdout, stderr } = spawnSync(python, [QUESTIONER], options);
    const answers = stdout.trimEnd().split("\n");
    assert.equal(answers.length, files.length, `pyx12 stopped before the last file: ${stderr}`);
    return files.map(({ name }, index) => opinionOf(name, answers[index] ?? ""));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function opinionOf(name: string, answer: string): Opinion {
  const { accepted, report, failure } = JSON.parse(answer) as {
    readonly accepted: boolean;
    readonly report: Node | null;
    readonly failure?: string;
  };
  const errors = failure === undefined ? [] : [failure];
  if (report !== null) visit(report, "", errors);
  if (!accepted && errors.length === 0) errors.push("it says no more than that it does not accept");
  return { name, accepted: accepted && errors.length === 0, errors };
}

/** A node of the JSON report: interchanges, groups, transactions, segments, elements. */
interface Node {
  readonly errors?: readonly { readonly err_cde?: string; readonly err_str?: string }[];
  readonly [child: string]: unknown;
}

/** Every error of a report, at whatever level, with the segment and line that it is about. */
function visit(node: Node, place: string, found: string[]): void {
  const own = typeof node.seg_id === "string" ? `${node.seg_id} (line ${node.cur_line})` : place;
  for (const { err_str, err_cde } of node.errors ?? []) {
    found.push(`${own} ${err_str ?? err_cde ?? "?"}`.trim());
  }
  for (const [name, child] of Object.entries(node)) {
    if (name === "errors" || !Array.isArray(child)) continue;
    for (const each of child as Node[]) if (typeof each === "object") visit(each, own, found);
  }
}
