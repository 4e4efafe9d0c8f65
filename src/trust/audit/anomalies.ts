import type { AuditEvent } from "./event.ts";
import type { ReviewKind } from "./review.ts";

/** What counts as ordinary; beyond it somebody looks. */
export interface ReviewRules {
  /** So many patients one person may look at within an hour. */
  readonly massReadPatients: number;
  /** When the practice works, on its own clock. */
  readonly practiceHours: PracticeHours;
}

/** Hours of work, local: `HH:MM`, and days of the week, 1 for Monday to 7 for Sunday. */
export interface PracticeHours {
  /** IANA name, such as `America/Chicago`. */
  readonly timeZone: string;
  readonly opens: string;
  readonly closes: string;
  readonly days: readonly number[];
}

/** An event with what the store knows of those whom it showed. */
export interface SeenEvent {
  readonly event: AuditEvent;
  /** The patients, by their opaque ids; a record whose patient is not known stands for itself. */
  readonly patients: readonly string[];
  /** Those of them who have the family name of the person that looked. */
  readonly namesakes: readonly string[];
}

/** Something that a person has to look at; the same events always make the same key. */
export interface Anomaly {
  readonly key: string;
  readonly kind: ReviewKind;
  readonly actorId: string;
  readonly happenedAt: string;
  readonly evidence: Readonly<Record<string, string | number>>;
}

const HOUR_MS = 3_600_000;

/** So many refused sign-ins of one account on a day, and so many refused requests of one person, are no mistake. */
const SIGN_INS = 3;
const REFUSALS = 5;

const READ = /\.(read|read-balance|list|search|export)$/;
const PERMISSIONS =
  /^(user\.(roles|create|disable)|setup-link\.create|api-key\.create|second-factor\.reset|settings\.change|delegation\.\w+)$/;

/**
 * Finds what stands out in events that come in the order of their chain (45 CFR 164.308(a)(1)(ii)(D) and (a)(5)(ii)(C)).
 * A finding names people and patients by their ids only.
 */
export class AnomalyFinder {
  readonly #rules: ReviewRules;
  readonly #localTime: (at: string) => LocalTime;
  readonly #found = new Map<string, Anomaly>();
  readonly #counts = new Map<string, number>();
  /** What each person looked at in the last hour, oldest first. */
  readonly #looks = new Map<string, { at: number; patient: string }[]>();

  constructor(rules: ReviewRules) {
    this.#rules = rules;
    this.#localTime = localClock(rules.practiceHours.timeZone);
  }

  /** Takes the next event in. */
  see(seen: SeenEvent): void {
    const { event } = seen;
    this.#emergency(event);
    this.#signIns(event);
    this.#refusals(event);
    this.#permissions(event);
    const isRead = READ.test(event.action) && event.outcome === "success";
    if (event.actor.kind !== "person" || !isRead || seen.patients.length === 0) return;
    this.#afterHours(event);
    this.#namesakes(seen);
    this.#massRead(seen);
  }

