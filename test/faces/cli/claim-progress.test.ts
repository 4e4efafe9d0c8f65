import { expect } from "chai";
import { ingestFile } from "../../../src/app/exchange/ingest-file.ts";
import { type ProgressBar, watchClaims } from "../../../src/faces/cli/claim-progress.ts";
import { bigRemittance } from "../../app/big-remittance.ts";
import { claim, claimFile } from "../../app/claim-file.ts";
import { practices } from "../../app/practice.ts";

/** A bar that writes down what it is told. */
function notedBar() {
  const noted: string[] = [];
  const bar: ProgressBar = {
    start: (total) => noted.push(`of ${total}`),
    update: (done) => noted.push(String(done)),
    stop: () => noted.push("end"),
  };
  return { bar, noted };
}

/** A file that comes in pieces of so many bytes. */
function inPieces(text: string, bytes: number) {
  return {
    name: "file.edi",
    open: async function* () {
      for (let at = 0; at < text.length; at += bytes) {
        yield Buffer.from(text.slice(at, at + bytes), "latin1");
      }
    },
  };
}

describe("the bar of claims that are done", () => {
  const newPractice = practices();

  it("counts claims and claim payments, and ends with all of them done", async () => {
    const { app, actor } = newPractice();
    const { claimFile: claims, remittanceFile } = bigRemittance(30);
    for (const text of [claims, remittanceFile, remittanceFile]) {
      const { bar, noted } = notedBar();
      const { file, tell, end } = watchClaims(inPieces(text, 7), () => undefined, bar);
      await ingestFile(app, actor, file, tell).finally(end);
      expect([noted[0], ...noted.slice(-2)]).to.deep.equal(["of 30", "30", "end"]);
    }
  });

  it("knows a claim by the delimiters of the file", async () => {
    const { app, actor } = newPractice();
    const text = claimFile([claim("A1", "99213 1.00")], { delimiters: ["|", ">", "'"] });
    const { bar, noted } = notedBar();
    const { file, tell, end } = watchClaims(inPieces(text, 1000), () => undefined, bar);
    await ingestFile(app, actor, file, tell).finally(end);
    expect(noted).to.deep.equal(["of 1", "1", "end"]);
  });
});
