import { expect } from "chai";
import {
  answerAppeal,
  draftAppeal,
  readLetter,
  sendAppeal,
} from "../../src/app/denials/appeal-claim.ts";
import { OperatingError } from "../../src/app/errors.ts";
import { denied } from "./denied-claim.ts";
import { practices } from "./practice.ts";

const SENT = { how: "fax", reference: "F-1" } as const;

const refusalOf = async (pending: Promise<unknown>) => {
  const refused = await pending.catch((error: unknown) => error);
  return refused instanceof OperatingError ? `${refused.code}: ${refused.message}` : refused;
};

describe("appealing a denial", () => {
  const newPractice = practices();

  it("drafts the letter of its category with the claim's facts", async () => {
    const practice = newPractice();
    const { item, number } = await denied(practice, "CO-29");
    const draft = await draftAppeal(practice.app, practice.actor, item);
    expect(draft.level).to.include({ level: 1, answerDays: 60 });
    expect(draft.text).to.include(number).and.to.include("sent in time").and.include("$145.50");
    expect(draft.text).to.not.include("{{");
    expect(draft.missing).to.deep.equal([]);
    expect(draft.enclosures).to.have.length(3);
  });

  it("keeps the letter as a PDF as it was sent, and lets the item wait for the answer", async () => {
    const practice = newPractice();
    const { app, actor } = practice;
    const { item } = await denied(practice, "CO-50");
    const { text } = await draftAppeal(app, actor, item);
    const input = { ...SENT, text, attached: ["Operative report, 3 pages"] };
    const sent = await sendAppeal(app, actor, item, input);
    expect(sent.until).to.equal("2026-05-19");
    const { name, bytes } = await readLetter(app, actor, sent.fileId);
    expect(name).to.equal(`appeal-${item}-1.pdf`);
    expect(Buffer.from(bytes).subarray(0, 5).toString()).to.equal("%PDF-");
    const kept = await practice.store.workItems.findOne({ _id: item });
    expect(kept).to.include({ status: "waiting", waitingUntil: "2026-05-19" });
    expect(kept?.appeals?.[0]).to.include({ level: 1, how: "fax", reference: "F-1" });
    expect(await practice.audited()).to.include({ "appeal.send": 1, "letter.fetch": 1 });
  });

  it("refuses a letter with a hole and names it, and a second appeal before the answer", async () => {
    const practice = newPractice();
    const { app, actor } = practice;
    const { item } = await denied(practice, "CO-50");
    const holed = sendAppeal(app, actor, item, { ...SENT, text: "Dear {{payer.nmae}}" });
    expect(await refusalOf(holed)).to.match(/^invalid: .*places to be filled: payer\.nmae\.$/);
    await sendAppeal(app, actor, item, { ...SENT, text: "Please" });
    expect(await refusalOf(draftAppeal(app, actor, item))).to.match(
      /^state: .*The payer has not answered/,
    );
  });

  it("goes to the next level with its deadline when it is upheld, and ends after the last", async () => {
    const practice = newPractice();
    const { app, actor } = practice;
    const { item } = await denied(practice, "CO-50");
    await sendAppeal(app, actor, item, { ...SENT, text: "Please" });
    const answer = await answerAppeal(app, actor, item, { decision: "upheld" });
    expect(answer).to.deep.include({ decision: "upheld", deadline: "2026-05-19" });
    expect((await draftAppeal(app, actor, item)).level.level).to.equal(2);
    await sendAppeal(app, actor, item, { ...SENT, text: "Please, again" });
    const last = await answerAppeal(app, actor, item, { decision: "upheld" });
    expect(last.next).to.equal(null);
    expect(await refusalOf(draftAppeal(app, actor, item))).to.match(/No level of appeal is left/);
  });

  it("tells who is second at one item", async () => {
    const practice = newPractice();
    const { item } = await denied(practice, "CO-50");
    const late = { ...SENT, text: "Please", version: 99 };
    const pending = sendAppeal(practice.app, practice.actor, item, late);
    expect(await refusalOf(pending)).to.match(/^stale/);
  });
});
