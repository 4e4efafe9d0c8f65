import type { CodeSets as EditCodeSets } from "../../billing/claims/index.ts";
import { diagnosesOf, type Encounter, serviceOf } from "../../billing/intake/index.ts";
import {
  type CodeImport,
  type CodeRecord,
  type CodeSet,
  type CodeSetName,
  type CodeSets,
  codeSet,
  merge,
  type Release,
  recogniseRelease,
  starterCodeSets,
} from "../../edi/codes/index.ts";
import type { CodeDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import type { Tell } from "../events.ts";

/** Codes stored in one command. */
const CHUNK = 2000;

/** The bytes by which an official file is recognised. */
const HEAD_BYTES = 4096;

/**
 * Imports the file of an official release (ICD-10-CM order file, HCPCS, …) into the store. The file is
 * recognised by its name and first bytes; importing it again changes nothing.
 */
export async function importCodes(
  app: App,
  actor: Actor,
  file: { readonly name: string; readonly bytes: Uint8Array },
  tell: Tell,
): Promise<{ records: number; findings: number }> {
  const importer = recogniseRelease(file.name, file.bytes.subarray(0, HEAD_BYTES));
  if (importer === undefined) {
    throw new OperatingError("file-unreadable", "It is no code-set release that is known.");
  }
  let records = 0;
  let findings = 0;
  for (const imported of importer.read(file.name, file.bytes)) {
    for (const finding of imported.findings) tell({ kind: "finding", ...finding });
    findings += imported.findings.length;
    if (imported.records.length === 0) continue;
    const merged = merge(await loadCodeSet(app, imported.set), imported);
    await saveCodeSet(app, merged, imported);
    records += imported.records.length;
    tell({
      kind: "codeSet",
      set: imported.set,
      release: imported.release.name,
      rows: imported.rows,
      records: imported.records.length,
      billable: imported.records.filter(({ billable }) => billable).length,
      held: merged.records.length,
    });
  }
  await recordAudit(app, actor, {
    action: "codes.import",
    entity: { type: "code-set", id: importer.name },
    purpose: "operations",
    outcome: "success",
    detail: { records },
  });
  return { records, findings };
}

/** The generation of a set's head document, which says which import counts. */
const HEAD = "head";

/** The new import is stored whole beside the old one; only then does the head point to it. */
async function saveCodeSet(app: App, set: CodeSet, imported: CodeImport): Promise<void> {
  const { codes } = app.store;
  const generation = app.newId();
  const rows = set.records.map((record) => codeDoc(app.newId(), set.name, generation, record));
  for (let from = 0; from < rows.length; from += CHUNK) {
    await codes.insert(rows.slice(from, from + CHUNK));
  }
  const { releases, complete } = set;
  await codes.put({
    _id: `${set.name}|${HEAD}`,
    set: set.name,
    generation: HEAD,
    code: generation,
    description: JSON.stringify({ releases, complete }),
    billable: false,
    effectiveFrom: imported.release.from ?? null,
    effectiveTo: imported.release.to ?? null,
  });
  await codes.remove({ set: set.name, generation: { $nin: [HEAD, generation] } });
}

function codeDoc(_id: string, set: CodeSetName, generation: string, record: CodeRecord) {
  return {
    _id,
    set,
    generation,
    code: record.code,
    description: record.description,
    billable: record.billable,
    effectiveFrom: record.effectiveFrom ?? null,
    effectiveTo: record.effectiveTo ?? null,
  };
}

/** A whole set as it stands: what was imported, else the starter set. */
export async function loadCodeSet(app: App, name: CodeSetName): Promise<CodeSet> {
  return fromStore(app, name, undefined);
}

/** All sets as they stand. */
export async function loadCodeSets(app: App): Promise<CodeSets> {
  const names = Object.keys(starterCodeSets) as CodeSetName[];
  const sets = await Promise.all(names.map((name) => loadCodeSet(app, name)));
  return Object.fromEntries(names.map((name, index) => [name, sets[index]])) as CodeSets;
}

/** The set, with all its codes or only those that are asked for. */
async function fromStore(
  app: App,
  name: CodeSetName,
  codes: readonly string[] | undefined,
): Promise<CodeSet> {
  const head = await app.store.codes.findOne({ set: name, generation: HEAD });
  if (head === undefined) return starterCodeSets[name];
  const { releases, complete } = JSON.parse(head.description) as {
    releases: readonly Release[];
    complete: boolean;
  };
  const asked = codes === undefined ? {} : { code: { $in: codes } };
  const rows = await app.store.codes.find({ set: name, generation: head.code, ...asked });
  return codeSet({ name, complete, releases, records: rows.map(recordOf) });
}

function recordOf(doc: CodeDoc): CodeRecord {
  return {
    code: doc.code,
    description: doc.description,
    billable: doc.billable,
    effectiveFrom: doc.effectiveFrom ?? undefined,
    effectiveTo: doc.effectiveTo ?? undefined,
  };
}

/** Code sets for the edits of these encounters: only the codes that they use are read from the store. */
export async function codeSetsFor(
  app: App,
  encounters: readonly Encounter[],
): Promise<EditCodeSets> {
  const diagnoses = new Set<string>();
  const procedures = new Set<string>();
  const modifiers = new Set<string>();
  for (const encounter of encounters) {
    for (const { code } of diagnosesOf(encounter)) {
      diagnoses.add(code.replace(".", "").toUpperCase());
    }
    for (const line of encounter.claimInformation.serviceLines) {
      const { procedureCode, procedureModifiers = [] } = serviceOf(line);
      if (procedureCode !== undefined) procedures.add(procedureCode.toUpperCase());
      for (const modifier of procedureModifiers) modifiers.add(modifier.toUpperCase());
    }
  }
  const sets = {
    icd10cm: await fromStore(app, "icd10cm", [...diagnoses]),
    hcpcs: await fromStore(app, "hcpcs", [...procedures]),
    cpt: await fromStore(app, "cpt", [...procedures]),
    modifier: await fromStore(app, "modifier", [...modifiers]),
    pos: await fromStore(app, "pos", undefined),
  };
  return {
    lookup(name, code, onDate) {
      const set = sets[name];
      const { status, outsideReleases } = set.lookup(code, onDate);
      return { status, complete: set.complete && outsideReleases !== true };
    },
  };
}