  /** What stood out. */
  found(): readonly Anomaly[] {
    return [...this.#found.values()];
  }

  #emergency(event: AuditEvent): void {
    if (event.action !== "break-glass.open") return;
    const { user, minutes } = event.detail ?? {};
    this.#add(event, "break-glass", `break-glass:${event.entity.id}`, {
      actorId: String(user),
      evidence: { breakGlass: event.entity.id, openedBy: event.actor.id, minutes: Number(minutes) },
    });
  }

  #signIns(event: AuditEvent): void {
    if (event.action !== "session.create" || event.outcome !== "denied") return;
    const { id } = event.entity;
    const day = event.at.slice(0, 10);
    const isLocked = event.detail?.reason === "locked";
    if (isLocked) this.#add(event, "lockout", `lockout:${id}:${day}`, { actorId: id });
    const key = `sign-in-failures:${id}:${day}`;
    if (this.#count(key) !== SIGN_INS) return;
    this.#add(event, "sign-in-failures", key, { actorId: id, evidence: { count: SIGN_INS } });
  }

  #refusals(event: AuditEvent): void {
    if (event.action !== "access.refuse") return;
    const reason = event.detail?.reason === "not-found" ? "not-found" : "permission";
    const key = `refused-${reason}:${event.actor.id}:${event.at.slice(0, 10)}`;
    if (this.#count(key) !== REFUSALS) return;
    const kind = reason === "not-found" ? "refused-unknown" : "refused-permission";
    this.#add(event, kind, key, { evidence: { count: REFUSALS } });
  }

  #permissions(event: AuditEvent): void {
    if (!PERMISSIONS.test(event.action) || event.outcome !== "success") return;
    const evidence = { action: event.action, entity: event.entity.id };
    this.#add(event, "permission-change", `permission-change:${event.sequence}`, { evidence });
  }

  #afterHours(event: AuditEvent): void {
    const { opens, closes, days } = this.#rules.practiceHours;
    const { day, weekday, time } = this.#localTime(event.at);
    if (days.includes(weekday) && time >= opens && time < closes) return;
    const evidence = { localDay: day, localTime: time };
    this.#add(event, "after-hours", `after-hours:${event.actor.id}:${day}`, { evidence });
  }

  /** Once a month for one person and patient: a namesake at the same practice is often no relative. */
  #namesakes({ event, namesakes }: SeenEvent): void {
    for (const patientId of namesakes) {
      const key = `own-name:${event.actor.id}:${patientId}:${event.at.slice(0, 7)}`;
      this.#add(event, "own-name", key, { evidence: { patientId } });
    }
  }

  #massRead({ event, patients }: SeenEvent): void {
    const { id } = event.actor;
    const at = Date.parse(event.at);
    const looks = (this.#looks.get(id) ?? []).filter((look) => at - look.at < HOUR_MS);
    looks.push(...patients.map((patient) => ({ at, patient })));
    this.#looks.set(id, looks);
    if (looks.length <= this.#rules.massReadPatients) return;
    const count = new Set(looks.map(({ patient }) => patient)).size;
    if (count <= this.#rules.massReadPatients) return;
    const key = `mass-read:${id}:${event.at.slice(0, 10)}`;
    this.#add(event, "mass-read", key, { evidence: { patients: count } });
  }

  #count(key: string): number {
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count;
  }

  /** The first event that makes a key is the one that is told of. */
  #add(
    event: AuditEvent,
    kind: ReviewKind,
    key: string,
    { actorId = event.actor.id, evidence = {} }: Partial<Pick<Anomaly, "actorId" | "evidence">>,
  ): void {
    if (this.#found.has(key)) return;
    const said = { ...evidence, sequence: event.sequence };
    this.#found.set(key, { key, kind, actorId, happenedAt: event.at, evidence: said });
  }
}

/** An instant on the practice's clock. */
interface LocalTime {
  /** ISO calendar date. */
  readonly day: string;
  /** 1 for Monday to 7 for Sunday. */
  readonly weekday: number;
  /** `HH:MM`. */
  readonly time: string;
}

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Reads instants on the clock of a time zone, daylight saving included. RangeError for a zone that is none. */
function localClock(timeZone: string): (at: string) => LocalTime {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  return (at) => {
    const parts = new Map(
      format.formatToParts(new Date(at)).map((part) => [part.type, part.value]),
    );
    const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? "";
    return {
      day: `${of("year")}-${of("month")}-${of("day")}`,
      weekday: WEEKDAYS.indexOf(of("weekday")) + 1,
      time: `${of("hour")}:${of("minute")}`,
    };
  };
}

/** Whether the hours are hours: a zone that exists, times in their order, days of the week. */
export function isPracticeHours({ timeZone, opens, closes, days }: PracticeHours): boolean {
  const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text);
  try {
    localClock(timeZone);
  } catch {
    return false;
  }
  const areDays = days.every((day) => Number.isInteger(day) && day >= 1 && day <= 7);
  return isTime(opens) && isTime(closes) && opens < closes && areDays;
}
