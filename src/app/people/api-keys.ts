import { createHash, randomBytes } from "node:crypto";
import { type ApiKeyDocument, peopleModels } from "../../platform/store/people.ts";
import { isRole, KEY_ROLES, type Role } from "../../trust/access/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import type { Origin } from "./sign-in.ts";

const KEY = /^cw_[A-Za-z0-9_-]{43}$/;
const PREFIX_LENGTH = 11;
/** A key that nobody renews ends by itself. */
const DEFAULT_DAYS = 365;
const DAY_MS = 24 * 3_600_000;
/** `lastUsedAt` is kept to this precision, so that a busy key does not write at every request. */
const LAST_USED_PRECISION_MS = 60_000;

/** A key as an administrator sees it: never the key itself. */
export interface ApiKeySummary {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly prefix: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
}

/** A new key for a machine, with the key itself, which is shown this once. `invalid` for a role no key may have. */
export async function createApiKey(
  app: App,
  actor: Actor,
  wanted: { name: string; role: Role; expiresInDays?: number | undefined },
): Promise<ApiKeySummary & { readonly key: string }> {
  const { name, role, expiresInDays = DEFAULT_DAYS } = wanted;
  if (!KEY_ROLES.includes(role))
    throw new OperatingError("invalid", "This role cannot be given to a key.");
  const key = `cw_${randomBytes(32).toString("base64url")}`;
  const createdAt = app.now();
  const expiresAt = new Date(createdAt.getTime() + expiresInDays * DAY_MS);
  const document = {
    _id: app.newId(),
    practiceId: actor.practiceId,
    name,
    role,
    keyHash: sha256(key),
    prefix: key.slice(0, PREFIX_LENGTH),
    createdAt,
    expiresAt,
    revokedAt: null,
    lastUsedAt: null,
  };
  await peopleModels(app.store.connection).ApiKey.create(document);
  await audit(app, actor, "api-key.create", document._id, { role });
  return { ...summaryOf(document), key };
}

/** The keys of the actor's practice, oldest first, revoked ones included. */
export async function listApiKeys(app: App, actor: Actor): Promise<ApiKeySummary[]> {
  const { practiceId } = actor;
  const keys = await peopleModels(app.store.connection)
    .ApiKey.find({ practiceId })
    .sort({ createdAt: 1 })
    .lean();
  return keys.map(summaryOf);
}

/** Ends a key at once. `not-found` for an id that the practice does not have. */
export async function revokeApiKey(app: App, actor: Actor, id: string): Promise<ApiKeySummary> {
  const { ApiKey } = peopleModels(app.store.connection);
  const { practiceId } = actor;
  await ApiKey.updateOne(
    { _id: id, practiceId, revokedAt: null },
    { $set: { revokedAt: app.now() } },
  );
  const key = await ApiKey.findOne({ _id: id, practiceId }).lean();
  if (key === null) throw new OperatingError("not-found");
  await audit(app, actor, "api-key.revoke", id, {});
  return summaryOf(key);
}

/** The machine whose key this is (45 CFR 164.312(d)); undefined when unknown, revoked or expired. */
export async function authenticateKey(app: App, key: string, origin: Origin) {
  if (!KEY.test(key)) return undefined;
  const { ApiKey } = peopleModels(app.store.connection);
  const found = await ApiKey.findOne({ keyHash: sha256(key), revokedAt: null }).lean();
  const now = app.now();
  if (found === null || !isRole(found.role)) return undefined;
  if (found.expiresAt !== null && found.expiresAt <= now) return undefined;
  if (now.getTime() - (found.lastUsedAt?.getTime() ?? 0) > LAST_USED_PRECISION_MS) {
    await ApiKey.updateOne({ _id: found._id }, { $set: { lastUsedAt: now } });
  }
  const { _id: id, practiceId, role } = found;
  const actor: Actor = { id, kind: "machine", roles: [role], practiceId, ...origin };
  return actor;
}

async function audit(app: App, actor: Actor, action: string, id: string, detail: { role?: Role }) {
  const entity = { type: "api-key", id };
  const about = { action, entity, purpose: "operations", outcome: "success" } as const;
  await recordAudit(app, actor, { ...about, detail: { ...detail } });
}

function summaryOf(key: ApiKeyDocument): ApiKeySummary {
  return {
    id: key._id,
    name: key.name,
    role: key.role,
    prefix: key.prefix,
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
