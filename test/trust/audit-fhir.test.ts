import { expect } from "chai";
import {
  type AuditEvent,
  appendEvents,
  fhirAuditEvent,
  GENESIS,
} from "../../src/trust/audit/index.ts";
import { draft } from "./audit-trail.ts";

/** What R4 says of an element: how often it may stand there, and what it is made of (hl7.org/fhir/R4/auditevent.html). */
type Element = readonly [card: "0..1" | "1..1" | "0..*" | "1..*", type: Type];
type Type = RegExp | "boolean" | { readonly [name: string]: Element };

const STRING = /^[\s\S]+$/;
const CODE = /^[^\s]+( [^\s]+)*$/;
const URI = /^\S+$/;
const CODING = { system: ["0..1", URI], code: ["0..1", CODE], display: ["0..1", STRING] } as const;
const CONCEPT = { coding: ["0..*", CODING], text: ["0..1", STRING] } as const;
const REFERENCE = {
  reference: ["0..1", STRING],
  identifier: ["0..1", { system: ["0..1", URI], value: ["0..1", STRING] }],
  display: ["0..1", STRING],
} as const;

const AUDIT_EVENT: Type = {
  resourceType: ["1..1", /^AuditEvent$/],
  id: ["0..1", /^[A-Za-z0-9\-.]{1,64}$/],
  type: ["1..1", CODING],
  subtype: ["0..*", CODING],
  action: ["0..1", /^[CRUDE]$/],
  recorded: ["1..1", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/],
  outcome: ["0..1", /^(0|4|8|12)$/],
  outcomeDesc: ["0..1", STRING],
  purposeOfEvent: ["0..*", CONCEPT],
  agent: [
    "1..*",
    {
      type: ["0..1", CONCEPT],
      role: ["0..*", CONCEPT],
      who: ["0..1", REFERENCE],
      altId: ["0..1", STRING],
      name: ["0..1", STRING],
      requestor: ["1..1", "boolean"],
    },
  ],
  source: [
    "1..1",
    { site: ["0..1", STRING], observer: ["1..1", REFERENCE], type: ["0..*", CODING] },
  ],
  entity: [
    "0..*",
    {
      what: ["0..1", REFERENCE],
      type: ["0..1", CODING],
      role: ["0..1", CODING],
      detail: ["0..*", { type: ["1..1", STRING], valueString: ["1..1", STRING] }],
    },
  ],
};

/** Where a value is not what R4 says, as paths; nothing where it is. */
function misfits(value: unknown, type: Type, path: string): string[] {
  if (type instanceof RegExp) return typeof value === "string" && type.test(value) ? [] : [path];
  if (type === "boolean") return typeof value === "boolean" ? [] : [path];
  if (typeof value !== "object" || value === null) return [path];
  const members = value as Record<string, unknown>;
  const unknown = Object.keys(members).filter((name) => !Object.hasOwn(type, name));
  return [
    ...unknown.map((name) => `${path}.${name} is no element`),
    ...Object.entries(type).flatMap(([name, [card, inner]]) => {
      const member = members[name];
      const at = `${path}.${name}`;
      if (member === undefined) return card.startsWith("1") ? [`${at} is missing`] : [];
      if (card.endsWith("1")) return misfits(member, inner, at);
      // FHIR has no empty lists.
      if (!Array.isArray(member) || member.length === 0) return [`${at} is no list`];
      return member.flatMap((each, index) => misfits(each, inner, `${at}[${index}]`));
    }),
  ];
}

const event = (change: Partial<AuditEvent> = {}): AuditEvent => {
  const { practiceId, actor, requestId, source, ...rest } = { ...draft(1), ...change };
  const [sealed] = appendEvents(GENESIS, [{ practiceId, actor, requestId, source, ...rest }], AT)
    .events as [AuditEvent];
  return sealed;
};
const AT = "2026-03-02T10:00:00.000Z";

describe("an audit event as FHIR R4", () => {
  it("164.312(b) has every element that R4 requires, and none that it does not know", () => {
    const changes: Partial<AuditEvent>[] = [
      {},
      { outcome: "denied", action: "access.refuse" },
      { outcome: "failure" },
      { action: "session.create" },
      { source: "cli", actor: { id: "cli", kind: "system", roles: ["system"] } },
      { practiceId: "p_1/ß" },
      ...(["payment", "operations", "treatment", "patient-request"] as const).map((purpose) => ({
        purpose,
      })),
    ];
    for (const change of changes) {
      expect(misfits(fhirAuditEvent(event(change)), AUDIT_EVENT, "AuditEvent")).to.deep.equal([]);
    }
    const { recorded, ...rest } = fhirAuditEvent(event());
    expect(misfits({ ...rest, action: "X", more: 1 }, AUDIT_EVENT, "A")).to.deep.equal([
      "A.more is no element",
      "A.action",
      "A.recorded is missing",
    ]);
  });

  it("164.312(b) says who, in which role, what, whose, why, and of which request", () => {
    const said = fhirAuditEvent(event());
    expect(said).to.deep.include({ action: "U", outcome: "0", recorded: AT });
    expect(said.subtype.map(({ code }) => code)).to.deep.equal(["update", "claim.post"]);
    expect(said.purposeOfEvent[0]?.coding[0]?.code).to.equal("HPAYMT");
    expect(said.agent[0]?.who.identifier.value).to.equal("user-1");
    expect(said.agent[0]?.role.map(({ coding }) => coding[0]?.code)).to.deep.equal(["biller"]);
    const entities = said.entity.map(({ what, type }) => [type.code, what.identifier.value]);
    expect(entities).to.deep.equal([
      ["2", "claim-1"],
      ["1", "patient-1"],
      ["XrequestId", "request-1"],
    ]);
    const { detail } = said.entity[0] as { detail: { type: string; valueString: string }[] };
    expect(detail.filter(({ type }) => type === "field")).to.have.length(2);
  });

  it("164.312(b) leaves the patient out where no single one is concerned", () => {
    const { patientId, ...rest } = draft(1);
    const [sealed] = appendEvents(GENESIS, [rest], AT).events as [AuditEvent];
    expect(fhirAuditEvent(sealed).entity).to.have.length(2);
    expect(patientId).to.equal("patient-1");
  });
});
