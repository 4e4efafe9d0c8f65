import { expect } from "chai";
import { ALL_USE_CASES } from "../../../src/faces/http/all-use-cases.ts";
import { addUser, openTestApp, serverOf, signedIn, type TestApp } from "./ground.ts";

describe("the purpose of a read", () => {
  let test: TestApp;
  before(async () => {
    test = await openTestApp();
    await addUser(test.app, "reader", ["biller"], "practice-1");
  });
  after(() => test.close());

  it("164.506(c) is what X-Purpose-Of-Use says, and one of four words", async () => {
    const { agent } = await signedIn(serverOf(test.app, ALL_USE_CASES), "reader");
    await agent.get("/api/v1/claims").expect(200);
    await agent.get("/api/v1/claims").set("X-Purpose-Of-Use", "treatment").expect(200);
    const { body } = await agent
      .get("/api/v1/claims")
      .set("X-Purpose-Of-Use", "curiosity")
      .expect(422);
    expect(body.code).to.equal("invalid");
    const { auditEvents } = test.app.store.practice("practice-1");
    const events = await auditEvents.find({ action: "claim.list" }, { sort: { _id: 1 } });
    expect(events.map(({ purpose }) => purpose)).to.deep.equal(["payment", "treatment"]);
  });
});
