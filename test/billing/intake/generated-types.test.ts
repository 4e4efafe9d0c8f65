import { readFileSync } from "node:fs";
import { expect } from "chai";

const ROOT = new URL("../../../", import.meta.url);

describe("generated encounter types", () => {
  it("are what the schema says today (node schemas/generate-types.mjs)", async () => {
    const script = new URL("schemas/generate-types.mjs", ROOT).href;
    const { generate } = (await import(script)) as {
      generate: () => Promise<Record<string, string>>;
    };
    const files = await generate();
    expect(Object.keys(files)).to.have.length(2);
    for (const [path, text] of Object.entries(files)) {
      expect(readFileSync(new URL(path, ROOT), "utf8"), path).to.equal(text);
    }
  });
});
