import { refundLines } from "../../billing/deposits/index.ts";
import { cents } from "../../billing/money/index.ts";
import type { Act } from "../approvals/act.ts";
import { type CashInput, checkCash, storeCash } from "./cash-record.ts";
import { depositRow } from "./deposit-record.ts";

/**
 * Records a refund, money that we send back to a payer: it leaves cash and waits in refund in transit
 * until a PLB 72 acknowledges it (POSTING 7).
 */
export const REFUND: Act<CashInput, ReturnType<typeof depositRow>> = {
  async effect(_app, actor, input) {
    checkCash(input);
    const { amountCents, date } = input;
    return {
      subject: { type: "practice", id: actor.practiceId },
      amountCents,
      lines: refundLines(cents(amountCents)),
      ground: { date },
    };
  },
  async carryOut(app, actor, input, authority, session) {
    return depositRow(await storeCash(app, actor, input, "refund", session, authority));
  },
};
