/** Loop 2000A without the levels below: the billing provider, where to pay and which plan. */
import { codes, id, R, S, unused } from "../elements.ts";
import type { GuideLoop, GuideSegment } from "../guide.ts";
import { ROLE } from "../meanings/parties.ts";
import { address, hl, loop, MANY, type NameShape, nm1, per, ref, segment } from "../segments.ts";
import { specialty } from "./provider.ts";

/** What the guides tell differently of a billing provider. */
export interface BillingProviderShape {
  readonly name: NameShape;
  /** Kinds of tax number: `EI SY`. */
  readonly taxNumbers: string;
  /** Kinds of license number, where the guide uses them. */
  readonly licenses?: string;
  /** NM102 of the pay-to address. */
  readonly payToKinds: string;
}

const currency: GuideSegment = segment("CUR", "Foreign currency", S, 1, [
  id("Whose currency", R, 2, 3, codes("85"), ROLE),
  id("Currency", R, 3, 3, "currency"),
  ...unused(19),
]);

const payToPlan: GuideLoop = loop("2010AC", "Pay-to plan", S, 1, [
  nm1("Pay-to plan", R, "PE", { kinds: "2", last: R, id: [R, "PI XV"] }),
  ...address("Pay-to plan", R),
  ref("Pay-to plan's other identifier", S, 1, "2U FY NF"),
  ref("Pay-to plan's tax number", R, 1, "EI"),
]);

function billingProvider(shape: BillingProviderShape): GuideLoop {
  const { licenses } = shape;
  return loop("2010AA", "Billing provider", R, 1, [
    nm1("Billing provider", R, "85", shape.name),
    ...address("Billing provider", R),
    ref("Billing provider's tax number", R, 1, shape.taxNumbers),
    ...(licenses === undefined ? [] : [ref("Billing provider's license or UPIN", S, 2, licenses)]),
    per("Billing provider's contact", S, 2, "IC", S, [
      [R, "EM FX TE"],
      [S, "EM EX FX TE"],
      [S, "EM EX FX TE"],
    ]),
  ]);
}

/** Loop 2000A around the subscribers of the billing provider. */
export function billingProviderLevel(
  shape: BillingProviderShape,
  subscriberLevel: GuideLoop,
): GuideLoop {
  return loop(
    "2000A",
    "Billing provider",
    R,
    MANY,
    [
      hl("Billing provider level", "20", "N", "1"),
      specialty("Billing provider's specialty", "BI"),
      currency,
      billingProvider(shape),
      loop("2010AB", "Pay-to address", S, 1, [
        nm1("Pay-to address", R, "87", { kinds: shape.payToKinds }),
        ...address("Pay-to address", R),
      ]),
      payToPlan,
      subscriberLevel,
    ],
    { levelCode: "20", parents: [] },
  );
}
