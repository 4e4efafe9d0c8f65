/**
 * The files that the fuzz begins with: the samples of this project and, where they are present, small files of
 * others. What is a patient's in them is replaced by canaries, so that a finding that tells any of it is seen.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const HOME = resolve(import.meta.dirname, "../../..");
const SAMPLES = join(HOME, "edi-samples");
const OF_OTHERS = resolve(HOME, "../shared/edi");

/** Larger files are no better seeds, only slower ones. */
const SEED_BYTES_MAX = 5_000;

/** Three letters of a name suffice to know it again, however it was cut. */
const NAME = "QZQZQZQZ";
const BIRTH_DATE = "19370313";
const CANARY = /QZQ|ZQZ|19370313/;

/** Whether a text holds a patient's name, address, member number or birth date. */
export function tellsPatient(text: string): boolean {
  return CANARY.test(text);
}

/** Roles (NM101) of people who are or may be patients: insured, patient, corrected, dependent. */
const PATIENTS = new Set(["IL", "QC", "74", "03", "1W"]);

/** The texts of all seeds, Latin-1, with canaries for patients. */
export function seeds(): string[] {
  const files = filesUnder(SAMPLES);
  if (existsSync(OF_OTHERS)) files.push(...filesUnder(OF_OTHERS));
  return files
    .map((path) => readFileSync(path, "latin1"))
    .filter((text) => text.length <= SEED_BYTES_MAX && text.startsWith("ISA"))
    .map(withCanaries);
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesUnder(path);
      return /\.(md|tsv)$/.test(entry.name) ? [] : [path];
    });
}

function withCanaries(text: string): string {
  const element = text[3] ?? "*";
  const terminator = text[105] ?? "~";
  let ofPatient = false;
  return text
    .split(terminator)
    .map((segment) => {
      const parts = segment.split(element);
      const id = (parts[0] ?? "").trim();
      if (id === "NM1") {
        ofPatient = PATIENTS.has(parts[1] ?? "");
        if (ofPatient) for (const at of [3, 4, 5, 9]) put(parts, at, NAME);
      } else if (ofPatient && (id === "N3" || id === "N4")) put(parts, 1, NAME);
      else if (id === "DMG") put(parts, 2, BIRTH_DATE);
      else if (id === "CLM" || id === "HL" || id === "SVC") ofPatient = false;
      return parts.join(element);
    })
    .join(terminator);
}

function put(parts: string[], at: number, canary: string): void {
  if ((parts[at] ?? "") !== "") parts[at] = canary;
}
