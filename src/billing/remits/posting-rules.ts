import { createHash } from "node:crypto";
import { ACCOUNTS, type Account } from "../ledger/index.ts";
import { PROVIDER_ADJUSTMENT_ACCOUNTS } from "./provider-adjustment.ts";
import type { Remittance } from "./remittance.ts";
import { CONTRACTUAL_REASONS, OTHER_DENIALS, type TreatmentRules } from "./treatment.ts";

/** What of a posting is data and not law: how reasons are treated, and where provider adjustments live. */
export interface PostingRules {
  /** Tells one set of rules from every other: the first twelve digits of `sha256`. */
  readonly version: string;
  /** SHA-256 of `text`. */
  readonly sha256: string;
  /** All that they say, written out, so that no later release changes it. */
  readonly text: string;
  /** What holds for a payer; its own changes are worked in. */
  readonly treatment: (payer: Remittance["payer"]) => TreatmentRules;
  /** Of a PLB reason (PLB03-1); undefined is held in suspense. */
  readonly account: (reasonCode: string) => Account | undefined;
}

/** How the lists of a payer, or of all payers, differ from those that are built in. */
interface ReasonChanges {
  /** CO reasons (CARC) that reduce the charge by contract; all other CO are denials. */
  readonly contractual?: ListChange;
  /** OA reasons that refuse payment; all other OA close a balance. */
  readonly otherDenials?: ListChange;
}

interface ListChange {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

/** A file of rules: what in it differs from the built-in ones. */
export interface RulesFile extends ReasonChanges {
  /** PLB reason → account of the ledger. */
  readonly providerAdjustments?: Readonly<Record<string, Account>>;
  /** Payer identifier (N1*PR, N104) → what holds for it on top. */
  readonly payers?: Readonly<Record<string, ReasonChanges>>;
}

const BUILT_IN: TreatmentRules = {
  contractual: CONTRACTUAL_REASONS,
  otherDenials: OTHER_DENIALS,
};

/** The rules that a file describes; an empty one describes those that are built in. */
export function postingRules(file: RulesFile): PostingRules {
  const common = changed(BUILT_IN, file);
  const payers = Object.entries(file.payers ?? {}).map(
    ([id, changes]) => [id, changed(common, changes)] as const,
  );
  const accounts = { ...PROVIDER_ADJUSTMENT_ACCOUNTS, ...file.providerAdjustments };
  const said = [common, ...payers.sort(([a], [b]) => (a < b ? -1 : 1))];
  const text = JSON.stringify([said, Object.entries(accounts).sort()], (_key, value: unknown) =>
    value instanceof Set ? [...value].sort() : value,
  );
  return rulesOfText(text);
}

/** Lists of reasons as they are written out. */
type WrittenLists = Readonly<Record<keyof TreatmentRules, readonly string[]>>;

/** What holds for all and for single payers, and the account of each PLB reason. */
type WrittenRules = readonly [
  readonly [WrittenLists, ...(readonly [string, WrittenLists])[]],
  readonly (readonly [string, Account])[],
];

/** The rules that a text written out before says, word for word. */
export function rulesOfText(text: string): PostingRules {
  const [[common, ...payers], accounts] = JSON.parse(text) as WrittenRules;
  const forAll = readOut(common);
  const byPayer = new Map(payers.map(([id, written]) => [id, readOut(written)]));
  const accountOf = new Map(accounts);
  const sha256 = createHash("sha256").update(text).digest("hex");
  return {
    version: sha256.slice(0, 12),
    sha256,
    text,
    treatment: ({ id }) => (id === undefined ? undefined : byPayer.get(id)) ?? forAll,
    account: (reasonCode) => accountOf.get(reasonCode),
  };
}

/**
 * The file that describes rules written out before, as they differ from the built-in ones of this program; posting
 * rules made of it are those.
 */
export function rulesFileOf(text: string): RulesFile {
  const [[common, ...payers], accounts] = JSON.parse(text) as WrittenRules;
  const own = Object.entries(Object.fromEntries(accounts)).filter(
    ([code, account]) => PROVIDER_ADJUSTMENT_ACCOUNTS[code] !== account,
  );
  const byPayer = payers.map(([id, lists]) => [id, changesOf(readOut(common), lists)]);
  return {
    ...changesOf(BUILT_IN, common),
    ...(own.length === 0 ? {} : { providerAdjustments: Object.fromEntries(own) }),
    ...(byPayer.length === 0 ? {} : { payers: Object.fromEntries(byPayer) }),
  };
}

function changesOf(from: TreatmentRules, to: WrittenLists): ReasonChanges {
  const names = ["contractual", "otherDenials"] as const;
  const changes = names.flatMap((name) => {
    const add = to[name].filter((code) => !from[name].has(code));
    const remove = [...from[name]].filter((code) => !to[name].includes(code));
    return add.length === 0 && remove.length === 0 ? [] : [[name, { add, remove }]];
  });
  return Object.fromEntries(changes) as ReasonChanges;
}

function readOut({ contractual, otherDenials }: WrittenLists): TreatmentRules {
  return { contractual: new Set(contractual), otherDenials: new Set(otherDenials) };
}

function changed(rules: TreatmentRules, changes: ReasonChanges): TreatmentRules {
  return {
    contractual: changedList(rules.contractual, changes.contractual),
    otherDenials: changedList(rules.otherDenials, changes.otherDenials),
  };
}

function changedList(list: ReadonlySet<string>, change: ListChange = {}): ReadonlySet<string> {
  const removed = new Set(change.remove);
  return new Set([...[...list].filter((each) => !removed.has(each)), ...(change.add ?? [])]);
}

/** The rules that a posting goes by until its practice puts others in force. */
export const BUILT_IN_RULES: PostingRules = postingRules({});

/** What is wrong with a file of rules, by JSON pointer; empty when it is one. */
export function rulesProblems(value: unknown): string[] {
  if (!isObject(value)) return ["/ is not an object"];
  const { providerAdjustments = {}, payers = {}, ...changes } = value;
  const problems = changeProblems(changes, "");
  if (!isObject(providerAdjustments)) problems.push("/providerAdjustments is not an object");
  else {
    for (const [code, account] of Object.entries(providerAdjustments)) {
      if (typeof account === "string" && Object.hasOwn(ACCOUNTS, account)) continue;
      problems.push(`/providerAdjustments/${code} names no account of the ledger`);
    }
  }
  if (!isObject(payers)) return [...problems, "/payers is not an object"];
  for (const [id, own] of Object.entries(payers)) {
    if (isObject(own)) problems.push(...changeProblems(own, `/payers/${id}`));
    else problems.push(`/payers/${id} is not an object`);
  }
  return problems;
}

function changeProblems(changes: Record<string, unknown>, at: string): string[] {
  return Object.entries(changes).flatMap(([name, change]) => {
    if (name !== "contractual" && name !== "otherDenials") return [`${at}/${name} is not known`];
    if (!isObject(change)) return [`${at}/${name} is not an object`];
    return Object.entries(change).flatMap(([verb, codes]) => {
      if (verb !== "add" && verb !== "remove") return [`${at}/${name}/${verb} is not known`];
      const isList = Array.isArray(codes) && codes.every(isReason);
      return isList ? [] : [`${at}/${name}/${verb} is not a list of reason codes`];
    });
  });
}

function isReason(code: unknown): boolean {
  return typeof code === "string" && /^[A-Z0-9]{1,5}$/.test(code);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
