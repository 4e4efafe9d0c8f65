/** Groups of fields that a read shows: to everybody who may read, and only to who may see patients. */
interface Shown {
  readonly all: readonly string[];
  readonly ofPatients: readonly string[];
}

const CLAIM_ROW: Shown = {
  all: ["claim.payer", "claim.totals", "claim.status"],
  ofPatients: ["claim.number", "claim.service-date"],
};
const REMITTANCE: Shown = {
  all: ["remittance.payment", "remittance.certificate"],
  ofPatients: ["remittance.claims"],
};
const WORK_ITEM: Shown = {
  all: ["work-item.reason", "work-item.amount", "work-item.deadline", "work-item.status"],
  ofPatients: ["work-item.claim", "work-item.words"],
};
const DEPOSIT: Shown = {
  all: ["deposit.amount", "deposit.payer", "deposit.match"],
  ofPatients: ["deposit.text"],
};

/** What each read shows, by the action of its event: which fields, not only which record (45 CFR 164.312(b)). */
const SHOWN: Readonly<Record<string, Shown>> = {
  "claim.list": CLAIM_ROW,
  "claim.search": CLAIM_ROW,
  "claim.read": {
    all: [...CLAIM_ROW.all, "claim.submissions"],
    ofPatients: [...CLAIM_ROW.ofPatients, "claim.lines", "claim.adjudications", "claim.timeline"],
  },
  "claim.read-balance": {
    all: ["claim.totals"],
    ofPatients: ["claim.journal", "claim.adjudications", "file.segments"],
  },
  "remittance.list": REMITTANCE,
  "remittance.read": REMITTANCE,
  "work-item.list": WORK_ITEM,
  "work-item.read": {
    all: WORK_ITEM.all,
    ofPatients: [
      ...WORK_ITEM.ofPatients,
      "work-item.lines",
      "work-item.notes",
      "work-item.calls",
      "work-item.correction",
    ],
  },
  "exception.list": { all: [], ofPatients: ["exception.payment", "exception.reason"] },
  "exception.read": {
    all: ["exception.reason"],
    ofPatients: ["exception.payment", "exception.candidates", "exception.desk"],
  },
  "deposit.list": DEPOSIT,
  "deposit.read": DEPOSIT,
  "deposit.late": { all: ["deposit.amount", "remittance.payment"], ofPatients: [] },
  "file.list": { all: ["file.name", "file.totals"], ofPatients: [] },
  // A clearinghouse collects files whole.
  "file.fetch": { all: ["file.bytes"], ofPatients: [] },
  "patient.search": {
    all: ["patient.id"],
    ofPatients: ["patient.name", "patient.birth-date", "claim.service-date"],
  },
};

/**
 * The groups of fields that a read has shown, for its event; undefined where the action is no read. Who may not see
 * patients was not shown what tells of them.
 */
export function shownFields(action: string, seesPatients: boolean): readonly string[] | undefined {
  const shown = SHOWN[action];
  if (shown === undefined) return undefined;
  return seesPatients ? [...shown.all, ...shown.ofPatients] : shown.all;
}
