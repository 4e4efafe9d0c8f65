/** That the judges are asked about something: what the remittances hold, and files with a fault. */
import type { GeneratedFile } from "./generated-files.ts";

/** What payers do, by what stands in an 835 when they do it. */
const DONE_BY_PAYERS: readonly (readonly [string, RegExp])[] = [
  ["paid as primary", /~\s*CLP\*[^*~]*\*1\*/],
  ["paid as secondary", /~\s*CLP\*[^*~]*\*2\*/],
  ["denied", /~\s*CLP\*[^*~]*\*4\*/],
  ["reversed", /~\s*CLP\*[^*~]*\*22\*/],
  ["adjusted at the provider", /~\s*PLB\*/],
  ["contractual write-off", /~\s*CAS\*CO\*/],
  ["patient's share", /~\s*CAS\*PR\*/],
  ["other adjustment", /~\s*CAS\*OA\*/],
  ["inpatient adjudication", /~\s*MIA\*/],
  ["outpatient adjudication", /~\s*MOA\*/],
  ["remark on a line", /~\s*LQ\*HE\*/],
];

/** What payers do and none of these remittances shows. */
export function missingFrom(files: readonly GeneratedFile[]): string[] {
  const remittances = files.filter(({ kind }) => kind === "835");
  return DONE_BY_PAYERS.flatMap(([name, pattern]) =>
    remittances.some(({ text }) => pattern.test(text)) ? [] : [name],
  );
}

/** Faults that a judge must see, whatever the file: a code that no guide has, a wrong count. */
const FAULTS: readonly (readonly [string, RegExp, string])[] = [
  ["code", /~(\s*)(SBR|BPR|IK5)\*[A-Z]/, "~$1$2*@"],
  ["count", /~(\s*)SE\*\d+/, "~$1SE*99999"],
];

/** The file with each of the faults. */
export function spoiled({ name, kind, text, claims }: GeneratedFile): GeneratedFile[] {
  return FAULTS.map(([fault, pattern, worse]) => ({
    name: `${name} with a wrong ${fault}`,
    kind,
    text: text.replace(pattern, worse),
    claims,
  }));
}
