import { expect } from "chai";
import { type Anomaly, AnomalyFinder, type AuditEvent } from "../../src/trust/audit/index.ts";

const RULES = {
  massReadPatients: 3,
  practiceHours: {
    timeZone: "America/Chicago",
    opens: "08:00",
    closes: "18:00",
    days: [1, 2, 3, 4, 5],
  },
};

/** What happened: `at` on Thursday, 2026-03-19, at noon in Chicago unless it says otherwise. */
type Happened = Partial<Pick<AuditEvent, "at" | "action" | "outcome" | "detail" | "patientId">> & {
  readonly by?: string;
  readonly kind?: "person" | "machine" | "system";
  readonly entity?: string;
  readonly patients?: readonly string[];
  readonly namesakes?: readonly string[];
};

function findings(...all: readonly Happened[]): readonly Anomaly[] {
  const finder = new AnomalyFinder(RULES);
  all.forEach((each, index) => {
    const { by = "u1", kind = "person", entity = "e1", patients = [], namesakes = [] } = each;
    const event = {
      practiceId: "p1",
      sequence: index + 1,
      at: "2026-03-19T17:00:00.000Z",
      action: "claim.read",
      purpose: "payment",
      outcome: "success",
      requestId: "r1",
      source: "http",
      previousHash: "",
      hash: "",
      ...each,
      actor: { id: by, kind, roles: [] },
      entity: { type: "x", id: entity },
    } as const;
    finder.see({ event, patients, namesakes });
  });
  return finder.found();
}

const kinds = (...all: readonly Happened[]) => findings(...all).map(({ kind }) => kind);
const minute = (count: number) => new Date(Date.UTC(2026, 2, 19, 17, count)).toISOString();
const reads = (count: number, every = 1) =>
  Array.from({ length: count }, (_, n) => ({ at: minute(n * every), patients: [`patient-${n}`] }));

describe("what stands out in the audit trail", () => {
  it("is nothing in a day's work", () => {
    expect(
      kinds(...reads(3), { action: "claim.post", patients: ["a", "b", "c", "d"] }),
    ).to.deep.equal([]);
  });

  it("is more patients in an hour than the rules say, whether opened or in lists, once a day", () => {
    expect(kinds(...reads(4))).to.deep.equal(["mass-read"]);
    expect(kinds(...reads(9))).to.deep.equal(["mass-read"]);
    const list = { action: "claim.list", patients: ["a", "b", "c", "d"] };
    expect(kinds(list)).to.deep.equal(["mass-read"]);
    expect(findings(...reads(4))[0]).to.deep.include({
      key: "mass-read:u1:2026-03-19",
      actorId: "u1",
      evidence: { patients: 4, sequence: 4 },
    });
  });

  it("is not the same patient again and again, nor as many in more than an hour, nor a machine's work", () => {
    expect(kinds(...Array.from({ length: 9 }, () => ({ patients: ["one"] })))).to.deep.equal([]);
    expect(kinds(...reads(9, 20))).to.deep.equal([]);
    const machine = reads(9).map((each) => ({ ...each, kind: "machine" }) as const);
    expect(kinds(...machine)).to.deep.equal([]);
  });

  it("is a patient with the reader's own family name, by id, once a month", () => {
    const namesake = { patients: ["p"], namesakes: ["p"] };
    const found = findings(namesake, namesake, { ...namesake, at: "2026-04-01T17:00:00.000Z" });
    expect(found.map(({ key }) => key)).to.deep.equal([
      "own-name:u1:p:2026-03",
      "own-name:u1:p:2026-04",
    ]);
  });

  it("is a read outside the practice's hours, on its own clock, daylight saving included", () => {
    const at = (iso: string) => kinds({ at: iso, patients: ["p"] });
    expect(at("2026-03-19T12:59:00.000Z")).to.deep.equal(["after-hours"]);
    expect(at("2026-03-19T13:00:00.000Z")).to.deep.equal([]);
    expect(at("2026-03-19T22:59:00.000Z")).to.deep.equal([]);
    expect(at("2026-03-19T23:00:00.000Z")).to.deep.equal(["after-hours"]);
    expect(at("2026-01-15T13:59:00.000Z"), "in winter").to.deep.equal(["after-hours"]);
    expect(at("2026-01-15T14:00:00.000Z"), "in winter").to.deep.equal([]);
    expect(at("2026-03-21T17:00:00.000Z"), "on a Saturday").to.deep.equal(["after-hours"]);
  });

  it("is an emergency access, under the key by which it was laid before the reviewers", () => {
    const detail = { user: "u7", minutes: 60 };
    const [found] = findings({ action: "break-glass.open", entity: "g1", detail });
    expect(found).to.deep.include({ key: "break-glass:g1", kind: "break-glass", actorId: "u7" });
  });

  it("is the third refused sign-in of an account on one day, and a lockout at once", () => {
    const refused = (reason: string) =>
      ({
        action: "session.create",
        outcome: "denied",
        by: "anonymous",
        detail: { reason },
      }) as const;
    expect(kinds(refused("password"), refused("code"))).to.deep.equal([]);
    const third = findings(...["password", "code", "password"].map(refused));
    expect(third.map(({ kind, actorId }) => `${kind} ${actorId}`)).to.deep.equal([
      "sign-in-failures e1",
    ]);
    expect(kinds(refused("locked"))).to.deep.equal(["lockout"]);
    const spread = ["19", "20", "21"].map((day) => ({
      ...refused("password"),
      at: `2026-03-${day}T17:00:00.000Z`,
    }));
    expect(kinds(...spread)).to.deep.equal([]);
  });

  it("is every change of permissions and rules, and none that was refused", () => {
    const actions = ["user.roles", "api-key.create", "second-factor.reset", "settings.change"];
    expect(kinds(...actions.map((action) => ({ action })))).to.deep.equal(
      actions.map(() => "permission-change"),
    );
    expect(kinds({ action: "user.roles", outcome: "denied" })).to.deep.equal([]);
  });

  it("is the fifth refusal of one person on a day: for want of permission, or of what may be another practice's", () => {
    const refused = (reason: string) =>
      ({ action: "access.refuse", outcome: "denied", detail: { reason } }) as const;
    const five = (reason: string) => Array.from({ length: 5 }, () => refused(reason));
    expect(kinds(...five("permission"))).to.deep.equal(["refused-permission"]);
    expect(kinds(...five("not-found"))).to.deep.equal(["refused-unknown"]);
    expect(kinds(...five("permission").slice(1), ...five("not-found").slice(1))).to.deep.equal([]);
  });
});
