import { expect } from "chai";
import { openStore } from "../../../src/platform/store/index.ts";
import { storePlace } from "../../app/practice.ts";
import { testKeys } from "../../keys.ts";

describe("a store of an earlier version", () => {
  it("is given the indexes of this one and loses those that are no more", async () => {
    const place = storePlace();
    const old = await openStore(place.location, testKeys());
    const meta = old.connection.collection<{ _id: string; version: number }>("meta");
    await meta.updateOne({ _id: "schema" }, { $set: { version: 5 } });
    const adjudications = old.connection.collection("adjudications");
    const keys = { practiceId: 1, remittanceId: 1, ordinal: 1 } as const;
    await adjudications.dropIndexes();
    await adjudications.createIndex(keys, { unique: true });
    await old.close();
    const store = await openStore(place.location, testKeys());
    try {
      const indexes = await store.connection.collection("adjudications").indexes();
      const unique = indexes.filter((index) => index.unique === true).map(({ key }) => key);
      expect(unique).to.deep.equal([{ ...keys, turn: 1, part: 1 }]);
      expect(indexes).to.have.length(6);
    } finally {
      await place.clean(store);
      await store.close();
    }
  });
});
