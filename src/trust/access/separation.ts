import type { Loan } from "./delegation.ts";

/** Who decides on what others did. */
interface Judge {
  readonly id: string;
  readonly kind: "person" | "machine" | "system";
  /** What others lend: who acts by a loan acts for the lender too. */
  readonly lent?: readonly Loan[] | undefined;
}

/**
 * Whether somebody may decide on what these people did or asked for: only a person, nobody on his or her own, and nobody
 * on that of a person whose roles are on loan to him or her
 * (separation of duties; 45 CFR 164.308(a)(1)(ii)(D) asks that activity be reviewed).
 */
export function mayJudge({ id, kind, lent = [] }: Judge, concerned: readonly string[]): boolean {
  const judges = [id, ...lent.map(({ by }) => by)];
  return kind === "person" && !judges.some((each) => concerned.includes(each));
}
