import { expect } from "chai";
import { answerFiles, claimFiles, type GeneratedFile } from "./generated-files.ts";
import { differenceOf } from "./node-x12.ts";
import { missingFrom, spoiled } from "./variety.ts";

function text({ text: whole }: GeneratedFile): string {
  return whole;
}

describe("the files that are judged", () => {
  const { files } = claimFiles("institutional", 12, "a seed");

  it("are the same for the same seed, and others for another", () => {
    const again = claimFiles("institutional", 12, "a seed").files;
    expect(again.map(text)).to.deep.equal(files.map(text));
    expect(claimFiles("institutional", 12, "another").files.map(text)).not.to.deep.equal(
      files.map(text),
    );
    expect(answerFiles(files, "x").map(text)).to.deep.equal(answerFiles(files, "x").map(text));
  });

  it("are spoiled each in two ways, so that a judge that accepts all is found out", () => {
    const all = [...files, ...answerFiles(files, "x")].filter(({ kind }) => kind !== "TA1");
    for (const file of all.filter(({ kind }) => kind !== "277CA")) {
      for (const worse of spoiled(file)) expect(worse.text, worse.name).not.to.equal(file.text);
    }
  });

  it("lack what payers do where no remittance shows it", () => {
    expect(missingFrom([])).to.include("reversed");
    const [file] = files;
    const remittance = { ...file, kind: "835", text: "~CLP*1*22*5*-5~PLB*1~" } as GeneratedFile;
    expect(missingFrom([remittance])).not.to.include.members(["reversed"]);
    expect(missingFrom([remittance])).to.include("denied");
  });
});

describe("node-x12 as a judge", () => {
  const [file] = claimFiles("professional", 1, "a seed").files;
  const sound = file?.text ?? "";

  it("finds no difference in what is written", () => {
    expect(differenceOf(sound)).to.equal(undefined);
  });

  it("names what it reads otherwise, or why it refuses a file", () => {
    const blank = sound.replace("N3*", "N3 *");
    expect(differenceOf(blank)).to.match(/^segment \d+ is read as N3\*/);
    expect(differenceOf(sound.replace(/SE\*\d+/, "SE*9"))).to.match(/^it refuses the file: .*SE01/);
  });
});
