import type { EditedEncounter } from "../../billing/claims/index.ts";

/** An encounter whose submitter nobody could call is held: the guide wants a number or address in 1000A PER. */
export function withContact(edited: EditedEncounter): EditedEncounter {
  const { submitter, billing } = edited.encounter;
  const contact = submitter?.contactInformation ?? billing.contactInformation;
  const reachable = contact?.phoneNumber ?? contact?.faxNumber ?? contact?.email;
  if (reachable !== undefined) return edited;
  const finding = {
    severity: "error",
    code: "submitter-contact-missing",
    snip: 2,
    loop: "1000A",
    segment: "PER",
    message: "Neither the submitter nor the billing provider has a telephone, fax or e-mail.",
    fix: "Give submitter.contactInformation or billing.contactInformation.",
  } as const;
  return { ...edited, findings: [...edited.findings, finding], held: true };
}
