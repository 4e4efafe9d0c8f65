import type { IndexDefinition, IndexOptions } from "mongoose";

/** One index of a collection. `practiceId` leads, so that it can be the shard key's first part. */
export type Index = readonly [IndexDefinition, IndexOptions?];

/** What still wants work: the queue's lists are read from indexes that hold nothing else. */
const IN_QUEUE: IndexOptions = {
  partialFilterExpression: { status: { $in: ["open", "in-progress", "waiting"] } },
};

/** What the queue is sorted by. The id breaks ties, and is in order of age. */
const QUEUE_SORTS: readonly IndexDefinition[] = [
  { "priority.score": -1, _id: 1 },
  { "deadline.date": 1, _id: 1 },
  { amountCents: -1, _id: 1 },
  { _id: 1 },
];

/** What the queue is narrowed by, the most selective first: among equals the planner takes that. */
const QUEUE_FILTERS = ["assignee", "reasonCode", "payer.id", "category", "kind", "owner"] as const;

/** A list of the queue by status, or by any one filter, in any order is one walk along an index. */
const QUEUE_INDEXES: readonly Index[] = QUEUE_SORTS.flatMap((sort): readonly Index[] => [
  [{ practiceId: 1, status: 1, ...sort } as IndexDefinition],
  ...QUEUE_FILTERS.map(
    (field): Index => [{ practiceId: 1, [field]: 1, ...sort } as IndexDefinition, IN_QUEUE],
  ),
]);

/** Every collection with its indexes: the golden list that migrations lead to. */
export const COLLECTIONS = {
  files: [[{ practiceId: 1, direction: 1, _id: -1 }], [{ practiceId: 1, sha256: 1 }]],
  encounters: [
    [{ practiceId: 1, externalId: 1 }, { unique: true }],
    [{ practiceId: 1, services: 1 }],
    [{ practiceId: 1, claimId: 1 }],
  ],
  claims: [
    [{ practiceId: 1, patientControlNumbers: 1 }, { unique: true }],
    [{ practiceId: 1, payerClaimControlNumbers: 1 }],
    [{ practiceId: 1, searchKeys: 1 }],
    [{ practiceId: 1, patientId: 1 }],
    [{ practiceId: 1, "submissions.batchId": 1 }],
    [
      { practiceId: 1, originalReference: 1 },
      { partialFilterExpression: { originalReference: { $exists: true } } },
    ],
    [{ practiceId: 1, "status.adjudication": 1, _id: -1 }],
  ],
  adjudications: [
    [{ practiceId: 1, claimId: 1 }],
    [{ practiceId: 1, remittanceId: 1, ordinal: 1, turn: 1, part: 1 }, { unique: true }],
    [{ practiceId: 1, month: 1 }],
    [
      { practiceId: 1, withdraws: 1 },
      { partialFilterExpression: { withdraws: { $exists: true } } },
    ],
    [{ practiceId: 1, flags: 1 }, { partialFilterExpression: { flags: "crossover" } }],
  ],
  journal: [[{ practiceId: 1, claimId: 1 }]],
  remittances: [
    [{ practiceId: 1, key: 1 }],
    [{ practiceId: 1, contentDigest: 1 }, { unique: true }],
    [{ practiceId: 1, traceNumber: 1 }],
    [{ practiceId: 1, depositMatchId: 1, "header.paymentCents": 1 }],
    [{ practiceId: 1, "providerAdjustments.reasonCode": 1 }],
    [{ practiceId: 1, "providerAdjustments.reference": 1 }],
  ],
  deposits: [
    [{ practiceId: 1, key: 1 }, { unique: true }],
    [{ practiceId: 1, status: 1, _id: -1 }],
    [{ practiceId: 1, status: 1, amountCents: 1 }],
    [{ practiceId: 1, kind: 1, date: 1 }],
    [{ practiceId: 1, status: 1, "traces.traceNumber": 1 }],
  ],
  depositMatches: [[{ practiceId: 1, status: 1, _id: -1 }]],
  parkedPayments: [
    [{ practiceId: 1, remittanceId: 1, ordinal: 1 }],
    [{ practiceId: 1, status: 1, patientControlNumber: 1 }],
    [{ practiceId: 1, status: 1, payerClaimControlNumber: 1 }],
    [{ practiceId: 1, claimId: 1 }],
  ],
  workItems: [
    ...QUEUE_INDEXES,
    [{ practiceId: 1, claimId: 1 }],
    [{ practiceId: 1, remittanceId: 1 }],
    [{ practiceId: 1, waitingUntil: 1 }, IN_QUEUE],
    [{ practiceId: 1, "priority.until": 1 }, IN_QUEUE],
  ],
  queueCounts: [[{ practiceId: 1 }]],
  queueViews: [[{ practiceId: 1 }]],
  batches: [
    [{ practiceId: 1, interchangeControlNumber: 1, groupControlNumber: 1, setControlNumber: 1 }],
    [{ practiceId: 1, groupControlNumber: 1 }],
  ],
  acknowledgements: [[{ practiceId: 1, digest: 1 }, { unique: true }]],
  legalHolds: [[{ practiceId: 1, status: 1, patientId: 1 }]],
  // The id of an event is its practice and place in the chain: unique and in order.
  auditEvents: [
    [
      { practiceId: 1, "detail.breakGlass": 1 },
      { partialFilterExpression: { "detail.breakGlass": { $exists: true } } },
    ],
    [
      { practiceId: 1, purpose: 1, patientId: 1 },
      { partialFilterExpression: { purpose: "patient-request" } },
    ],
  ],
  auditHeads: [],
  approvals: [[{ practiceId: 1, status: 1, expiresAt: 1 }]],
  practiceRules: [],
  disclosures: [[{ practiceId: 1, patientId: 1, date: 1 }]],
  breakGlasses: [[{ practiceId: 1, userId: 1, endsAt: 1 }]],
  reviews: [[{ practiceId: 1, key: 1 }, { unique: true }], [{ practiceId: 1, status: 1, _id: -1 }]],
  counters: [],
  settings: [[{ practiceId: 1, name: 1, number: 1 }, { unique: true }]],
  codes: [[{ practiceId: 1, set: 1, generation: 1, code: 1 }]],
} as const satisfies Record<string, readonly Index[]>;

