/** Where the time of something goes, by the engine's own samples. */
import { Session } from "node:inspector/promises";

const INTERVAL_MICROSECONDS = 200;
const FUNCTIONS = 12;

/** The functions that took most of the time of `run` themselves, a line each with its share. */
export async function topFunctions(run: () => unknown): Promise<string> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: INTERVAL_MICROSECONDS });
  await session.post("Profiler.start");
  await run();
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  const { nodes, samples = [] } = profile;
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const counts = new Map<string, number>();
  for (const id of samples) {
    const name = names.get(id) ?? "";
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, FUNCTIONS)
    .map(
      ([name, count]) => `${((100 * count) / samples.length).toFixed(1).padStart(6)} %  ${name}\n`,
    )
    .join("");
}

function nameOf({ functionName, url }: { functionName: string; url: string }): string {
  const file = url.split("/").at(-1) ?? "";
  return file === "" ? functionName : `${functionName || "(anonymous)"} ${file}`;
}
