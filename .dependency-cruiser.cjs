/** The table of docs/architecture.md as rules: which wing may stand on which, no cycles, and a pure core. */
const wing = (name, from, allowed) => ({
  name: `${name}-stands-on`,
  severity: "error",
  comment: `${name}/ may import only: ${allowed.join(", ") || "nothing of ours"}`,
  from: { path: from },
  to: { path: "^src/", pathNot: [from, ...allowed.map((room) => `^src/${room}`)] },
});

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "no-unresolved", severity: "error", from: {}, to: { couldNotResolve: true } },
    wing("edi", "^src/edi/", []),
    wing("trust", "^src/trust/", []),
    wing("billing", "^src/billing/", ["edi/", "trust/"]),
    wing("platform", "^src/platform/", ["billing/", "edi/", "trust/"]),
    wing("practice-payer", "^src/practice-payer/", ["edi/", "billing/"]),
    wing("app", "^src/app/", ["platform/", "billing/", "edi/", "trust/", "practice-payer/"]),
    wing("faces", "^src/faces/", ["app/", "platform/config/", "platform/log/", "practice-payer/"]),
    {
      name: "page-talks-to-http-only",
      severity: "error",
      comment: "The page runs in a browser: of the rest it knows nothing but types.",
      from: { path: "^src/faces/page/" },
      to: { path: "^src/", pathNot: "^src/faces/page/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "pure-core",
      severity: "error",
      comment:
        "The core decides: no files, no network, no database, no environment. Time, ids, randomness and bytes are passed in.",
      from: { path: "^src/(billing|edi|trust)/" },
      to: {
        path: "^(node:)?(fs|net|http|https|child_process|worker_threads|os|process)(/|$)|node_modules/(mongoose|mongodb|express|agenda|@agendajs)/",
      },
    },
    {
      name: "x12-knows-no-healthcare",
      severity: "error",
      from: { path: "^src/edi/x12/" },
      to: { path: "^src/edi/(guides|codes)/" },
    },
    {
      name: "money-flows-one-way",
      severity: "error",
      comment:
        "money <- ledger <- remits; intake <- claims; denials and reports look at all of them.",
      from: { path: "^src/billing/(money|ledger|intake|claims|remits)/" },
      to: { path: "^src/billing/(denials|reports)/" },
    },
    {
      name: "embedded-store-is-a-database",
      severity: "error",
      comment:
        "The embedded store knows nothing of billing: it could be taken out and put elsewhere.",
      from: { path: "^src/platform/store/embedded/" },
      to: { path: "^src/", pathNot: "^src/platform/store/embedded/" },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
    },
  },
};
