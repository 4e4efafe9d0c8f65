import mongoose from "mongoose";
import type { Keys } from "../keys/index.ts";
import type { Stored } from "./documents.ts";
import { Seal } from "./seal.ts";

/** A person who may sign in. */
export interface UserDocument {
  readonly _id: string;
  readonly practiceId: string;
  /** Lower-case; one account per address and practice. */
  readonly email: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** argon2id in PHC form, with its parameters and salt. */
  readonly passwordHash: string;
  /** Attempts since the last success; five use them up until `lockedUntil`. */
  readonly failedAttempts: number;
  readonly lockedUntil: Date | null;
  /** Since when the second factor counts; absent in accounts from before there was one. */
  readonly factorConfirmedAt?: Date | null;
  /** The last step of time whose code was used; no code counts twice. */
  readonly factorStep?: number;
  /** SHA-256, hexadecimal, of the recovery codes that are left. */
  readonly recoveryHashes?: readonly string[];
  /** Rises when all sessions of the person end; absent in accounts from before it was kept. */
  readonly sessionGeneration?: number;
  /** By which provider and under which name of its own the person signs in too; absent until the first time. */
  readonly issuer?: string;
  readonly subject?: string;
  /** FACTOR_FIELDS, sealed. */
  readonly packed?: Uint8Array;
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
}

/** What an account keeps sealed: the secret of its authenticator app, base32. */
export const FACTOR_FIELDS: readonly string[] = ["factorSecret"];

/** A key by which a machine names itself. The key itself is shown once and never kept. */
export interface ApiKeyDocument {
  readonly _id: string;
  readonly practiceId: string;
  readonly name: string;
  readonly role: string;
  /** SHA-256, hexadecimal. A key is 256 random bits, so a slow hash would add nothing. */
  readonly keyHash: string;
  /** The first characters, by which people tell keys apart. */
  readonly prefix: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
  /** The route that it was last used for; absent in keys from before it was kept. */
  readonly lastUsedFor?: string | null;
  /** The key that takes its place, once it is rotated, and the one whose place it has taken. */
  readonly replacedBy?: string | null;
  readonly replaces?: string | null;
}

/** Roles of one person that another holds too until a moment. */
export interface DelegationDocument {
  readonly _id: string;
  readonly practiceId: string;
  readonly fromId: string;
  readonly toId: string;
  readonly roles: readonly string[];
  readonly reason: string;
  readonly createdAt: Date;
  readonly endsAt: Date;
  readonly revokedAt: Date | null;
}

