/**
 * `npm run faults`: every store operation of a posting, and of what comes before and after it, is made to fail, and
 * the program is killed at every one of a posting and at random moments under load. `npm run faults -- all` also
 * kills at every operation of the other work and loses every answer. FUZZ_SEED repeats the random moments.
 */
import { startEmbedded } from "../../../src/platform/store/embedded/index.ts";
import { freshSeed } from "../../platform/store/embedded/dice.ts";
import { temporaryFolder } from "../../platform/store/embedded/opened-store.ts";
import { type PointReport, tryPoints } from "./fail-points.ts";
import { killAtPoints } from "./kill-points.ts";
import { soakPosting } from "./kill-under-load.ts";
import { SCENES, type Scene } from "./scenes.ts";

const KILLS = 50;
const all = process.argv[2] === "all";

/** Prints how many points there are and how many were tried, which must be the same. */
async function report(scene: Scene, how: string, work: () => Promise<PointReport>): Promise<void> {
  const begin = performance.now();
  const { commands, tried } = await work();
  const seconds = Math.round((performance.now() - begin) / 1000);
  process.stdout.write(
    `faults: ${scene.name}: ${how} at ${tried} of ${commands.length} store operations, ` +
      `nothing lost, nothing doubled (${seconds} s)\n`,
  );
  if (tried !== commands.length || tried === 0) throw new Error("not every point was tried");
}

const folder = temporaryFolder();
const { uri, close } = await startEmbedded({ directory: folder.path });
try {
  for (const scene of SCENES) {
    await report(scene, "refused", () => tryPoints(uri, scene, "refused"));
    if (all) await report(scene, "answer lost", () => tryPoints(uri, scene, "answer-lost"));
  }
} finally {
  await close();
  folder.remove();
}
for (const scene of all ? SCENES : SCENES.slice(0, 1)) {
  await report(scene, "killed (kill -9)", () => killAtPoints(scene));
}
await soakPosting(KILLS, freshSeed());
