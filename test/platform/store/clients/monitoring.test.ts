import { expect } from "chai";
import type { MongoClient } from "mongodb";
import { openStore } from "../../../../src/platform/store/index.ts";
import { storePlace } from "../../../app/practice.ts";
import { testKeys } from "../../../keys.ts";
import { runStore } from "../run-store.ts";

/** How often a client asks its server how it is, while nothing else happens for a time. */
async function heartbeatsIn(client: MongoClient, ms: number): Promise<number> {
  let heartbeats = 0;
  const count = () => {
    heartbeats++;
  };
  client.on("serverHeartbeatStarted", count);
  await new Promise((resolve) => setTimeout(resolve, ms));
  client.off("serverHeartbeatStarted", count);
  return heartbeats;
}

describe("the driver's monitoring of the store of the run", () => {
  it("asks next to nothing while the application is quiet", async () => {
    const place = storePlace();
    const store = await openStore(place.location, testKeys());
    const commands: string[] = [];
    const client = store.connection.getClient() as unknown as MongoClient;
    client.on("commandStarted", ({ commandName }) => commands.push(commandName));
    // The driver's own interval is 10 s: one heartbeat may fall into the time, two may not.
    expect(await heartbeatsIn(client, 1500)).to.be.at.most(1);
    expect(commands).to.deep.equal([]);
    if ("uri" in place.location) await place.clean(store);
    await store.close();
    if ("directory" in place.location) await place.clean();
  });

  it("asks as often as it is told to, not in a loop", async () => {
    const store = await runStore("monitoring", { options: { heartbeatFrequencyMS: 500 } });
    expect(await heartbeatsIn(store.client, 1600)).to.be.within(1, 4);
    await store.close();
  });
});
