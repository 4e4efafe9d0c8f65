import { hash, verify } from "@node-rs/argon2";

/** Argon2id with 19 MiB, 2 passes, 1 lane: the first choice of OWASP's password storage page. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** NIST SP 800-63B-4 asks for 15 characters where a password stands alone, and for no rules of composition. */
const PASSWORD_MIN_LENGTH = 15;
const PASSWORD_MAX_LENGTH = 128;

/** What is said of a password that cannot be chosen. */
export const PASSWORD_RULE =
  "A password needs 15 to 128 characters and must not be made of your name or address.";

/** The password as an argon2id hash in PHC form. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFC"), COST);
}

let decoy: Promise<string> | undefined;

/**
 * Whether the password gives the hash. Where there is no hash the same work is done against a decoy,
 * so that an answer takes as long for an address that is unknown as for one that is not.
 */
export async function checkPassword(passwordHash: string | undefined, password: string) {
  decoy ??= hashPassword("no account has this password");
  const holds = await verify(passwordHash ?? (await decoy), password.normalize("NFC"));
  return holds && passwordHash !== undefined;
}

/** Whether a password may be chosen: long enough, not all one pattern, and not the person's own name or address. */
export function isAcceptable(password: string, person: { email: string; name: string }): boolean {
  const length = [...password].length;
  if (length < PASSWORD_MIN_LENGTH || length > PASSWORD_MAX_LENGTH) return false;
  if (new Set(password).size < 5) return false;
  const folded = password.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
  const [mailbox = ""] = person.email.toLowerCase().split("@");
  const words = [mailbox, person.email.toLowerCase(), person.name.toLowerCase(), "claimwright"];
  return !words.some((word) => isMostly(folded, word.replaceAll(/[^\p{L}\p{N}]/gu, "")));
}

/** Whether little is left of the text without the word. */
function isMostly(text: string, word: string): boolean {
  return word.length >= 3 && text.replaceAll(word, "").length < 8 && text.includes(word);
}
