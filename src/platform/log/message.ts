/**
 * Everything the program may say in its log: the name that is written, and what it means.
 * A message is a name and never a sentence, so that no value can slip into it.
 */
const MESSAGES = {
  "server-started": "The server listens",
  "listening-in-the-clear":
    "The server can be reached from other machines without TLS; put it behind a proxy that has it",
  "server-stopped": "The server has closed its last connection",
  "setup-link-created": "No user exists yet; a one-time setup link was printed",
  "request-done": "An HTTP request was answered",
  "request-failed": "An HTTP request met an error that is not the caller's",
  "signed-in": "A person signed in",
  "sign-in-refused": "A sign-in was refused",
  "api-key-expiring": "An API key that is in use ends within two weeks; rotate it",
  "api-key-refused": "An API key was used that has ended",
  "sign-on-unavailable": "The provider of single sign-on does not answer, or not as one",
  "break-glass-opened": "A person opened emergency access to patient data: look at it now",
  "file-ingested": "A file was taken in",
  "file-refused": "A file could not be taken in",
  "file-left":
    "A file stays in the inbox for the next look: it grew, or the database was in trouble",
  "remittance-posted": "A remittance was posted",
  "remittance-parked": "A remittance, or part of it, was parked",
  "claims-generated": "Encounters became claims",
  "store-opened": "The database is open",
  "store-closed": "The database is closed",
  "job-started": "A job began",
  "job-done": "A job ended well",
  "job-failed": "A job failed",
  "transaction-retried": "A transaction met a conflict and runs again",
  "audit-checkpoint-signed": "The head of an audit chain was signed",
  "audit-checkpoint-failed":
    "The head of an audit chain could not be signed and kept; the chain itself is whole",
  "audit-chain-broken": "An audit chain does not verify: it was tampered with or damaged",
  "program-failed": "The program ends because of an error",
} as const;

/** The name of a message. */
export type MessageName = keyof typeof MESSAGES;

/** The name if it is one of ours; otherwise a name that says only that it was not. */
export function messageName(text: unknown): MessageName | "unlisted-message" {
  if (typeof text === "string" && Object.hasOwn(MESSAGES, text)) return text as MessageName;
  return "unlisted-message";
}