/** A one-time invitation to become a user. */
interface SetupTokenDocument {
  /** SHA-256, hexadecimal, of the token in the link. */
  readonly _id: string;
  readonly practiceId: string;
  /** The roles that its user will have. */
  readonly roles: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

/** A sign-on that a browser has begun at the provider; good once and for minutes. Nothing in it lets anybody in. */
interface SignOnAttemptDocument {
  /** SHA-256, hexadecimal, of the state; the secret that it was made from is in the browser's cookie only. */
  readonly _id: string;
  /** The page that was asked for. */
  readonly next: string;
  readonly redirectUri: string;
  readonly fresh: boolean;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

/** A secret that the program made for itself, kept with the data so that a restart does not change it. */
interface ProgramSecretDocument {
  readonly _id: string;
  readonly value: string;
  readonly createdAt: Date;
}

const text = { type: String, required: true } as const;
const instant = { type: Date, required: true } as const;
const optionalText = { type: String, default: null } as const;
const optionalInstant = { type: Date, default: null } as const;

const userSchema = new mongoose.Schema<UserDocument>(
  {
    _id: text,
    practiceId: text,
    email: { type: String, required: true, lowercase: true },
    name: text,
    roles: { type: [String], required: true },
    passwordHash: text,
    failedAttempts: { type: Number, required: true, default: 0 },
    lockedUntil: optionalInstant,
    factorConfirmedAt: optionalInstant,
    factorStep: { type: Number, default: 0 },
    recoveryHashes: { type: [String], default: [] },
    sessionGeneration: { type: Number, default: 0 },
    issuer: String,
    subject: String,
    packed: mongoose.Schema.Types.Mixed,
    createdAt: instant,
    disabledAt: optionalInstant,
  },
  { collection: "users", strict: "throw", strictQuery: "throw", versionKey: false },
);
userSchema.index({ practiceId: 1, email: 1 }, { unique: true });
userSchema.index({ email: 1 });
userSchema.index(
  { practiceId: 1, issuer: 1, subject: 1 },
  { unique: true, partialFilterExpression: { subject: { $exists: true } } },
);

const apiKeySchema = new mongoose.Schema<ApiKeyDocument>(
  {
    _id: text,
    practiceId: text,
    name: text,
    role: text,
    keyHash: text,
    prefix: text,
    createdAt: instant,
    expiresAt: optionalInstant,
    revokedAt: optionalInstant,
    lastUsedAt: optionalInstant,
    lastUsedFor: optionalText,
    replacedBy: optionalText,
    replaces: optionalText,
  },
  { collection: "apiKeys", strict: "throw", strictQuery: "throw", versionKey: false },
);
apiKeySchema.index({ practiceId: 1, createdAt: 1 });
apiKeySchema.index({ keyHash: 1 }, { unique: true });

const delegationSchema = new mongoose.Schema<DelegationDocument>(
  {
    _id: text,
    practiceId: text,
    fromId: text,
    toId: text,
    roles: { type: [String], required: true },
    reason: text,
    createdAt: instant,
    endsAt: instant,
    revokedAt: optionalInstant,
  },
  { collection: "delegations", strict: "throw", strictQuery: "throw", versionKey: false },
);
delegationSchema.index({ practiceId: 1, toId: 1, endsAt: 1 });

const setupTokenSchema = new mongoose.Schema<SetupTokenDocument>(
  {
    _id: text,
    practiceId: text,
    roles: { type: [String], required: true },
    createdAt: instant,
    expiresAt: instant,
    usedAt: optionalInstant,
  },
  { collection: "setupTokens", strict: "throw", strictQuery: "throw", versionKey: false },
);
setupTokenSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

const signOnAttemptSchema = new mongoose.Schema<SignOnAttemptDocument>(
  {
    _id: text,
    next: text,
    redirectUri: text,
    fresh: { type: Boolean, required: true },
    createdAt: instant,
    expiresAt: instant,
    usedAt: optionalInstant,
  },
  { collection: "signOnAttempts", strict: "throw", strictQuery: "throw", versionKey: false },
);
signOnAttemptSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

const programSecretSchema = new mongoose.Schema<ProgramSecretDocument>(
  { _id: text, value: text, createdAt: instant },
  { collection: "programSecrets", strict: "throw", strictQuery: "throw", versionKey: false },
);

/**
 * A filter that names no practice where it should name one would be sent without it, and find everybody's: what is
 * undefined is left out. So a practice that is asked for must be one.
 */
function requirePractice(this: { getFilter(): object }): void {
  const filter = this.getFilter();
  if (!("practiceId" in filter)) return;
  const { practiceId } = filter;
  if (typeof practiceId !== "string" || practiceId === "")
    throw new Error("a practice is required to reach its data");
}

const SCOPED = [userSchema, apiKeySchema, delegationSchema, setupTokenSchema] as mongoose.Schema[];
for (const schema of SCOPED) {
  schema.pre(/^(find|count|distinct|exists|update|replace|delete)/, requirePractice as never);
}

/** The models of people, machines and invitations on one connection. */
export interface PeopleModels {
  readonly User: mongoose.Model<UserDocument>;
  readonly ApiKey: mongoose.Model<ApiKeyDocument>;
  readonly Delegation: mongoose.Model<DelegationDocument>;
  readonly SetupToken: mongoose.Model<SetupTokenDocument>;
  readonly SignOnAttempt: mongoose.Model<SignOnAttemptDocument>;
  readonly ProgramSecret: mongoose.Model<ProgramSecretDocument>;
}

/** The models on the connection; registers them at the first call. */
export function peopleModels(connection: mongoose.Connection): PeopleModels {
  return {
    User: modelOn(connection, "User", userSchema),
    ApiKey: modelOn(connection, "ApiKey", apiKeySchema),
    Delegation: modelOn(connection, "Delegation", delegationSchema),
    SetupToken: modelOn(connection, "SetupToken", setupTokenSchema),
    SignOnAttempt: modelOn(connection, "SignOnAttempt", signOnAttemptSchema),
    ProgramSecret: modelOn(connection, "ProgramSecret", programSecretSchema),
  };
}

function modelOn<T>(
  connection: mongoose.Connection,
  name: string,
  schema: mongoose.Schema<T>,
): mongoose.Model<T> {
  const known = connection.models[name] as mongoose.Model<T> | undefined;
  return known ?? (connection.model(name, schema) as unknown as mongoose.Model<T>);
}

/** Makes sure of the indexes; without the unique ones two people could have one address. */
export async function ensurePeopleIndexes(connection: mongoose.Connection): Promise<void> {
  const { User, ApiKey, Delegation, SetupToken, SignOnAttempt } = peopleModels(connection);
  const models = [User, ApiKey, Delegation, SetupToken, SignOnAttempt];
  for (const model of models) await model.createIndexes();
}

/** The secret of an account's authenticator app as the account keeps it. */
export function sealFactor(
  keys: Keys,
  { _id, practiceId }: Pick<UserDocument, "_id" | "practiceId">,
  factorSecret: string,
): Uint8Array {
  const { packed } = new Seal(keys, "users", FACTOR_FIELDS).close({
    _id,
    practiceId,
    factorSecret,
  });
  return packed as Uint8Array;
}

/** The secret of an account's authenticator app, base32; undefined where it has none. CannotOpen. */
export function openFactor(keys: Keys, user: UserDocument): string | undefined {
  if (user.packed === undefined) return undefined;
  const { _id, practiceId, packed } = user;
  const stored: Stored & { packed: Uint8Array } = { _id, practiceId, packed };
  const { factorSecret } = new Seal(keys, "users", FACTOR_FIELDS).open(stored) as Stored & {
    factorSecret: string;
  };
  return factorSecret;
}
