import { expect } from "chai";
import { compareWithManifest, disagreementsOn, explainedIn, HAS_MANIFEST } from "./manifest.ts";

const SOUND = { path: "a.edi", structure: "", pyx12: "OK", notes: "" };

function ours(errors: readonly string[], warnings: readonly string[] = []) {
  return { errors, codes: new Set([...errors, ...warnings]) };
}

describe("what others say of their files", () => {
  it("agrees with a sound file in which we only warn, and with a faulty one that we refuse", () => {
    expect(disagreementsOn(SOUND, ours([], ["npi-invalid"]))).to.deep.equal([]);
    const refused = { ...SOUND, pyx12: "Failure" };
    expect(disagreementsOn(refused, ours(["date-invalid"]))).to.deep.equal([]);
  });

  it("disagrees where one of us alone finds an error", () => {
    const refused = { ...SOUND, pyx12: "Failure" };
    expect(disagreementsOn(SOUND, ours(["date-invalid"]))).to.deep.equal([
      "a.edi | pyx12: OK | date-invalid",
    ]);
    expect(disagreementsOn(refused, ours([]))).to.deep.equal(["a.edi | pyx12: Failure | no error"]);
  });

  it("holds a file that is invalid by its name to it, but not the answer to one", () => {
    const named = { ...SOUND, pyx12: "not applicable", notes: "DELIBERATELY INVALID (by name)" };
    const answer = {
      ...SOUND,
      notes: "expected acknowledgement for bad; DELIBERATELY INVALID (by name)",
    };
    expect(disagreementsOn(named, ours([]))).to.deep.equal([
      "a.edi | invalid by its name | no error",
    ]);
    expect(disagreementsOn(answer, ours([]))).to.deep.equal([]);
  });

  it("is compared kind by kind where the structure is faulty", () => {
    const file = { ...SOUND, structure: "SE01 9!=8; IEA02 != ISA13" };
    const found = ours(["segment-count-mismatch", "group-count-mismatch"]);
    expect(disagreementsOn(file, found)).to.deep.equal([
      "a.edi | nothing of it | group-count-mismatch",
      "a.edi | IEA02 | nothing of it",
    ]);
    const cut = { ...SOUND, structure: "SE01 9!=8; SE01 7!=6 …+40" };
    expect(disagreementsOn(cut, found)).to.deep.equal([]);
  });

  it("has no opinion where nobody has judged more than a sound structure", () => {
    const unjudged = { ...SOUND, pyx12: "not applicable" };
    expect(disagreementsOn(unjudged, ours(["date-invalid"]))).to.deep.equal([]);
  });

  it("is explained by rows of a table that begin with a path", () => {
    const table = [
      "| File | They say | We say | Why |",
      "|---|---|---|---|",
      "| `a/b.edi` | pyx12: OK | date-invalid | There is no 30 February. |",
      "| `a/c.edi` | SE01 | nothing of it |  |",
    ].join("\n");
    expect(explainedIn(table)).to.deep.equal(["a/b.edi | pyx12: OK | date-invalid"]);
  });

  (HAS_MANIFEST ? it : it.skip)(
    "is what we say, or docs/conformance.md says why not, and nothing more",
    async () => {
      const { files, unexplained, stale } = await compareWithManifest();
      expect(files).to.be.above(300);
      expect({ unexplained, stale }).to.deep.equal({ unexplained: [], stale: [] });
    },
  );
});
