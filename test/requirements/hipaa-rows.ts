/** A paragraph of the Security Rule, in our own words, and where it lives. */
export interface HipaaRow {
  readonly paragraph: string;
  readonly words: string;
  /** What the product does for it; for duties of the organization, what it brings to them. */
  readonly how: string;
  /** Files of the source. */
  readonly places: readonly string[];
}

/** Every paragraph of 45 CFR 164.312 (technical safeguards) and 164.316 (policies and documentation). */
export const HIPAA_ROWS: readonly HipaaRow[] = [
  {
    paragraph: "164.312(a)(1)",
    words: "Access control: only who has been granted it gets to patient data",
    how: "A table of permissions, looked up before every route; each practice is a wall; patient fields are withheld one by one",
    places: [
      "src/trust/access/matrix.ts",
      "src/faces/http/serve.ts",
      "src/platform/store/scoped.ts",
    ],
  },
  {
    paragraph: "164.312(a)(2)(i)",
    words: "Unique user identification (required)",
    how: "One account a person, one key a machine; each audit event carries its id",
    places: ["src/app/people/people.ts", "src/app/people/api-keys.ts"],
  },
  {
    paragraph: "164.312(a)(2)(ii)",
    words: "Emergency access procedure (required)",
    how: "What is needed can be had when the usual way is shut: a backup is opened elsewhere with the keys, the organization decides who holds them",
    places: ["src/app/store-upkeep.ts", "src/faces/cli/commands/store.ts"],
  },
  {
    paragraph: "164.312(a)(2)(iii)",
    words: "Automatic logoff (addressable; done)",
    how: "15 minutes without a request, 12 hours in any case, at the server",
    places: ["src/faces/http/session.ts"],
  },
  {
    paragraph: "164.312(a)(2)(iv)",
    words: "Encryption and decryption (addressable; done)",
    how: "AES-256-GCM for patient fields, bytes of files and backups, bound to their place; keys outside the database, rotated while others work",
    places: [
      "src/trust/sealing/seal.ts",
      "src/trust/sealing/seal-stream.ts",
      "src/platform/store/collections.ts",
    ],
  },
  {
    paragraph: "164.312(b)",
    words: "Audit controls: record and examine what is done with patient data",
    how: "One event for every use, in the transaction of the change; lists say what they have shown; refusals too",
    places: ["src/app/audit/audit.ts", "src/trust/audit/event.ts"],
  },
  {
    paragraph: "164.312(c)(1)",
    words: "Integrity: no improper alteration or destruction",
    how: "Money and audit are only added to; events form a hash chain with signed ends outside the database",
    places: [
      "src/trust/audit/chain.ts",
      "src/trust/audit/checkpoint.ts",
      "src/billing/ledger/journal.ts",
    ],
  },
  {
    paragraph: "164.312(c)(2)",
    words: "Mechanism to authenticate patient data (addressable; done)",
    how: "Sealed data does not open when a bit of it, or its place, was changed",
    places: ["src/trust/sealing/seal.ts", "src/trust/sealing/seal-stream.ts"],
  },
  {
    paragraph: "164.312(d)",
    words: "Person or entity authentication",
    how: "Password (argon2id) and a second factor; keys for machines; again before dangerous acts",
    places: [
      "src/app/people/sign-in.ts",
      "src/app/people/second-factor.ts",
      "src/app/people/api-keys.ts",
    ],
  },
  {
    paragraph: "164.312(e)(1)",
    words: "Transmission security: guard against access over a network",
    how: "TLS by configuration and nothing else then; a warning where other machines reach it in the clear",
    places: ["src/faces/http/listen.ts"],
  },
  {
    paragraph: "164.312(e)(2)(i)",
    words: "Integrity controls in transmission (addressable; done)",
    how: "TLS; uploads may name their SHA-256 and are refused when damaged; cut files are told",
    places: ["src/faces/http/routes/exchange.ts", "src/faces/jobs/arrived-whole.ts"],
  },
  {
    paragraph: "164.312(e)(2)(ii)",
    words: "Encryption in transmission (addressable; done)",
    how: "TLS 1.2 and 1.3 with ciphers of forward secrecy only",
    places: ["src/faces/http/listen.ts"],
  },
  {
    paragraph: "164.316(a)",
    words: "Policies and procedures that carry the rule out",
    how: "The organization's duty. The program's share is policy as data: who may do what is one table, what it says is what is done",
    places: ["src/trust/access/matrix.ts"],
  },
  {
    paragraph: "164.316(b)(1)(i)",
    words: "Keep the policies in writing",
    how: "The organization's duty. The program's own documentation is in writing and held to the program by tests",
    places: ["docs/threat-model.md", "SECURITY.md"],
  },
  {
    paragraph: "164.316(b)(1)(ii)",
    words: "Keep a record of actions and assessments that the rule asks for",
    how: "The audit trail is that record for what is done with the program, exported as a file that is verified without it",
    places: ["src/app/audit/export-audit.ts"],
  },
  {
    paragraph: "164.316(b)(2)(i)",
    words: "Keep documentation six years",
    how: "No record of the audit trail can be deleted by the program; the organization keeps its backups and exports",
    places: ["src/platform/store/scoped.ts", "src/trust/audit/chain.ts"],
  },
  {
    paragraph: "164.316(b)(2)(ii)",
    words: "Make documentation available to those who carry it out",
    how: "The interface documents itself to whoever uses it, with the permission that each route needs",
    places: ["src/faces/http/openapi.ts", "src/faces/http/routes/documents.ts"],
  },
  {
    paragraph: "164.316(b)(2)(iii)",
    words: "Review documentation, and update it when things change",
    how: "The organization's duty. Pages of this repository fail the build when the program has changed and they have not",
    places: ["docs/hipaa.md", "docs/asvs.md", "docs/errors.md"],
  },
];
