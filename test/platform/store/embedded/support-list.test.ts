import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { supportList } from "./support-list.ts";

const README = new URL("../../../../src/platform/store/embedded/README.md", import.meta.url);
const [START, END] = ["<!-- support list -->\n\n", "\n\n<!-- end of the support list -->"];

describe("embedded store: support list", () => {
  it("is in the README as the store's tables have it (UPDATE_GOLDEN=1 writes it)", () => {
    const text = readFileSync(README, "utf8");
    const [before = "", rest = ""] = text.split(START);
    const [list = "", after = ""] = rest.split(END);
    if (process.env.UPDATE_GOLDEN === "1") {
      writeFileSync(README, before + START + supportList() + END + after);
    } else expect(list).to.equal(supportList());
  });
});
