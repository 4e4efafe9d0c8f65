import type { AuditEvent } from "./event.ts";

const AUDIT_TYPE = "http://terminology.hl7.org/CodeSystem/audit-event-type";
const RESTFUL = "http://hl7.org/fhir/restful-interaction";
const ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
const SOURCE_TYPE = "http://terminology.hl7.org/CodeSystem/security-source-type";
const ENTITY_TYPE = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
const ENTITY_ROLE = "http://terminology.hl7.org/CodeSystem/object-role";
const DICOM = "http://dicom.nema.org/resources/ontology/DCM";
const OWN = "urn:claimwright:audit";

/** What a verb of ours is in FHIR: AuditEvent.action, and the interaction as its subtype where there is one. */
const VERBS: Readonly<Record<string, readonly [action: string, interaction?: string]>> = {
  read: ["R", "read"],
  list: ["R", "search-type"],
  search: ["R", "search-type"],
  register: ["C", "create"],
  generate: ["C", "create"],
  create: ["C", "create"],
  add: ["C", "create"],
  import: ["C", "create"],
  ingest: ["C", "create"],
  export: ["R"],
  "export-fhir": ["R"],
  delete: ["D", "delete"],
  revoke: ["D"],
  purge: ["D", "delete"],
  erase: ["D", "delete"],
  checkpoint: ["E"],
  refuse: ["E"],
  replay: ["E"],
};

const OUTCOMES = { success: "0", denied: "4", failure: "8" } as const;
const OUTCOME_WORDS = { success: "Success", denied: "Refused by policy", failure: "Failed" };

/** 45 CFR 164.506(c) in the words of HL7. */
const PURPOSES = {
  payment: ["HPAYMT", "healthcare payment"],
  operations: ["HOPERAT", "healthcare operations"],
  treatment: ["TREAT", "treatment"],
  "patient-request": ["PATRQT", "patient requested"],
  emergency: ["BTG", "break the glass"],
} as const;

/**
 * An event as a FHIR R4 AuditEvent (hl7.org/fhir/R4/auditevent.html): who, in which roles, what, of which patient (by
 * an opaque id), why and how it ended. Holds what the event holds, and so no patient data.
 */
export function fhirAuditEvent(event: AuditEvent) {
  const [noun = "", verb = ""] = event.action.split(".");
  const [action, interaction] = VERBS[verb] ?? ["U", "update"];
  const [code, display] = PURPOSES[event.purpose];
  return {
    resourceType: "AuditEvent",
    id: `${fhirId(event.practiceId)}-${event.sequence}`,
    type:
      noun === "session"
        ? { system: DICOM, code: "110114", display: "User Authentication" }
        : { system: AUDIT_TYPE, code: "rest", display: "RESTful Operation" },
    subtype: [
      ...(interaction === undefined || noun === "session"
        ? []
        : [{ system: RESTFUL, code: interaction }]),
      { system: OWN, code: event.action },
    ],
    action: noun === "session" ? "E" : action,
    recorded: event.at,
    outcome: OUTCOMES[event.outcome],
    outcomeDesc: OUTCOME_WORDS[event.outcome],
    purposeOfEvent: [{ coding: [{ system: ACT_REASON, code, display }] }],
    agent: [agentOf(event), ...lendersOf(event)],
    source: sourceOf(event),
    entity: entitiesOf(event),
  };
}

function agentOf({ actor }: AuditEvent) {
  const isPerson = actor.kind === "person";
  return {
    type: {
      coding: [
        isPerson
          ? {
              system: "http://terminology.hl7.org/CodeSystem/v3-ParticipationType",
              code: "IRCP",
              display: "information recipient",
            }
          : { system: DICOM, code: "110150", display: "Application" },
      ],
    },
    role: actor.roles.map((role) => ({ coding: [{ system: `${OWN}:role`, code: role }] })),
    who: { identifier: { system: `${OWN}:actor`, value: actor.id } },
    requestor: true,
  };
}

/** On whose behalf a role was held: R4 has no field for it, so the lender is an agent who did not ask. */
function lendersOf({ actor }: AuditEvent) {
  return (actor.lent ?? []).map(({ role, by }) => ({
    type: { coding: [{ system: OWN, code: "lender", display: "Lent the role" }] },
    role: [{ coding: [{ system: `${OWN}:role`, code: role }] }],
    who: { identifier: { system: `${OWN}:actor`, value: by } },
    requestor: false,
  }));
}

function sourceOf({ practiceId, source }: AuditEvent) {
  return {
    site: practiceId,
    observer: { display: "Claimwright" },
    type: [
      source === "http"
        ? { system: SOURCE_TYPE, code: "3", display: "Web Server" }
        : { system: SOURCE_TYPE, code: "4", display: "Application Server" },
    ],
  };
}

/** The record, the patient, and the request, which IHE BALP puts there too. */
function entitiesOf({ entity, patientId, requestId, fields, detail, hash }: AuditEvent) {
  const said = [
    { type: "hash", valueString: hash },
    ...(fields ?? []).map((field) => ({ type: "field", valueString: field })),
    ...(detail === undefined ? [] : [{ type: "detail", valueString: JSON.stringify(detail) }]),
  ];
  return [
    {
      what: { identifier: { system: `${OWN}:${entity.type}`, value: entity.id } },
      type: { system: ENTITY_TYPE, code: "2", display: "System Object" },
      role: { system: ENTITY_ROLE, code: "4", display: "Domain Resource" },
      detail: said,
    },
    ...(patientId === undefined
      ? []
      : [
          {
            what: { identifier: { system: `${OWN}:patient`, value: patientId } },
            type: { system: ENTITY_TYPE, code: "1", display: "Person" },
            role: { system: ENTITY_ROLE, code: "1", display: "Patient" },
          },
        ]),
    {
      what: { identifier: { system: `${OWN}:request`, value: requestId } },
      type: {
        system: "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType",
        code: "XrequestId",
      },
    },
  ];
}

/** A FHIR id holds letters, digits, points and hyphens only, at most 64; the sequence takes its part. */
function fhirId(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9.-]/g, "-").slice(0, 48);
}
