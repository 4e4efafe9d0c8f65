/** Kills a process (kill -9) at each of the store operations of a piece of work. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { temporaryFolder } from "../../platform/store/embedded/opened-store.ts";
import { compiledProgram } from "./compiled.ts";
import type { PointReport } from "./fail-points.ts";
import type { Scene } from "./scenes.ts";

const PROGRAM = new URL("./killed-at-point.ts", import.meta.url);

/**
 * Runs a process a point; each is killed at its point over one data folder, and its successor proves the books,
 * does the work again and compares its end with that of an untouched practice.
 */
export async function killAtPoints(scene: Scene): Promise<PointReport> {
  const folder = temporaryFolder();
  const directory = join(folder.path, "data");
  const run = (point: number) => runProcess([directory, scene.name, String(point)]);
  try {
    const first = await run(0);
    const commands = JSON.parse(first.said) as string[];
    let tried = 0;
    // The first one after the last point is killed by nothing: it proves what the last kill left.
    for (let point = 1; point <= commands.length + 1; point++) {
      const { signal, said } = await run(point);
      const where = `${scene.name}, point ${point} of ${commands.length}`;
      if (point > commands.length) {
        if (signal !== null || said === "") throw new Error(`${where}: the last process failed`);
      } else if (signal !== "SIGKILL") throw new Error(`${where}: it was not reached`);
      else tried += 1;
    }
    return { commands, tried, survived: 0 };
  } finally {
    folder.remove();
  }
}

/** Runs the program to its end; what it says of a failure goes to the standard error. */
async function runProcess(args: readonly string[]) {
  const child = spawn(process.execPath, [compiledProgram(PROGRAM), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const [, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  return { signal, said };
}