/** The name of a collection. */
export type CollectionName = keyof typeof COLLECTIONS;

/**
 * The fields that hold patient data, or what a person wrote, which may name anybody. Nobody queries them, so they are
 * stored together as one sealed text, `packed`: unreadable without the keys (45 CFR 164.312(a)(2)(iv)), and cheaper than
 * taking them apart into BSON at both ends. Only what JSON keeps may stand in them: an instant is a text.
 */
export const SEALED: Readonly<Partial<Record<CollectionName, readonly string[]>>> = {
  encounters: ["body"],
  claims: ["claim", "adjudications", "timeline", "writeOffs"],
  adjudications: ["payment", "adjudication"],
  journal: ["reason"],
  remittances: ["unposted"],
  parkedPayments: ["payment", "desk"],
  workItems: ["notes", "correction", "calls", "nextActionText"],
  deposits: ["text", "returned"],
  depositMatches: ["differences", "takenBack"],
  legalHolds: ["reason", "lifted"],
  settings: ["reason"],
  approvals: ["input", "reason", "answer"],
  breakGlasses: ["reason"],
  disclosures: ["recipient", "address", "description"],
  reviews: ["note"],
};

/**
 * Whose documents may go when the time that they have to be kept is over: none that holds money, and never the audit
 * trail. What those tell of a patient is erased instead (src/app/records/erased.ts).
 */
export const REMOVABLE: ReadonlySet<CollectionName> = new Set(["files", "encounters", "workItems"]);

/** Changes with every change of the list above, so that a start builds indexes only then. */
export const SCHEMA_VERSION = 15;
