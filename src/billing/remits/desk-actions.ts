/** What a person can do with a claim payment that waits. */
const DESK_ACTIONS = ["match", "split", "mirror", "unapplied", "send-back", "take-back"] as const;

export type DeskAction = (typeof DESK_ACTIONS)[number];

/** How a payment was sent back to its payer. */
export const SENT_BY = ["phone", "portal", "mail", "fax", "e-mail"] as const;

export type SentBy = (typeof SENT_BY)[number];

/** What decides which actions there are. */
export interface DeskCase {
  readonly status: "parked" | "unapplied" | "posted" | "withdrawn";
  /** It can be read, and its equations hold (POSTING B1, B2): else no claim can take it. */
  readonly proves: boolean;
  /** The remittance is posted, so that the money stands in unapplied insurance. */
  readonly isInLedger: boolean;
  /** The reversal states the money of an earlier posting of its claim; undefined where it is no such reversal. */
  readonly mirrors: boolean | undefined;
  /** The last thing done at the desk that was not taken back. */
  readonly last: Exclude<DeskAction, "take-back"> | undefined;
}

/** An action and, where it cannot be taken now, why. */
export interface ActionChoice {
  readonly action: DeskAction;
  readonly possible: boolean;
  /** "" where it is possible. */
  readonly why: string;
}

/** The actions by which a person posts. */
const POSTING: ReadonlySet<DeskCase["last"]> = new Set(["match", "split", "mirror"] as const);

type Obstacle = readonly [stands: (one: DeskCase) => boolean, why: string];

const GONE: Obstacle = [({ status }) => status !== "parked", "It has left the desk."];
const NOT_IN_LEDGER: Obstacle = [
  ({ isInLedger }) => !isInLedger,
  "The whole remittance waits; none of it is in the ledger.",
];
const NO_PROOF: Obstacle = [
  ({ proves }) => !proves,
  "It does not prove by itself, so no claim can take it: the payer must correct it.",
];

/** What stands in the way of each action, the first first. */
const OBSTACLES: Readonly<Record<DeskAction, readonly Obstacle[]>> = {
  match: [GONE, NOT_IN_LEDGER, NO_PROOF],
  split: [GONE, NOT_IN_LEDGER, NO_PROOF],
  mirror: [
    GONE,
    NOT_IN_LEDGER,
    [({ mirrors }) => mirrors === undefined, "It is no reversal of something posted."],
    [
      ({ mirrors }) => mirrors === false,
      "No posting of this claim has the charge and payment that it takes back.",
    ],
  ],
  unapplied: [GONE, NOT_IN_LEDGER],
  "send-back": [GONE],
  "take-back": [
    [({ status }) => status === "withdrawn", "Its whole remittance was unposted."],
    [({ last }) => last === undefined, "Nothing was done at the desk."],
    [
      ({ status, last }) => status === "posted" && !POSTING.has(last),
      "It has posted by itself since: unpost it, and it comes back to the desk.",
    ],
  ],
};

/** Every action, with the reason where it cannot be taken now. */
export function deskActions(one: DeskCase): ActionChoice[] {
  return DESK_ACTIONS.map((action) => {
    const why = obstacleTo(action, one);
    return { action, possible: why === "", why };
  });
}

/** Why an action cannot be taken now; "" where it can. */
export function obstacleTo(action: DeskAction, one: DeskCase): string {
  return OBSTACLES[action].find(([stands]) => stands(one))?.[1] ?? "";
}
