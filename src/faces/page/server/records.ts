import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { BalanceReason } from "../../../app/claims/why-balance.ts";
import type { listExceptions, showException } from "../../../app/desk/exceptions.ts";
import type {
  ClaimRow,
  ClaimView,
  DenialRate,
  OutboundFile,
  Page,
  RemittanceView,
} from "../../http/use-cases.ts";
import { ask, queryOf } from "./ask.ts";

const PAGE_SIZE = 100;

/** What is known of a patient; sent in a body, never in an address. */
export interface PatientQuery {
  readonly memberId?: string;
  readonly name?: string;
  readonly birthDate?: string;
}

/** Any list of the programming interface, page by page. */
function pagesOf<Row>(key: readonly unknown[], page: (query: string) => Promise<Page<Row>>) {
  return infiniteQueryOptions({
    queryKey: key,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) => page(queryOf({ limit: PAGE_SIZE, cursor })),
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

/** The claims, or those of one patient. */
export function claimsQuery(patient: PatientQuery | undefined) {
  return pagesOf<ClaimRow>(["claims", patient], (query) =>
    patient === undefined ? ask(`/claims${query}`) : ask(`/claims/search${query}`, "POST", patient),
  );
}

/** One claim with its lines, adjudications and timeline. */
export function claimQuery(patientControlNumber: string) {
  return queryOptions({
    queryKey: ["claim", patientControlNumber],
    queryFn: () => ask<ClaimView>(`/claims/${encodeURIComponent(patientControlNumber)}`),
  });
}

/** One entry of a balance with the segments that made it. */
export type { BalanceReason };

/** Why a claim's balance is what it is. */
export function balanceQuery(patientControlNumber: string) {
  return queryOptions({
    queryKey: ["balance", patientControlNumber],
    queryFn: () =>
      ask<{ readonly balanceCents: number; readonly reasons: readonly BalanceReason[] }>(
        `/claims/${encodeURIComponent(patientControlNumber)}/balance`,
      ),
  });
}

/** The remittances, the newest first. */
export const remittancesQuery = pagesOf<RemittanceView>(["remittances"], (query) =>
  ask(`/remittances${query}`),
);

/** One remittance with its balance certificate. */
export function remittanceQuery(traceNumber: string) {
  return queryOptions({
    queryKey: ["remittance", traceNumber],
    queryFn: () => ask<RemittanceView>(`/remittances/${encodeURIComponent(traceNumber)}`),
  });
}

/** A payment that waits for a person. */
export type ExceptionRow = Awaited<ReturnType<typeof listExceptions>>["items"][number];
/** The same with its lines and what was done about it. */
export type ExceptionView = Awaited<ReturnType<typeof showException>>;

/** What waits at the desk, or has left it. */
export function exceptionsQuery(status: string) {
  return pagesOf<ExceptionRow>(["exceptions", status], (query) =>
    ask(`/exceptions${query}&status=${status}`),
  );
}

/** One payment of the desk. */
export function exceptionQuery(id: string) {
  return queryOptions({
    queryKey: ["exception", id],
    queryFn: () => ask<ExceptionView>(`/exceptions/${encodeURIComponent(id)}`),
  });
}

/** Files that wait for a payer or were given to one. */
export const outboundQuery = queryOptions({
  queryKey: ["outbound"],
  queryFn: async () => (await ask<{ items: readonly OutboundFile[] }>("/outbound-files")).items,
});

/** The denial rate, broken down. */
export function denialRateQuery(by: string) {
  return queryOptions({
    queryKey: ["denial-rate", by],
    queryFn: () => ask<DenialRate>(`/reports/denial-rate${queryOf({ by })}`),
  });
}

/** Every account with its sum; all together zero. */
export const trialBalanceQuery = queryOptions({
  queryKey: ["trial-balance"],
  queryFn: () =>
    ask<{ accounts: Readonly<Record<string, number>>; totalCents: number }>(
      "/ledger/trial-balance",
    ),
});
