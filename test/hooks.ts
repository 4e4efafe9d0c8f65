/** Root hooks: what holds for every test of the suite. */
import type { RootHookObject } from "mocha";

/** Servers and workers that a test starts keep the process alive; mocha then never ends, so their owner must close them. */
export const mochaHooks: RootHookObject = {};
