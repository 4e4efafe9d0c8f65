import { baseName, firstMemberName, isZip, text } from "./archive.ts";
import type { Importer } from "./code-import.ts";
import { carcCsv, posCsv, rarcCsv, taxonomyCsv } from "./code-list.ts";
import { csvHeader } from "./csv.ts";
import { hcpcsCsv, hcpcsText, isHcpcsRecord, isHcpcsTextName } from "./hcpcs.ts";
import { icd10cmOrder, isOrderFileName } from "./icd10cm-order.ts";

/** How many bytes from the start of a file are enough to recognise it. */
export const RECOGNITION_BYTES = 8192;

/**
 * The importer for an official release, by the name of its file and its first bytes; undefined when
 * it is none that we read. An archive is known by its name or its first member.
 */
export function recogniseRelease(fileName: string, firstBytes: Uint8Array): Importer | undefined {
  const name = baseName(fileName);
  if (isZip(firstBytes)) return archive(name, firstMemberName(firstBytes));
  if (isOrderFileName(name)) return icd10cmOrder;
  const start = text(wholeLines(firstBytes));
  if (isHcpcsTextName(name) && start.split(/\r?\n/).some(isHcpcsRecord)) return hcpcsText;
  return table(name, csvHeader(start));
}

/** Without the last line where it was cut: a character cut in two looks like another encoding. */
function wholeLines(bytes: Uint8Array): Uint8Array {
  const end = bytes.length < RECOGNITION_BYTES ? bytes.length : bytes.lastIndexOf(0x0a) + 1;
  return bytes.subarray(0, end);
}

function archive(name: string, firstMember: string): Importer | undefined {
  const names = `${name} ${baseName(firstMember)}`;
  if (/poa-?exempt|conversion|addenda|\.xls[bmx]?$/i.test(name)) return undefined;
  if (/alpha-numeric-hcpcs|HCPC\d{2,4}_/i.test(names)) return hcpcsText;
  if (/icd-?10-?(cm|order)|code-?desc?riptions-tabular-order/i.test(names)) return icd10cmOrder;
  return undefined;
}

function table(name: string, header: readonly string[]): Importer | undefined {
  const has = (...columns: string[]) => columns.every((column) => header.includes(column));
  if (has("code", "long_description", "add_date", "termination_date")) return hcpcsCsv;
  if (has("code", "kind", "start_date", "stop_date")) return rarcCsv;
  if (has("code", "start_date", "stop_date") && header[1]?.startsWith("description"))
    return carcCsv;
  if (has("code", "name", "assigned")) return posCsv;
  if (has("code", "description") && header.length === 2 && /^pos\b|place/i.test(name))
    return posCsv;
  return has("Code", "Grouping", "Classification", "Display Name") ? taxonomyCsv : undefined;
}
