/** Practices with one claim that went out and was denied, and the item of that. */
import { generateClaims } from "../../src/app/claims/generate-claims.ts";
import type { Encounter } from "../../src/billing/intake/index.ts";
import { encounterWith, plainEncounter } from "../billing/claims/sample-encounters.ts";
import type { Practice } from "./practice.ts";
import { clp, remittanceFile } from "./remittance-file.ts";

const SUBMITTER = {
  organizationName: "Elm Street Family Medicine",
  submitterIdentification: "ELMSTREET",
  contactInformation: { name: "Billing", phoneNumber: "217-555-0100" },
};

/** An encounter with an id of its own. */
export function visit(
  externalId: string,
  claim: Partial<Encounter["claimInformation"]> = {},
): Encounter {
  const { subscriber } = plainEncounter();
  return encounterWith(claim, { externalId, submitter: SUBMITTER, subscriber });
}

/** The 837 text of these encounters, sent. */
export async function generate(practice: Practice, ...encounters: readonly Encounter[]) {
  const { files } = await generateClaims(
    practice.app,
    practice.actor,
    JSON.stringify(encounters),
    () => undefined,
  );
  return files.map(({ text }) => text).join("");
}

/** One claim that went out and was denied whole for a reason; its number, charge and item. */
export async function denied(practice: Practice, reason = "CO-31", icn = "ICN1") {
  const text = await generate(practice, visit("V-1"));
  const number = /CLM\*([^*]+)\*([\d.]+)/.exec(text)?.[1] ?? "";
  const charge = Number(/CLM\*[^*]+\*([\d.]+)/.exec(text)?.[1]);
  const lines = [...text.matchAll(/SV1\*HC:(\d+)[^*]*\*([\d.]+)/g)].map(([, code, amount]) => {
    const cents = Number(amount).toFixed(2);
    return `${code} ${cents} 0.00 ${reason} ${cents}`;
  });
  const payment = clp(`${number} 1 ${charge.toFixed(2)} 0.00 ${icn}`, ...lines);
  await practice.ingest(remittanceFile([{ trace: "T1", payments: [payment] }]));
  const [item] = await practice.app.store.practice(practice.actor.practiceId).workItems.find({});
  return { number, item: item?._id ?? "", charge: Math.round(charge * 100) };
}
