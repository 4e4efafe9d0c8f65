/** Root hooks: what holds for every test of the suite. */
import type { RootHookObject } from "mocha";
import { MongoClient } from "mongodb";
import { testKeyFile } from "./keys.ts";
import { TRIAL, triedShapes, watchShapes } from "./platform/store/shape-record.ts";

/** What a test must close before it ends: servers, and processes it has started. */
const OPEN: ReadonlySet<string> = new Set(["TCPServerWrap", "PipeServerWrap", "ProcessWrap"]);

/** The shapes of all commands that clients of this process have sent, but for those of conformance cases. */
const sent = new Set<string>();

/**
 * Watches every client as it connects: the application's own, and those of agenda, of sessions and of tests. Programs
 * that tests start are not watched; they run the same use cases as the tests in this process.
 */
function watchClients(): void {
  const { connect } = MongoClient.prototype;
  const watched = new WeakSet<MongoClient>();
  MongoClient.prototype.connect = function watchedConnect(this: MongoClient) {
    if (!watched.has(this) && this.options.appName !== TRIAL) {
      watched.add(this);
      watchShapes(this, (shape) => sent.add(shape));
    }
    return connect.call(this) as never;
  };
}

watchClients();
// Programs that tests start open the same data with the same keys.
process.env.CLAIMWRIGHT_KEYS = testKeyFile();

export const mochaHooks: RootHookObject = {
  afterAll: [
    function closesWhatItOpened() {
      const left = process.getActiveResourcesInfo().filter((name) => OPEN.has(name));
      if (left.length > 0) throw new Error(`tests left open: ${left.join(", ")}`);
    },
    function sendsOnlyWhatIsTried() {
      const tried = new Set(Object.values(triedShapes()).flat());
      const untried = [...sent].filter((shape) => !tried.has(shape)).sort();
      if (untried.length === 0) return;
      throw new Error(
        `the store is sent commands of a shape that no conformance case tries; add one to ` +
          `test/platform/store/conformance for each of:\n  ${untried.join("\n  ")}`,
      );
    },
  ],
};
