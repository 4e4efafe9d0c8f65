import {
  buildTa1,
  type InterchangeVerdict,
  statusOfSet,
  writeAcknowledgement,
} from "../edi/guides/index.ts";
import { writeInterchange } from "../edi/x12/index.ts";
import { compactDate } from "./calendar.ts";
import { type Letter, type Postmark, partiesOf } from "./letter.ts";

/** The TA1, where the interchange asks for one or is rejected, and the 999 that answer a file. */
export function acknowledgeFile(verdict: InterchangeVerdict, postmark: Postmark): Letter[] {
  const { interchange } = verdict;
  const ta1 = buildTa1(verdict);
  const status = String(ta1?.[4] ?? "A");
  const letters: Letter[] = [];
  const asked = interchange.acknowledgmentRequested || status !== "A";
  if (ta1 !== undefined && asked) letters.push(ta1Letter(verdict, ta1, status, postmark));
  if (status !== "R" && verdict.groups.length > 0) letters.push(letter999(verdict, postmark));
  return letters;
}

const STATUS_WORDS: Readonly<Record<string, string>> = {
  A: "accepted",
  E: "accepted with errors",
  R: "rejected",
};

type Ta1 = NonNullable<ReturnType<typeof buildTa1>>;

function ta1Letter(
  { interchange }: InterchangeVerdict,
  ta1: Ta1,
  status: string,
  { date, time }: Postmark,
): Letter {
  const sender = { id: interchange.receiverId, qualifier: interchange.receiverQualifier };
  return {
    kind: "TA1",
    label: "interchange",
    description: `TA1: interchange ${STATUS_WORDS[status] ?? "answered"}`,
    write: (controlNumber) =>
      writeInterchange({
        ...partiesOf(interchange, sender),
        date: compactDate(date).slice(2),
        time,
        controlNumber,
        acknowledgements: [ta1],
        groups: [],
      }),
  };
}

function letter999(verdict: InterchangeVerdict, { date, time }: Postmark): Letter {
  const sets = verdict.groups.flatMap((group) => group.sets);
  const refused = sets.filter((set) => statusOfSet(set) === "R").length;
  const withoutTa1: InterchangeVerdict = {
    ...verdict,
    interchange: { ...verdict.interchange, acknowledgmentRequested: false },
    findings: [],
  };
  return {
    kind: "999",
    label: "functional-groups",
    description: `999: ${sets.length - refused} of ${sets.length} transaction sets accepted`,
    write: (controlNumber) =>
      writeAcknowledgement(withoutTa1, {
        interchangeControlNumber: controlNumber,
        groupControlNumber: String(Number(controlNumber)),
        date: compactDate(date),
        time,
      }) ?? "",
  };
}
