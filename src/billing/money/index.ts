/**
 * Money.
 *
 * Terminology
 * - cents: the only unit of money in the program, a safe integer in a branded number.
 * - amount: money as text, in an X12 element or in JSON.
 */
export { formatAmount, formatDollars, parseAmount } from "./amount.ts";
export { add, type Cents, cents, negate, subtract, sumCents, sumOf, ZERO } from "./cents.ts";
