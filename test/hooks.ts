/** Root hooks: what holds for every test of the suite. */
import type { RootHookObject } from "mocha";

/** What a test must close before it ends: servers, and processes it has started. */
const OPEN: ReadonlySet<string> = new Set(["TCPServerWrap", "PipeServerWrap", "ProcessWrap"]);

export const mochaHooks: RootHookObject = {
  afterAll() {
    const left = process.getActiveResourcesInfo().filter((name) => OPEN.has(name));
    if (left.length > 0) throw new Error(`tests left open: ${left.join(", ")}`);
  },
};
