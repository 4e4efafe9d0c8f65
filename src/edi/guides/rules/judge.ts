import { type Finding, keep } from "../../x12/index.ts";
import type { Loop } from "../loop.ts";
import type { Breach, LoopRule, SetRule, Watch } from "./rule.ts";
import { LOOP_RULES, SET_RULES } from "./table.ts";

/** What a guide's rules say of one of its loops; looked up once, when the guide is compiled. */
export interface Judged {
  /** Loop id of the guide: `2300`. */
  readonly loop: string;
  /** What is asked of it when it is complete. */
  readonly rules: readonly LoopRule[];
  /** Which of the guide's set rules watch it, by their index. */
  readonly watchers: readonly number[];
}

/** The set rules of a guide, by its short name: `837P`. */
export function setRulesOf(guide: string): readonly SetRule[] {
  return SET_RULES.filter(({ guides }) => guides.includes(guide));
}

/** What the rules of a guide say of a loop; undefined for a loop without rules. */
export function judgedBy(guide: string, loop: string): Judged | undefined {
  const concerns = ({ guides, loops }: LoopRule | SetRule) =>
    guides.includes(guide) && loops.includes(loop);
  const rules = LOOP_RULES.filter(concerns);
  const watchers = setRulesOf(guide).flatMap((rule, index) => (concerns(rule) ? [index] : []));
  return rules.length + watchers.length === 0 ? undefined : { loop, rules, watchers };
}

/** Asks the rules while a walker reads sets by one guide, one after the other. */
export class Judge {
  readonly #setRules: readonly SetRule[];
  #watches: readonly Watch[] = [];

  constructor(setRules: readonly SetRule[]) {
    this.#setRules = setRules;
  }

  /** A transaction set begins. */
  begin(): void {
    this.#watches = this.#setRules.map((rule) => rule.watch());
  }

  /** A level begins: `loop` has its HL and no more. */
  opened(judged: Judged, loop: Loop, findings: Finding[]): void {
    for (const index of judged.watchers) {
      const broken = this.#watches[index]?.opened?.(loop);
      this.#tell(index, broken, judged.loop, 0, findings);
    }
  }

  /** A loop is complete; it ends before the segment at `position`. */
  closed(judged: Judged, loop: Loop, position: number, findings: Finding[]): void {
    for (const rule of judged.rules) {
      const broken = rule.breaches(loop);
      if (broken.length > 0) tell(rule, broken, judged.loop, position, findings);
    }
    for (const index of judged.watchers) {
      const broken = this.#watches[index]?.closed?.(loop);
      this.#tell(index, broken, judged.loop, position, findings);
    }
  }

  /** The set ends with the segment at `position`; `root` is its loop "ST". */
  ended(judged: Judged | undefined, root: Loop, position: number, findings: Finding[]): void {
    if (judged !== undefined) this.closed(judged, root, position, findings);
    this.#watches.forEach((watch, index) => {
      this.#tell(index, watch.ended?.(root), root.id, position, findings);
    });
  }

  #tell(
    index: number,
    broken: readonly Breach[] | undefined,
    loop: string,
    position: number,
    findings: Finding[],
  ): void {
    const rule = this.#setRules[index];
    if (rule === undefined || broken === undefined || broken.length === 0) return;
    tell(rule, broken, loop, position, findings);
  }
}

function tell(
  rule: LoopRule | SetRule,
  broken: readonly Breach[],
  loop: string,
  position: number,
  findings: Finding[],
): void {
  for (const one of broken) keep(findings, findingOf(rule, one, loop, position));
}

/** The finding that tells of a breach; `position` is where the loop ends. */
function findingOf(
  rule: LoopRule | SetRule,
  broken: Breach,
  loop: string,
  position: number,
): Finding {
  const { element, component, offCents } = broken;
  const by = offCents === undefined ? "" : ` It is ${dollars(offCents)} off.`;
  return {
    severity: rule.severity,
    code: rule.name,
    snip: rule.snip,
    acknowledgement: broken.acknowledgement,
    loop: broken.loop ?? loop,
    segment: broken.segment,
    position: broken.position ?? position,
    ...(element === undefined ? {} : { element }),
    ...(component === undefined ? {} : { component }),
    message: rule.demands + by,
    fix: rule.fix,
  };
}

function dollars(cents: number): string {
  const text = (Math.abs(cents) / 100).toFixed(2);
  return `${cents < 0 ? "-" : ""}$${text}`;
}
