import { createHash, randomBytes } from "node:crypto";
import { type ApiKeyDocument, peopleModels } from "../../platform/store/people.ts";
import { isRole, KEY_ROLES, type Role } from "../../trust/access/index.ts";
import type { AuditDraft } from "../../trust/audit/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import type { Origin } from "./sign-in.ts";

const KEY = /^cw_[A-Za-z0-9_-]{43}$/;
const PREFIX_LENGTH = 11;
/** A key that nobody renews ends by itself. */
const DEFAULT_DAYS = 365;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** `lastUsedAt` is kept to this precision, so that a busy key does not write at every request. */
const LAST_USED_PRECISION_MS = 60_000;
/** A key that ends so soon, and that none replaces, is warned of. */
const WARNING_MS = 14 * DAY_MS;

/** How long a rotated key goes on working beside the new one, hours: a day, and at most thirty days. */
export const OVERLAP_HOURS = { usual: 24, most: 30 * 24 } as const;

/** Where a key stands: only the first three open anything. */
export type KeyState = "active" | "expiring" | "replaced" | "expired" | "revoked";

/** A key as an administrator sees it: never the key itself. */
export interface ApiKeySummary {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly prefix: string;
  readonly state: KeyState;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
  /** The route, as `GET /api/v1/outbound-files/:id`. */
  readonly lastUsedFor: string | null;
  /** Ids of the keys that came after it and before it. */
  readonly replacedBy: string | null;
  readonly replaces: string | null;
}

/** A new key, with the key itself, which is shown this once. */
export type NewApiKey = ApiKeySummary & { readonly key: string };

/** A new key for a machine. `invalid` for a role no key may have. */
export async function createApiKey(
  app: App,
  actor: Actor,
  wanted: { name: string; role: Role; expiresInDays?: number | undefined },
): Promise<NewApiKey> {
  const { name, role, expiresInDays = DEFAULT_DAYS } = wanted;
  if (!KEY_ROLES.includes(role))
    throw new OperatingError("invalid", "This role cannot be given to a key.");
  const { key, document } = newKey(app, actor, { name, role, expiresInDays, replaces: null });
  await app.store.transaction(async (session) => {
    await peopleModels(app.store.connection).ApiKey.create([document], { session });
    await recordAudit(app, actor, draftOf("api-key.create", document._id, { role }), session);
  });
  return { ...summaryOf(document, app.now()), key };
}

/**
 * A new key in the place of one that works, of its name and role. Both work for so many hours, so that the machine can
 * change over at leisure; then only the new one does. `not-found`; `state` for a key that works no more, or that was
 * rotated already.
 */
export async function rotateApiKey(
  app: App,
  actor: Actor,
  id: string,
  wanted: { overlapHours?: number | undefined; expiresInDays?: number | undefined },
): Promise<{ old: ApiKeySummary; new: NewApiKey }> {
  const { overlapHours = OVERLAP_HOURS.usual, expiresInDays = DEFAULT_DAYS } = wanted;
  if (!(overlapHours >= 0 && overlapHours <= OVERLAP_HOURS.most)) {
    throw new OperatingError("invalid", `Both keys work for 0 to ${OVERLAP_HOURS.most} hours.`);
  }
  const { ApiKey } = peopleModels(app.store.connection);
  const { practiceId } = actor;
  return app.store.transaction(async (session) => {
    const old = await ApiKey.findOne({ _id: id, practiceId }).session(session).lean();
    if (old === null) throw new OperatingError("not-found");
    const now = app.now();
    const { role } = old;
    if (!isWorking(stateOf(old, now)) || (old.replacedBy ?? null) !== null || !isRole(role)) {
      throw new OperatingError("state", "Only a key that works, and was not rotated yet, can be.");
    }
    const made = newKey(app, actor, { name: old.name, role, expiresInDays, replaces: id });
    const replacedBy = made.document._id;
    const expiresAt = earlier(old.expiresAt, new Date(now.getTime() + overlapHours * HOUR_MS));
    await ApiKey.updateOne(
      { _id: id, practiceId },
      { $set: { expiresAt, replacedBy } },
      { session },
    );
    await ApiKey.create([made.document], { session });
    const worksUntil = expiresAt.toISOString();
    const drafts = [
      draftOf("api-key.rotate", id, { replacedBy, worksUntil }),
      draftOf("api-key.create", replacedBy, { role, replaces: id }),
    ];
    await recordAudit(app, actor, drafts, session);
    return {
      old: summaryOf({ ...old, expiresAt, replacedBy }, now),
      new: { ...summaryOf(made.document, now), key: made.key },
    };
  });
}

