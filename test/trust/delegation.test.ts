import { expect } from "chai";
import { effectiveRoles, mayLend, type Role } from "../../src/trust/access/index.ts";

const NOW = new Date("2026-03-20T12:00:00Z");
const AT_ONE = new Date("2026-03-20T13:00:00Z");

/** What one person lends to another; running, unless it is said otherwise. */
function lending(roles: readonly Role[], change: object = {}) {
  return { by: "lender", held: roles, roles, endsAt: AT_ONE, revokedAt: null, ...change };
}

describe("delegation", () => {
  it("adds roles to one's own, each with the name of who lent it", () => {
    const { roles, lent } = effectiveRoles(["auditor"], [lending(["biller", "team-lead"])], NOW);
    expect(roles).to.deep.equal(["auditor", "biller", "team-lead"]);
    expect(lent).to.deep.equal([
      { role: "biller", by: "lender" },
      { role: "team-lead", by: "lender" },
    ]);
  });

  it("is nothing at its end, to the millisecond, nor once it is taken back", () => {
    const at = (ms: number) => effectiveRoles([], [lending(["biller"])], new Date(ms)).roles;
    expect(at(AT_ONE.getTime() - 1)).to.deep.equal(["biller"]);
    expect(at(AT_ONE.getTime())).to.deep.equal([]);
    const revoked = lending(["biller"], { revokedAt: NOW });
    expect(effectiveRoles([], [revoked], NOW).roles).to.deep.equal([]);
  });

  it("shrinks to what the lender still holds, and names nobody for a role of one's own", () => {
    const shrunk = lending(["biller", "team-lead"], { held: ["biller"] });
    expect(effectiveRoles(["biller"], [shrunk], NOW)).to.deep.equal({
      roles: ["biller"],
      lent: [],
    });
    const closed = lending(["biller"], { held: [] });
    expect(effectiveRoles(["auditor"], [closed], NOW).roles).to.deep.equal(["auditor"]);
  });

  it("never makes an administrator, whatever is written in it", () => {
    const forged = lending(["administrator", "system"] as Role[]);
    expect(effectiveRoles(["auditor"], [forged], NOW).roles).to.deep.equal(["auditor"]);
    expect(mayLend(["administrator", "biller"], ["administrator"])).to.equal(false);
    expect(mayLend(["administrator", "biller"], ["biller"])).to.equal(true);
    expect(mayLend(["biller"], [])).to.equal(false);
  });
});
