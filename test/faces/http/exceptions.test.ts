import { expect } from "chai";
import type { Express } from "express";
import request from "supertest";
import { ALL_USE_CASES } from "../../../src/faces/http/all-use-cases.ts";
import { claim, claimFile } from "../../app/claim-file.ts";
import { clp, remittanceFile } from "../../app/remittance-file.ts";
import { addKey, openTestApp, serverOf, type TestApp } from "./ground.ts";

const CLAIM = claimFile([claim("A1", "99213 100.00")]);
const PAYMENT = remittanceFile([
  { trace: "T1", payments: [clp("a-1 1 100.00 70.00 ICN1", "99213 100.00 70.00 CO-45 30.00")] },
]);

describe("the exceptions desk over HTTP", () => {
  let test: TestApp;
  let server: Express;
  let key: string;
  before(async () => {
    test = await openTestApp();
    server = serverOf(test.app, ALL_USE_CASES);
    key = await addKey(test.app, "biller");
    for (const file of [CLAIM, PAYMENT]) {
      await post("/files", file, "application/edi-x12").expect(200);
    }
  });
  after(() => test.close());

  const get = (path: string) => request(server).get(`/api/v1${path}`).set("Authorization", key);
  const post = (path: string, body: object | string = {}, type = "application/json") =>
    request(server).post(`/api/v1${path}`).set("Authorization", key).type(type).send(body);

  async function list(status = "parked"): Promise<{ id: string; [field: string]: unknown }[]> {
    const { body } = await get(`/exceptions?status=${status}`).expect(200);
    return body.items;
  }

  it("lists what waits with all that a page needs", async () => {
    const [row] = await list();
    expect(row).to.include({ reason: "unmatched", residualCents: 0, paidCents: 7_000 });
    expect(row?.residual).to.contain("no claim of ours was found");
    expect(row?.suggestions).to.have.length(1);
    expect(row?.actions).to.deep.include({ action: "match", possible: true, why: "" });
    await get("/exceptions?status=lost").expect(422);
  });

  it("records decisions, says no to what cannot be, and takes them back", async () => {
    const [row] = await list();
    const path = `/exceptions/${row?.id}`;
    await post(`${path}/mirror`).expect(409);
    await post(`${path}/send-back`, { how: "pigeon" }).expect(422);
    const sent = { how: "phone", reference: "C-1", nextActionDate: "2999-01-01" };
    await post(`${path}/send-back`, sent).expect(200);
    expect((await get(path).expect(200)).body.sentBack).to.deep.equal(sent);
    await post(`${path}/unapplied`, { reason: "unknown" }).expect(200);
    expect(await list()).to.deep.equal([]);
    expect(await list("unapplied")).to.have.length(1);
    await post(`${path}/match`, { patientControlNumber: "A1" }).expect(409);
    await post(`${path}/take-back`, { reason: "it is ours" }).expect(200);
    await post(`${path}/match`, { patientControlNumber: "A1" }).expect(200);
    expect(await list("posted")).to.have.length(1);
    const { body } = await get("/ledger/trial-balance").expect(200);
    expect(body).to.deep.include({ totalCents: 0 });
    expect(body.accounts).to.include({ "unapplied-insurance": 0, "cash-in-transit": 7_000 });
  });

  it("splits a payment among claims to the cent, and takes the split back", async () => {
    const joined = clp(
      "JOINED 1 150.00 100.00 ICN2",
      "99213 100.00 70.00 CO-45 30.00",
      "85025 50.00 30.00 CO-45 20.00",
    );
    const claims = claimFile([claim("B1", "99213 100.00"), claim("C1", "85025 50.00")]);
    const file = remittanceFile([{ trace: "T2", payments: [joined] }]);
    await post("/files", claims, "application/edi-x12").expect(200);
    await post("/files", file, "application/edi-x12").expect(200);
    const path = `/exceptions/${(await list())[0]?.id}`;
    const part = (name: string, chargeCents: number, paidCents: number, amountCents: number) => ({
      patientControlNumber: name,
      lineControlNumber: "1",
      chargeCents,
      paidCents,
      adjustments: [{ groupCode: "CO", reasonCode: "45", amountCents }],
    });
    const [one, two] = [part("B1", 10_000, 7_000, 3_000), part("C1", 5_000, 3_000, 2_000)];
    await post(`${path}/split`, { parts: [one] }).expect(422);
    await post(`${path}/split`, { parts: [one, { ...two, paidCents: 2_999 }] }).expect(422);
    await post(`${path}/split`, { parts: [one, two] }).expect(200);
    expect((await get("/claims/C1").expect(200)).body.paidCents).to.equal(3_000);
    await post(`${path}/take-back`, { reason: "other claims" }).expect(200);
    expect((await get("/claims/C1").expect(200)).body.paidCents).to.equal(0);
    const { body } = await get("/ledger/trial-balance").expect(200);
    expect(body.totalCents).to.equal(0);
    expect(body.accounts["unapplied-insurance"]).to.equal(-10_000);
  });
});
