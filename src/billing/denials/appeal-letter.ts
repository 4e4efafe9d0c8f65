import type { WorkItem } from "./work-item.ts";

/** A letter with places to be filled: `{{claim.number}}`. */
interface LetterTemplate {
  readonly id: string;
  readonly name: string;
  /** The categories that it argues for; the general letter has none. */
  readonly categories: readonly WorkItem["category"][];
  readonly text: string;
}

const OPENING = `{{today}}

{{payer.name}}
Appeals

Re: {{appeal.name}} of claim {{claim.payerNumber}}
Patient: {{patient.name}}, born {{patient.birthDate}}, member id {{patient.memberId}}
Our claim number: {{claim.number}}; service date {{claim.serviceDate}}; charge {{claim.charge}}
Your remittance: {{decision.traceNumber}} of {{decision.date}}

To whom it may concern:

We ask you to change your decision of {{decision.date}}, by which you refused {{amount}}: {{decision.reason}}.
`;
const CLOSING = `
The enclosures show the claim as we sent it, your decision line by line, and what we rely on. Please pay {{amount}} and \
tell us of your decision in writing.

Sincerely,

{{practice.name}}
NPI {{practice.npi}}`;

/** The letters that ship with the program, in words of this project. */
const LETTER_TEMPLATES: readonly LetterTemplate[] = [
  {
    id: "timely-filing",
    name: "The claim was on time",
    categories: ["timely-filing"],
    text: `${OPENING}
The claim was sent in time. The enclosed history names each day on which it was sent, received and accepted, with the
acknowledgement that says so. A claim that your system accepted within the limit has been filed within the limit.
${CLOSING}`,
  },
  {
    id: "medical-necessity",
    name: "The service was necessary",
    categories: ["not-medically-necessary", "hospital-acquired"],
    text: `${OPENING}
The service was necessary for this patient. The enclosed records show the complaint, the findings and the treatment
tried before, and that the service agrees with accepted standards and with your own policy as published for that day.
If you uphold your decision, please name the policy, the criterion that is not met, and the qualification of who decided.
${CLOSING}`,
  },
  {
    id: "authorization",
    name: "The service was authorized",
    categories: ["authorization-required", "referral-required"],
    text: `${OPENING}
The service was authorized, or could not be authorized before it was given. The enclosed proof names the authorization,
its day and its extent.
${CLOSING}`,
  },
  {
    id: "general",
    name: "General letter",
    categories: [],
    text: `${OPENING}
We do not agree, because the claim and the enclosed records show that the service was given, coded and billed correctly.
${CLOSING}`,
  },
];

/** The letter for a category: its own, or the general one. */
export function templateFor(category: WorkItem["category"]): LetterTemplate {
  const own = LETTER_TEMPLATES.find(({ categories }) => categories.includes(category));
  const general = LETTER_TEMPLATES.find(({ id }) => id === "general");
  if (general === undefined) throw new Error("a general letter ships with the program");
  return own ?? general;
}

/**
 * A letter with its places filled. `missing` names the places that no fact is known of, so that nobody sends a letter
 * with a hole: they stay in the text as they were written.
 */
export function fillLetter(
  text: string,
  facts: Readonly<Record<string, string | undefined>>,
): { readonly text: string; readonly missing: readonly string[] } {
  const missing = new Set<string>();
  const filled = text.replaceAll(/\{\{\s*([^{}]*?)\s*\}\}/g, (written, name: string) => {
    const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
    if (fact !== undefined && fact !== "") return fact;
    missing.add(name);
    return written;
  });
  return { text: filled, missing: [...missing] };
}
