import {
  type ClaimPayment,
  type Remittance,
  readClaimPayment,
  readRemittance,
} from "../../billing/remits/index.ts";
import { readEdi } from "../../edi/guides/index.ts";
import type { RemittanceDoc } from "../../platform/store/index.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";

/** A remittance read again from the file that it came in, whose bytes are kept for ever. */
export async function readKept(
  app: App,
  actor: Actor,
  { fileId, header }: Pick<RemittanceDoc, "fileId" | "header">,
): Promise<Remittance> {
  const bytes = await app.store.fileBytes.open(actor.practiceId, fileId);
  if (bytes === undefined) throw new OperatingError("not-found", "Its file is not kept.");
  const payments: ClaimPayment[] = [];
  for await (const event of readEdi(bytes)) {
    if (event.kind === "loop" && event.set.ordinal === header.ordinal) {
      payments.push(readClaimPayment(event.loop, payments.length + 1));
    } else if (event.kind === "transactionSetEnd" && event.set.ordinal === header.ordinal) {
      return readRemittance(event.root, payments, event.set.ordinal);
    }
  }
  throw new Error("a kept file has lost a transaction set");
}
