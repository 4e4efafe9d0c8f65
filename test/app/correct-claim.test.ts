import { expect } from "chai";
import { resubmitClaim, showCorrection } from "../../src/app/denials/correct-claim.ts";
import { OperatingError } from "../../src/app/errors.ts";
import { readOutboundFile } from "../../src/app/exchange/outbound-files.ts";
import { denied, generate, visit } from "./denied-claim.ts";
import { practices } from "./practice.ts";

const codeOf = async (pending: Promise<unknown>) => {
  const refused = await pending.catch((error: unknown) => error);
  return refused instanceof OperatingError ? refused.code : refused;
};

describe("correcting a claim and sending it again", () => {
  const newPractice = practices();

  it("opens the claim at the fields where such a denial usually has its cause", async () => {
    const practice = newPractice();
    const { item, number } = await denied(practice);
    const correction = await showCorrection(practice.app, practice.actor, item);
    expect(correction).to.include({ patientControlNumber: number, frequencyCode: "7" });
    expect(correction.fields[0]).to.deep.include({
      pointer: "/subscriber/memberId",
      label: "Member id",
    });
    expect(correction.fields[0]?.value).to.be.a("string");
  });

  it("shows the difference and what the edits say, and changes nothing, on a dry run", async () => {
    const practice = newPractice();
    const { item } = await denied(practice);
    const before = await practice.accounts();
    const changes = [{ pointer: "/subscriber/memberId", value: "NEW1" }];
    const input = { changes, dryRun: true };
    const shown = await resubmitClaim(practice.app, practice.actor, item, input);
    expect(shown).to.include({ held: false, file: null, frequencyCode: "7" });
    expect(shown.difference[0]).to.include({ pointer: "/subscriber/memberId", after: "NEW1" });
    expect(await practice.accounts()).to.deep.equal(before);
  });

  it("sends a replacement that names the payer's claim, under the same number; revenue counts once", async () => {
    const practice = newPractice();
    const { item, number, charge } = await denied(practice);
    const sent = await resubmitClaim(practice.app, practice.actor, item, {
      changes: [{ pointer: "/subscriber/memberId", value: "NEW1" }],
    });
    const file = await readOutboundFile(practice.app, practice.actor, sent.file?.id ?? "");
    const text = file.bytes.toString();
    expect(text).to.match(new RegExp(`CLM\\*${number}\\*[\\d.]+\\*\\*\\*11:B:7`));
    expect(text).to.include("REF*F8*ICN1").and.to.include("*MI*NEW1");
    expect(await practice.accounts()).to.deep.equal({ "ar-insurance": charge, revenue: -charge });
    const { workItems } = practice.app.store.practice(practice.actor.practiceId);
    expect(await workItems.findOne({ _id: item })).to.include({
      status: "waiting",
      waitingUntil: "2026-04-19",
    });
    expect(await practice.differences()).to.equal(0);
  });

  it("can be mended once more, from what was sent last", async () => {
    const practice = newPractice();
    const { item } = await denied(practice);
    const { app, actor } = practice;
    await resubmitClaim(app, actor, item, {
      changes: [{ pointer: "/subscriber/memberId", value: "NEW1" }],
    });
    const { fields } = await showCorrection(app, actor, item);
    expect(fields[0]?.value).to.equal("NEW1");
    const again = await resubmitClaim(app, actor, item, {
      changes: [{ pointer: "/subscriber/memberId", value: "NEW2" }],
    });
    expect(again.file).to.not.equal(null);
    expect(await practice.differences()).to.equal(0);
  });

  it("holds what the edits refuse, and sends nothing", async () => {
    const practice = newPractice();
    const { item } = await denied(practice);
    const shown = await resubmitClaim(practice.app, practice.actor, item, {
      changes: [{ pointer: "/billing/npi", value: "1234567890" }],
    });
    expect(shown).to.include({ held: true, file: null });
    expect(shown.findings.map(({ severity }) => severity)).to.include("error");
  });

  it("refuses a place that the claim does not have, a prototype, and an item that somebody changed", async () => {
    const practice = newPractice();
    const { item } = await denied(practice);
    for (const pointer of ["/claimInformation/serviceLines/9/serviceDate", "/__proto__/x", "x"]) {
      const changes = [{ pointer, value: "1" }];
      const pending = resubmitClaim(practice.app, practice.actor, item, { changes });
      expect(await codeOf(pending), pointer).to.equal("invalid");
    }
    const stale = { changes: [{ pointer: "/subscriber/memberId", value: "N" }], version: 99 };
    expect(await codeOf(resubmitClaim(practice.app, practice.actor, item, stale))).to.equal(
      "stale",
    );
  });

  it("a generated replacement under a number of its own reverses what is open of the old claim", async () => {
    const practice = newPractice();
    const { charge } = await denied(practice);
    await generate(
      practice,
      visit("V-1R", {
        claimFrequencyCode: "7",
        claimSupplementalInformation: { claimControlNumber: "ICN1" },
      }),
    );
    expect(await practice.accounts()).to.deep.equal({ "ar-insurance": charge, revenue: -charge });
    expect(await practice.differences()).to.equal(0);
  });
});
