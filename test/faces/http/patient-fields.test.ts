import { expect } from "chai";
import type { ItemView } from "../../../src/app/denials/item-view.ts";
import { RefusedChange } from "../../../src/app/denials/refused-change.ts";
import { addUser, openTestApp, serverOf, signedIn, standIns, type TestApp } from "./ground.ts";

/** What the stand-ins say of a patient. */
const OF_PATIENTS = /PCN\d|too late|alert/;

describe("what tells of a patient", () => {
  let test: TestApp;
  before(async () => {
    test = await openTestApp();
    await addUser(test.app, "manager", ["practice-manager"]);
    await addUser(test.app, "biller", ["biller"]);
    await addUser(test.app, "granted", ["practice-manager", "biller"]);
  });
  after(() => test.close());

  const PATHS = ["remittances", "remittances/T1", "denials", "denials/item-1"];

  it("8.2.3 15.3.1 164.312(a)(1) is kept from a practice manager, who sees the numbers of the same records", async () => {
    const { agent } = await signedIn(serverOf(test.app), "manager");
    for (const path of PATHS) {
      const { text } = await agent.get(`/api/v1/${path}`).expect(200);
      expect(text, path).to.not.match(OF_PATIENTS);
      expect(text, path).to.include(path.startsWith("r") ? '"bprCents":10000' : "123456");
      expect(text, path).to.include('"patientControlNumber":null');
    }
    for (const path of ["claims", "claims/PCN1", "exceptions"]) {
      await agent.get(`/api/v1/${path}`).expect(403);
    }
  });

  it("is kept from a refusal that tells an item as it is now", async () => {
    const current = { patientControlNumber: "PCN9", amountCents: 123_456 } as ItemView;
    const refuse = async () => {
      throw new RefusedChange("stale", undefined, current);
    };
    const { agent } = await signedIn(
      serverOf(test.app, standIns({ showWorkItem: refuse })),
      "manager",
    );
    const { body } = await agent.get("/api/v1/denials/item-1").expect(409);
    expect(body.code).to.equal("stale");
    expect(body.current).to.deep.equal({ patientControlNumber: null, amountCents: 123_456 });
  });

  it("is shown to who works with patients, also a manager who was given that role", async () => {
    for (const name of ["biller", "granted"]) {
      const { agent } = await signedIn(serverOf(test.app), name);
      for (const path of PATHS) {
        const { text } = await agent.get(`/api/v1/${path}`).expect(200);
        expect(text, `${name} ${path}`).to.match(OF_PATIENTS);
      }
    }
  });
});
