import { createHash } from "node:crypto";
import { expect } from "chai";
import type { Express } from "express";
import request from "supertest";
import { ALL_USE_CASES } from "../../../src/faces/http/all-use-cases.ts";
import { remittanceFile } from "../../app/remittance-file.ts";
import { addKey, openTestApp, serverOf, type TestApp } from "./ground.ts";

const CSV = "date,amount,trace,payer\n2026-03-16,80.00,T1,GRANITE HEALTH\n2026-03-17,5.00,,\n";

describe("deposits over HTTP", () => {
  let test: TestApp;
  let server: Express;
  let key: string;
  before(async () => {
    test = await openTestApp();
    server = serverOf(test.app, ALL_USE_CASES);
    key = await addKey(test.app, "biller");
    const file = remittanceFile([{ trace: "T1", adjustments: ["L6 -80.00"] }]);
    await post("/api/v1/files", file, "application/edi-x12").expect(200);
  });
  after(() => test.close());

  const get = (path: string) => request(server).get(path).set("Authorization", key);
  const post = (path: string, body: object | string = {}, type = "application/json") =>
    request(server).post(path).set("Authorization", key).type(type).send(body);

  async function books(): Promise<Record<string, number>> {
    const { body } = await get("/api/v1/ledger/trial-balance").expect(200);
    expect(body.totalCents).to.equal(0);
    return body.accounts;
  }

  it("are taken in from a file, once, and match by themselves", async () => {
    const digest = createHash("sha256").update(CSV).digest("hex");
    const upload = () => post("/api/v1/deposits/files", CSV, "text/csv");
    await upload().set("Idempotency-Key", digest.replace(/./, "x")).expect(422);
    const { body } = await upload().set("Idempotency-Key", digest).expect(200);
    expect(body.summary).to.include({ deposits: 2, matched: 1, unmatched: 1, findings: 0 });
    expect(body.events.map(({ kind }: { kind: string }) => kind)).to.include("match");
    expect((await upload().expect(200)).body.summary).to.include({ deposits: 0, duplicates: 2 });
    expect(await books()).to.include({ cash: 8_000, "cash-in-transit": 0 });
  });

  it("are listed by state, shown with their match, and told when late", async () => {
    const { body } = await get("/api/v1/deposits?status=matched").expect(200);
    expect(body.items).to.have.length(1);
    const shown = await get(`/api/v1/deposits/${body.items[0].id}`).expect(200);
    expect(shown.body).to.include({ status: "matched", evidence: "trace", amountCents: 8_000 });
    await get("/api/v1/deposits?status=lost").expect(422);
    const late = await get("/api/v1/deposits/late").expect(200);
    expect(late.body).to.include({ late: 1, missingRemittanceCents: 500 });
    const opened = await post("/api/v1/deposits/late").expect(200);
    expect(opened.body.summary).to.include({ opened: 1 });
  });

  it("are taken apart and put together by a person, and cash in transit follows", async () => {
    const { body } = await get("/api/v1/deposits?status=matched").expect(200);
    const { id } = body.items[0];
    await post(`/api/v1/deposits/${id}/unmatch`, {}).expect(422);
    await post(`/api/v1/deposits/${id}/unmatch`, { reason: "other account" }).expect(200);
    expect(await books()).to.include({ cash: 0, "cash-in-transit": 8_000 });
    expect((await post("/api/v1/deposits/match").expect(200)).body.summary.matched).to.equal(0);
    const match = { depositIds: [id], remittances: ["T1"] };
    const matched = await post("/api/v1/deposit-matches", match).expect(201);
    expect(matched.body).to.include({ evidence: "by hand", amountCents: 8_000 });
    await post("/api/v1/deposit-matches", match).expect(409);
    expect(await books()).to.include({ cash: 8_000, "cash-in-transit": 0 });
    await post(`/api/v1/deposits/${id}/return`, { reason: "NSF" }).expect(200);
    expect(await books()).to.include({ cash: 0, "cash-in-transit": 8_000 });
  });

  it("are matched with the fee that the bank kept, for a reason, to the cent", async () => {
    const input = { amountCents: 6_500, date: "2026-03-18" };
    const { id } = (await post("/api/v1/deposits", input).expect(201)).body;
    const fee = { kind: "fee", amountCents: 1_500, reason: "incoming wire" };
    const match = { depositIds: [id], remittances: ["T1"], differences: [fee] };
    const wrong = (change: object) => ({ ...match, differences: [{ ...fee, ...change }] });
    await post("/api/v1/deposit-matches", wrong({ kind: "plug" })).expect(422);
    await post("/api/v1/deposit-matches", wrong({ amountCents: 1_499 })).expect(409);
    await post("/api/v1/deposit-matches", match).expect(201);
    expect(await books()).to.include({ cash: 6_500, "bank-charges": 1_500, "cash-in-transit": 0 });
    await post(`/api/v1/deposits/${id}/unmatch`, { reason: "other wire" }).expect(200);
    expect(await books()).to.include({ cash: 0, "bank-charges": 0, "cash-in-transit": 8_000 });
  });

  it("are entered by hand, and refunds too, more than zero on a day that is one", async () => {
    const input = { amountCents: 8_000, date: "2026-03-18", traceNumbers: ["T1"] };
    const added = await post("/api/v1/deposits", input).expect(201);
    expect(added.body).to.include({ status: "matched", format: "hand" });
    await post("/api/v1/deposits", { ...input, amountCents: 0 }).expect(422);
    await post("/api/v1/deposits", { ...input, date: "2026-02-30" }).expect(422);
    const refund = { amountCents: 2_500, date: "2026-03-18", payer: "GRANITE HEALTH" };
    const sent = await post("/api/v1/refunds", refund).expect(201);
    expect(sent.body).to.include({ depositKind: "refund", status: "sent" });
    expect(await books()).to.include({ cash: 5_500, "refund-in-transit": 2_500 });
  });
});
