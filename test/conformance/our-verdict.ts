import { heldCodeSets } from "../../src/app/claims/held-code-sets.ts";
import { validateFile } from "../../src/app/exchange/validate-file.ts";

/** What our own `validate` says of a file. */
export interface OurVerdict {
  /** Codes of the errors, in the order in which they were found; warnings are none. */
  readonly errors: readonly string[];
  /** Codes of all findings. */
  readonly codes: ReadonlySet<string>;
}

/** Asks our own `validate` about a file. */
export async function askOurselves(name: string, bytes: Uint8Array): Promise<OurVerdict> {
  const errors: string[] = [];
  const codes = new Set<string>();
  const open = async function* () {
    yield bytes;
  };
  const stamp = { now: new Date("2026-03-20T12:00:00Z"), firstControlNumber: 1 };
  await validateFile({ name, open }, stamp, await heldCodeSets(undefined), (happening) => {
    if (happening.kind !== "finding") return;
    codes.add(String(happening.code));
    if (happening.severity === "error") errors.push(String(happening.code));
  });
  return { errors, codes };
}
