import { expect } from "chai";
import { zipSync } from "fflate";
import { fileOrMember, MAX_MEMBER_BYTES } from "../../../src/edi/codes/archive.ts";

const always = () => true;

/** The archive with another size in its directory than its member has. */
function claiming(archive: Uint8Array, size: number): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset);
  for (let at = 0; at < archive.length - 4; at += 1) {
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, size, true);
  }
  return archive;
}

describe("an archive of codes", () => {
  const member = new Uint8Array(4 * 1024 * 1024);
  const archive = () => zipSync({ "../../etc/a.txt": member, "b.txt": member });

  it("5.2.3 is unpacked no further than its first member that fits", () => {
    const asked: string[] = [];
    const found = fileOrMember("x.zip", archive(), (name) => asked.push(name) > 0);
    expect(found?.name, "a member's path leads nowhere").to.equal("a.txt");
    expect(found?.bytes).to.have.length(member.length);
    expect(asked).to.deep.equal(["a.txt"]);
  });

  it("5.2.3 is not unpacked where a member says that it is too large, nor beyond what it says", () => {
    const huge = claiming(archive(), MAX_MEMBER_BYTES + 1);
    expect(fileOrMember("x.zip", huge, always)).to.equal(undefined);
    const liar = fileOrMember("x.zip", claiming(archive(), 10), always);
    expect(liar?.bytes.length ?? 0).to.be.at.most(10);
  });
});
