import type { ClientSession } from "mongoose";
import type { PracticeStore, RemittanceDoc } from "../../platform/store/index.ts";
import { OperatingError } from "../errors.ts";

/** The remittance that a person names, by its id or by a trace number (TRN02) that only one has. */
export async function namedRemittance(
  practice: PracticeStore,
  name: string,
  session?: ClientSession,
): Promise<RemittanceDoc> {
  const named = await practice.remittances.find(
    { $or: [{ _id: { $in: [name] } }, { traceNumber: { $in: [name] } }] },
    { session },
  );
  const [only] = named;
  if (only === undefined) throw new OperatingError("not-found");
  if (named.length > 1) {
    throw new OperatingError("state", "Several remittances have this trace number: give an id.");
  }
  return only;
}
