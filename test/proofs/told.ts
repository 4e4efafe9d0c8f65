/**
 * What a practice charged and what its payers told it, as plain data: the generator makes it up, the
 * writer puts it into X12, and the clerk keeps its books from it. Amounts are cents.
 */

/** Whose turn a payer has. */
export type Turn = "P" | "S" | "T";

export const TURNS: readonly Turn[] = ["P", "S", "T"];

/** The payers of every practice here. */
export const PAYERS: Readonly<Record<Turn, { readonly id: string; readonly name: string }>> = {
  P: { id: "GRANITE", name: "GRANITE HEALTH" },
  S: { id: "MEDICAID", name: "STATE MEDICAID" },
  T: { id: "VETERANS", name: "VETERANS AID" },
};

/** A line of a claim as it was sent; its number is its place, from 1. */
export interface LineSent {
  readonly code: string;
  readonly modifier: string;
  readonly charge: number;
}

/** A claim as it was sent to its payers. */
export interface ClaimSent {
  readonly number: string;
  readonly lines: readonly LineSent[];
  readonly payers: readonly Turn[];
  /** Frequency 8: its charges are taken back as soon as they are made. */
  readonly voided: boolean;
}

/** One CAS triple. */
export interface Adjusted {
  readonly group: string;
  readonly reason: string;
  readonly cents: number;
}

/** One SVC. */
export interface ServiceTold {
  /** SVC01, and SVC06 where the payer adjudicated another code than was sent. */
  readonly code: string;
  readonly modifier: string;
  readonly submitted?: string;
  readonly charge: number;
  readonly paid: number;
  readonly adjustments: readonly Adjusted[];
  /** REF*6R. */
  readonly control?: string;
  /** SVC05. */
  readonly units?: string;
  readonly dated: boolean;
}

/** One CLP. */
export interface ClaimTold {
  readonly number: string;
  readonly status: string;
  readonly charge: number;
  readonly paid: number;
  /** CLP05; absent on reversals. */
  readonly share: number | undefined;
  /** CLP07. */
  readonly icn: string;
  readonly adjustments: readonly Adjusted[];
  readonly services: readonly ServiceTold[];
}

/** One PLB pair. */
export interface PlbTold {
  readonly reason: string;
  readonly reference: string;
  readonly cents: number;
}

/** One ST to SE. */
export interface SetTold {
  readonly payer: Turn;
  readonly trace: string;
  /** BPR01, BPR02, BPR04, BPR16. */
  readonly handling: string;
  readonly payment: number;
  readonly method: string;
  readonly date: string;
  /** N3 of the payer, which moves no money. */
  readonly street: string;
  readonly claims: readonly ClaimTold[];
  readonly plbs: readonly PlbTold[];
  /** SE01 tells the true number of segments. */
  readonly counted: boolean;
}

/** The claims of a practice and all files that arrive for them, in order; a file holds sets. */
export interface Life {
  readonly claims: readonly ClaimSent[];
  readonly files: readonly (readonly SetTold[])[];
}

/** The sum of what `amount` says of each. */
export function total<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((sum, item) => sum + amount(item), 0);
}

/** BPR02 as it balances: what the claims were paid less the provider adjustments. */
export function balanced(claims: readonly ClaimTold[], plbs: readonly PlbTold[]): number {
  return total(claims, ({ paid }) => paid) - total(plbs, ({ cents }) => cents);
}

/** The same payment taken back: status 22 and every amount with the other sign. */
export function takenBack(told: ClaimTold): ClaimTold {
  const negated = (list: readonly Adjusted[]) =>
    list.map((each) => ({ ...each, cents: -each.cents }));
  return {
    ...told,
    status: "22",
    charge: -told.charge,
    paid: -told.paid,
    share: undefined,
    adjustments: negated(told.adjustments),
    services: told.services.map((service) => ({
      ...service,
      charge: -service.charge,
      paid: -service.paid,
      adjustments: negated(service.adjustments),
    })),
  };
}