/** The keys of the actor's practice, oldest first, revoked ones included. */
export async function listApiKeys(app: App, actor: Actor): Promise<ApiKeySummary[]> {
  const { practiceId } = actor;
  const keys = await peopleModels(app.store.connection)
    .ApiKey.find({ practiceId })
    .sort({ createdAt: 1 })
    .lean();
  return keys.map((key) => summaryOf(key, app.now()));
}

/** Ends a key at once. `not-found` for an id that the practice does not have. */
export async function revokeApiKey(app: App, actor: Actor, id: string): Promise<ApiKeySummary> {
  const { ApiKey } = peopleModels(app.store.connection);
  const { practiceId } = actor;
  return app.store.transaction(async (session) => {
    const key = await ApiKey.findOne({ _id: id, practiceId }).session(session).lean();
    if (key === null) throw new OperatingError("not-found");
    const revokedAt = key.revokedAt ?? app.now();
    await ApiKey.updateOne({ _id: id, practiceId }, { $set: { revokedAt } }, { session });
    await recordAudit(app, actor, draftOf("api-key.revoke", id), session);
    return summaryOf({ ...key, revokedAt }, app.now());
  });
}

/**
 * The machine whose key this is (45 CFR 164.312(d)), named by the key's id; undefined when unknown or ended. `use` is the
 * route that it is used for.
 */
export async function authenticateKey(app: App, key: string, use: string, origin: Origin) {
  if (!KEY.test(key)) return undefined;
  const { ApiKey } = peopleModels(app.store.connection);
  const found = await ApiKey.findOne({ keyHash: sha256(key) }).lean();
  const now = app.now();
  if (found === null || !isRole(found.role)) return undefined;
  const { _id: id, practiceId, role } = found;
  const told = { requestId: origin.requestId, practiceId, actorId: id };
  const state = stateOf(found, now);
  if (!isWorking(state)) {
    app.log.warn("api-key-refused", told);
    return undefined;
  }
  if (now.getTime() - (found.lastUsedAt?.getTime() ?? 0) > LAST_USED_PRECISION_MS) {
    await ApiKey.updateOne({ _id: id }, { $set: { lastUsedAt: now, lastUsedFor: use } });
    if (state === "expiring") app.log.warn("api-key-expiring", told);
  }
  const actor: Actor = { id, kind: "machine", roles: [role], practiceId, ...origin };
  return actor;
}

function newKey(
  app: App,
  { practiceId }: Actor,
  wanted: { name: string; role: Role; expiresInDays: number; replaces: string | null },
): { key: string; document: ApiKeyDocument } {
  const { name, role, expiresInDays, replaces } = wanted;
  const key = `cw_${randomBytes(32).toString("base64url")}`;
  const createdAt = app.now();
  const document = {
    _id: app.newId(),
    practiceId,
    name,
    role,
    keyHash: sha256(key),
    prefix: key.slice(0, PREFIX_LENGTH),
    createdAt,
    expiresAt: new Date(createdAt.getTime() + expiresInDays * DAY_MS),
    revokedAt: null,
    lastUsedAt: null,
    replaces,
  };
  return { key, document };
}

function stateOf({ expiresAt, revokedAt, replacedBy = null }: ApiKeyDocument, now: Date): KeyState {
  if (revokedAt !== null) return "revoked";
  const leftMs =
    expiresAt === null ? Number.POSITIVE_INFINITY : expiresAt.getTime() - now.getTime();
  if (leftMs <= 0) return "expired";
  if (replacedBy !== null) return "replaced";
  return leftMs <= WARNING_MS ? "expiring" : "active";
}

function isWorking(state: KeyState): boolean {
  return state !== "revoked" && state !== "expired";
}

function earlier(one: Date | null, other: Date): Date {
  return one !== null && one < other ? one : other;
}

function draftOf(action: string, id: string, detail: AuditDraft["detail"] = {}): AuditDraft {
  const entity = { type: "api-key", id };
  return { action, entity, purpose: "operations", outcome: "success", detail };
}

function summaryOf(key: ApiKeyDocument, now: Date): ApiKeySummary {
  return {
    id: key._id,
    name: key.name,
    role: key.role,
    prefix: key.prefix,
    state: stateOf(key, now),
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    lastUsedFor: key.lastUsedFor ?? null,
    replacedBy: key.replacedBy ?? null,
    replaces: key.replaces ?? null,
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
