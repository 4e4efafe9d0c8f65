import type { ClaimLine } from "../claims/claim.ts";
import type { ServicePayment } from "./remittance.ts";

/**
 * A way to tell that a service payment answers a line, tried from the surest on (POSTING L1 to L3).
 */
type Evidence = (service: ServicePayment, line: ClaimLine, charge: number) => boolean;

const submittedCode = (service: ServicePayment) =>
  (service.submittedProcedure ?? service.procedure).code;

/** The procedure code; of an institutional line its revenue code will do (POSTING L9). */
const sameCode: Evidence = (service, line) => {
  const code = submittedCode(service);
  if (code !== "" && (code === line.procedureCode || isSameRevenue(code, line))) return true;
  return line.procedureCode === "" && isSameRevenue(service.revenueCode ?? "", line);
};

/** Qualifier of a revenue code in a procedure (SVC01, SVC06). */
const REVENUE = "NU";
const REVENUE_DIGITS = 4;

function isSameRevenue(code: string, { revenueCode }: ClaimLine): boolean {
  if (revenueCode === undefined || code === "") return false;
  return code.padStart(REVENUE_DIGITS, "0") === revenueCode.padStart(REVENUE_DIGITS, "0");
}

/**
 * The revenue code, where both tell one: in SVC04, or in SVC01 under NU. Payers drop its leading
 * zero.
 */
const sameRevenue: Evidence = (service, line) => {
  const { qualifier, code } = service.submittedProcedure ?? service.procedure;
  const told = service.revenueCode ?? (qualifier === REVENUE ? code : undefined);
  return told === undefined || line.revenueCode === undefined || isSameRevenue(told, line);
};

const sameModifiers: Evidence = (service, line) =>
  [...(service.submittedProcedure ?? service.procedure).modifiers].sort().join() ===
  [...line.modifiers].sort().join();

const sameDate: Evidence = (service, line) =>
  service.serviceDateFrom === undefined ||
  line.serviceDateFrom === undefined ||
  service.serviceDateFrom === line.serviceDateFrom;

const sameCharge: Evidence = (_service, line, charge) => charge === line.chargeCents;

const LADDER: readonly (readonly Evidence[])[] = [
  [sameCode, sameRevenue, sameModifiers, sameDate, sameCharge],
  [sameCode, sameRevenue, sameDate, sameCharge],
  [sameCode, sameDate, sameCharge],
  [sameCode, sameCharge],
];

/**
 * The line control number that each service payment answers, in their order; undefined for one that
 * was never billed. REF*6R decides first, and several services may share it (unbundling and line
 * split, RFI 498, 958); otherwise a line is used once. `sign` is −1 for a reversal, whose charges
 * are negated.
 */
export function matchLines(
  services: readonly ServicePayment[],
  lines: readonly ClaimLine[],
  sign: 1 | -1,
): (string | undefined)[] {
  const byControlNumber = new Map(lines.map((line) => [line.lineControlNumber, line] as const));
  const taken = new Set<ClaimLine>();
  const matched = services.map((service) => {
    const line = byControlNumber.get(service.lineControlNumber ?? "");
    if (line !== undefined) taken.add(line);
    return line;
  });
  for (const evidence of LADDER) {
    for (const [index, service] of services.entries()) {
      if (matched[index] !== undefined) continue;
      const charge = service.chargeCents * sign;
      const line = lines.find(
        (candidate) =>
          !taken.has(candidate) && evidence.every((test) => test(service, candidate, charge)),
      );
      if (line === undefined) continue;
      taken.add(line);
      matched[index] = line;
    }
  }
  return matched.map((line) => line?.lineControlNumber);
}
