/** The rooms of the page, and the permission that opens each. */
export const ROOMS = [
  { path: "/queue", name: "Queue", permission: "denials:read" },
  { path: "/claims", name: "Claims", permission: "claims:read" },
  { path: "/remittances", name: "Remittances", permission: "remittances:read" },
  { path: "/desk", name: "Desk", permission: "exceptions:read" },
  { path: "/exchange", name: "Exchange", permission: "exchange:fetch" },
  { path: "/figures", name: "Figures", permission: "reports:read" },
  { path: "/people", name: "People", permission: "users:manage" },
  { path: "/audit", name: "Audit", permission: "audit:read" },
] as const;
