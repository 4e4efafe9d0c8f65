import {
  batchClaims,
  buildClaim,
  checkClaims,
  type EditedEncounter,
} from "../../billing/claims/index.ts";
import { type Encounter, parseEncounters } from "../../billing/intake/index.ts";
import { sumOf } from "../../billing/money/index.ts";
import type { Finding } from "../../edi/x12/index.ts";
import type { Actor, App } from "../context.ts";
import type { Tell } from "../events.ts";
import { type GeneratedFile, sendBatch } from "../exchange/send-batch.ts";
import { withContact } from "../exchange/submitter-contact.ts";
import { today } from "../today.ts";
import { codeSetsFor } from "./code-sets.ts";
import { encounterCheck } from "./encounter-check.ts";
import { holdEncounters, submittedBefore } from "./encounter-record.ts";
import type { Ready } from "./place-claims.ts";

/** What `generate` came to; the last line of `generate --json` (docs/cli.md). */
export interface GenerateSummary {
  readonly kind: "summary";
  readonly encounters: number;
  readonly claims: number;
  readonly held: number;
  readonly batches: number;
  readonly transactionSets: number;
  readonly findings: number;
  readonly chargeCents: number;
}

/**
 * Turns encounters (JSON text: one, an array, or one a line) into claims and 837P files, one a payer. What an
 * edit holds is stored as held, with its findings in words, and nothing of it is sent.
 */
export async function generateClaims(
  app: App,
  actor: Actor,
  text: string,
  tell: Tell,
): Promise<{ summary: GenerateSummary; files: readonly GeneratedFile[] }> {
  const parsed = parseEncounters(text);
  const findings: Finding[] = [];
  const report = (finding: Finding, pointer: string, externalId?: string) => {
    if (finding.severity === "error" || finding.severity === "warning") findings.push(finding);
    tell({ kind: "finding", ...finding, encounter: pointer, externalId: externalId ?? null });
  };
  for (const finding of parsed.findings) report(finding, "");
  const shaped: { encounter: Encounter; pointer: string }[] = [];
  let held = 0;
  for (const { value, pointer } of parsed.encounters) {
    const checked = encounterCheck()(value);
    for (const finding of checked.findings) report(finding, pointer);
    if (checked.encounter === undefined) held += 1;
    else shaped.push({ encounter: checked.encounter, pointer });
  }
  const encounters = shaped.map(({ encounter }) => encounter);
  const edited = checkClaims(encounters, {
    today: today(app),
    codeSets: await codeSetsFor(app, encounters),
    before: await submittedBefore(app, actor, encounters),
  }).map(withContact);
  for (const [index, { encounter, findings: own }] of edited.entries()) {
    for (const finding of own) {
      report(finding, shaped[index]?.pointer ?? "", encounter.externalId);
    }
  }
  const refused = edited.filter((each) => each.held);
  await holdEncounters(app, actor, refused);
  held += refused.length;
  const accepted = edited.filter((each) => !each.held);
  const prepared = await prepare(app, actor, accepted);
  const files: GeneratedFile[] = [];
  let sets = 0;
  for (const batch of batchClaims(prepared)) {
    const sent = await sendBatch(app, actor, batch, tell);
    files.push(sent.file);
    sets += sent.sets;
  }
  const summary: GenerateSummary = {
    kind: "summary",
    encounters: parsed.encounters.length,
    claims: prepared.length,
    held,
    batches: files.length,
    transactionSets: sets,
    findings: findings.length,
    chargeCents: sumOf(prepared, ({ claim }) => claim.chargeCents),
  };
  return { summary, files };
}

/** Claims from accepted encounters; a claim number that is missing comes from the practice's counter. */
async function prepare(
  app: App,
  actor: Actor,
  accepted: readonly EditedEncounter[],
): Promise<Ready[]> {
  const { counters } = app.store.practice(actor.practiceId);
  const nameless = accepted.filter(
    ({ encounter }) => encounter.claimInformation.patientControlNumber === undefined,
  ).length;
  let next = nameless === 0 ? 0 : (await counters.increment("claim", nameless)) - nameless;
  return accepted.map((edited) => {
    const { encounter } = edited;
    const given = encounter.claimInformation.patientControlNumber;
    if (given === undefined) next += 1;
    const claim = buildClaim(encounter, {
      patientControlNumber: given ?? `CW${String(next).padStart(9, "0")}`,
      lineControlNumber: (index) => String(index + 1),
    });
    return { encounter, claim, edited };
  });
}
