import { ExportReader, type ExportReport } from "../../trust/audit/index.ts";
import { OperatingError } from "../errors.ts";

const NEWLINE = 0x0a;

/**
 * Whether an exported audit trail is what was recorded; needs no store. `keyId` is the signing key's name as it is
 * known from elsewhere: without it, a forger could have signed with a key of his own. `invalid` for what is no export.
 */
export async function verifyExport(
  chunks: AsyncIterable<Uint8Array>,
  keyId?: string,
): Promise<ExportReport> {
  const reader = new ExportReader(keyId);
  for await (const line of linesOf(chunks)) if (!reader.take(line)) break;
  const report = reader.end();
  if (report === undefined) {
    throw new OperatingError("invalid", "The file is no export of an audit trail.");
  }
  return report;
}

/** The lines of a file as their bytes; what stands behind the last line end is a line too. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest = Buffer.alloc(0);
  for await (const chunk of chunks) {
    let bytes = Buffer.concat([rest, chunk]);
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE)) {
      yield bytes.subarray(0, end);
      bytes = bytes.subarray(end + 1);
    }
    rest = bytes;
  }
  if (rest.length > 0) yield rest;
}
