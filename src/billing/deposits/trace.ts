import type { Trace } from "./deposit.ts";

/**
 * A TRN segment within a bank's text: TRN01 is 1, TRN02 the trace number, TRN03 the payer's identifier.
 * It ends with `\` or `~`; where the bank drops that, TRN03 is taken at its ten characters (NACHA
 * Operating Rules, CCD+; CAQH CORE 370).
 */
const TRN = /TRN\*1\*([^*~\\\s]{1,50})\*([^*~\\\s]{1,30}(?=[*~\\])|[A-Z0-9]{10})/g;

/** The trace numbers of all TRN segments in a text, each once. */
export function tracesIn(text: string): Trace[] {
  const found = new Map<string, Trace>();
  for (const [, traceNumber = "", originatorId = ""] of text.matchAll(TRN)) {
    found.set(`${traceNumber}|${originatorId}`, { traceNumber, originatorId });
  }
  return [...found.values()];
}
