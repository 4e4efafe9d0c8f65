import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { expect } from "chai";
import { openStore } from "../../../src/platform/store/index.ts";
import { appOn } from "../../app/practice.ts";
import { testKeys } from "../../keys.ts";
import { addUser } from "../http/ground.ts";
import { claimwright, freshFolder } from "./claimwright.ts";

describe("claimwright delegations", () => {
  const folder = freshFolder();
  const directory = join(folder.path, "data");
  after(() => folder.remove());

  it("lends roles of one person to another, lists them and takes them back", async () => {
    const store = await openStore({ directory }, testKeys());
    const app = appOn(store, randomUUID);
    await addUser(app, "ann", ["biller"], "main");
    await addUser(app, "max", ["auditor"], "main");
    await store.close();
    const data = ["--data", directory, "--json"];
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const people = ["ann@example.org", "max@example.org"];
    const terms = ["--until", until, "--reason", "on leave"];
    const lend = (role: string) =>
      claimwright("delegations", "lend", ...people, "--role", role, ...terms, ...data);
    expect((await lend("auditor")).code).to.equal(2);
    const [lent] = (await lend("biller")).lines;
    expect(lent).to.include({ kind: "delegation", endsAt: until, state: "running" });
    const taken = await claimwright("delegations", "take-back", String(lent?.id), ...data);
    expect(taken.code).to.equal(0);
    const { lines } = await claimwright("delegations", "list", ...data);
    expect(lines).to.have.length(1);
    expect(lines[0]).to.deep.include({ roles: ["biller"], state: "revoked", reason: "on leave" });
  });
});
