/** Items of a queue by dice: every kind of work, teams, payers, days and amounts; the same seed makes the same queue. */
import {
  addDays,
  type Deadline,
  TEAMS,
  type Team,
  WORK_ITEM_KINDS,
  type WorkItemCategory,
  type WorkItemDraft,
} from "../../src/billing/denials/index.ts";
import { cents } from "../../src/billing/money/index.ts";

const CATEGORIES = [
  "authorization-required",
  "timely-filing",
  "billing-error",
  "bundled",
  "not-medically-necessary",
] as const satisfies readonly WorkItemCategory[];
const REASONS = ["197", "29", "16", "97", "50"];

/** A generator of numbers from 0 to below 1 (mulberry32). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Drafts of so many items, their deadlines around a day. */
export function queueDrafts(count: number, seed: number, today: string): WorkItemDraft[] {
  const roll = dice(seed);
  const below = (limit: number) => Math.floor(roll() * limit);
  const among = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  return Array.from({ length: count }, (_, number) => {
    const at = below(CATEGORIES.length);
    const payer = below(40);
    const fix = below(3);
    return {
      kind: among(WORK_ITEM_KINDS),
      patientControlNumber: `Q${number}`,
      payer: { id: `PAYER${payer}`, name: `Payer ${payer}` },
      category: among(CATEGORIES),
      groupCode: roll() < 0.8 ? "CO" : "PI",
      reasonCode: REASONS[at],
      remarkCodes: [],
      amountCents: cents(100 + below(300_000)),
      words: "The payer refused it.",
      suggestedAction: "Look into it",
      owner: among(Object.keys(TEAMS) as Team[]),
      correctable: fix === 0,
      appealable: fix === 1,
      deadline: {
        date: addDays(today, below(180) - 15),
        rule: "of the test",
        source: "test",
        fromEvent: "today",
        fromDate: today,
        calendar: "calendar-days",
        certainty: "default-review",
      } satisfies Deadline,
    };
  });
}
