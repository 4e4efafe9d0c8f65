import { expect } from "chai";
import type { SessionData } from "express-session";
import { sessionStore } from "../../../../src/faces/http/session.ts";
import { openStore, type Store } from "../../../../src/platform/store/index.ts";
import { appOn, countingIds, storePlace } from "../../../app/practice.ts";
import { testKeys } from "../../../keys.ts";

describe("connect-mongo on the store of the run", () => {
  const place = storePlace();
  let store: Store;
  let sessions: ReturnType<typeof sessionStore>;

  before(async () => {
    store = await openStore(place.location, testKeys());
    sessions = sessionStore(appOn(store, countingIds()));
  });
  after(async () => {
    if ("uri" in place.location) await place.clean(store);
    await store.close();
    if ("directory" in place.location) await place.clean();
  });

  const data = { cookie: { path: "/" }, userId: "u1", practiceId: "p1" } as unknown as SessionData;

  const set = (id: string, value: SessionData) =>
    new Promise<void>((resolve, reject) => {
      sessions.set(id, value, (error: unknown) => (error ? reject(error as Error) : resolve()));
    });
  const get = (id: string) =>
    new Promise<SessionData | null | undefined>((resolve, reject) => {
      sessions.get(id, (error: unknown, found) =>
        error ? reject(error as Error) : resolve(found),
      );
    });
  const destroy = (id: string) =>
    new Promise<void>((resolve, reject) => {
      sessions.destroy(id, (error?: unknown) => (error ? reject(error as Error) : resolve()));
    });

  it("keeps a session, changes it and lets it go", async () => {
    await set("one", data);
    expect(await get("one")).to.deep.include({ userId: "u1", practiceId: "p1" });
    await set("one", { ...data, practiceId: "p2" });
    expect(await get("one")).to.deep.include({ practiceId: "p2" });
    await destroy("one");
    expect((await get("one")) ?? null).to.equal(null);
  });

  it("does not give a session whose time is over, though it is still stored", async () => {
    await set("old", data);
    const stored = store.connection.collection("sessions");
    await stored.updateMany({}, { $set: { expires: new Date(Date.now() - 1000) } });
    expect((await get("old")) ?? null).to.equal(null);
  });

  it("asks the store to remove them when their time is over", async () => {
    await set("any", data);
    const indexes = await store.connection.collection("sessions").indexes();
    expect(indexes.find(({ name }) => name === "expires_1")).to.deep.include({
      key: { expires: 1 },
      expireAfterSeconds: 0,
    });
  });
});
