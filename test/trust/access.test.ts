import { expect } from "chai";
import {
  HUMAN_ROLES,
  isRole,
  KEY_ROLES,
  may,
  mayAny,
  PERMISSIONS,
  ROLES,
  type Role,
} from "../../src/trust/access/index.ts";

const roles = Object.keys(ROLES) as Role[];
const held = (role: Role) => PERMISSIONS.filter((permission) => may(role, permission)).join(" ");

describe("the access matrix", () => {
  it("164.316(a) gives each role exactly what is written here", () => {
    const reads = "patients:read claims:read exceptions:read remittances:read denials:read";
    expect(Object.fromEntries(roles.map((role) => [role, held(role)]))).to.deep.equal({
      administrator:
        "settings:manage audit:read holds:read records:destroy break-glass:open users:manage keys:manage",
      biller:
        `${reads} exceptions:work deposits:read deposits:work denials:work claims:write-off ` +
        "approvals:read ledger:read reports:read disclosures:record exchange:send " +
        "exchange:fetch encounters:submit",
      "denial-specialist": `${reads} denials:work approvals:read reports:read`,
      "team-lead":
        `${reads} exceptions:work remittances:post rules:adopt deposits:read deposits:work ` +
        "denials:work claims:write-off approvals:read approvals:decide ledger:read reports:read " +
        "patients:export disclosures:read disclosures:record",
      "practice-manager":
        "remittances:read denials:read deposits:read approvals:read approvals:decide " +
        "settings:manage ledger:read reports:read break-glass:open",
      auditor:
        `${reads} deposits:read approvals:read ledger:read reports:read audit:read ` +
        "holds:read audit:review disclosures:read",
      clearinghouse: "exchange:send exchange:fetch",
      system: PERMISSIONS.join(" "),
    });
  });

  it("8.2.1 164.312(a)(1) lets an administrator see no patient data by that role alone, and more by a second role", () => {
    expect(may("administrator", "claims:read")).to.equal(false);
    expect(mayAny(["administrator", "biller"], "claims:read")).to.equal(true);
    expect(mayAny([], "reports:read")).to.equal(false);
  });

  it("lets the auditor change nothing but the review of what stood out", () => {
    const changes = PERMISSIONS.filter((p) => may("auditor", p) && !p.endsWith(":read"));
    expect(changes).to.deep.equal(["audit:review"]);
  });

  it("gives no person or key the program's own role, and no key the management of users", () => {
    expect(HUMAN_ROLES).to.not.include("system");
    expect(HUMAN_ROLES).to.not.include("clearinghouse");
    expect(KEY_ROLES).to.not.include("system");
    expect(
      KEY_ROLES.some((role) => may(role, "users:manage") || may(role, "keys:manage")),
    ).to.equal(false);
  });

  it("knows a role's name from any other word", () => {
    expect(isRole("biller")).to.equal(true);
    for (const word of ["constructor", "__proto__", "Biller", ""])
      expect(isRole(word)).to.equal(false);
  });
});
