import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { actorMay } from "../../app/access.ts";
import { listColleagues } from "../../app/people/people.ts";
import { DENIAL_RATE_BREAKDOWNS, OUTCOMES, WORK_ITEM_KINDS } from "../../app/words.ts";
import { formBody, type Route, type Upload } from "../http/route.ts";
import { MAX_FILE_BYTES, uploadName } from "../http/routes/exchange.ts";
import { ID, PAGING, text, VERSION, word } from "../http/schemas.ts";
import type { Paging, WorkItemFilter } from "../http/use-cases.ts";
import { claimPage, claimsPage } from "./claim-pages.ts";
import { denialRatePage } from "./denial-rate-page.ts";
import { ENTRANCE_ROUTES } from "./entrance-routes.ts";
import { exchangePage } from "./exchange-page.ts";
import { queuePage } from "./queue-page.ts";
import { remittancePage, remittancesPage } from "./remittance-pages.ts";
import { MOVED, PAGE, TAG, viewerOf } from "./viewer.ts";
import { workItemPage } from "./work-item-page.ts";

const QUEUE: readonly Route[] = [
  {
    method: "get",
    path: "/queue",
    summary: "The work queue",
    tag: TAG,
    access: "denials:read",
    query: {
      cursor: PAGING.cursor ?? {},
      status: text(40),
      kind: word(...WORK_ITEM_KINDS),
      assignee: text(80),
      category: text(60),
    },
    answer: PAGE,
    async handler(call) {
      const { app, useCases, actor } = call;
      const filter = call.query as WorkItemFilter;
      const items = await useCases.listWorkItems(app, actor, filter);
      const colleagues = await listColleagues(app, actor);
      const view = { items, filter, kinds: WORK_ITEM_KINDS, colleagues, now: app.now() };
      return { html: queuePage(viewerOf(call), view) };
    },
  },
  {
    method: "get",
    path: "/queue/:id",
    summary: "One work item",
    tag: TAG,
    access: "denials:read",
    params: { id: ID },
    answer: PAGE,
    async handler(call) {
      const { app, useCases, actor, params } = call;
      const item = await useCases.showWorkItem(app, actor, params.id ?? "");
      const colleagues = await listColleagues(app, actor);
      const mayWork = actorMay(actor, "denials:work");
      const view = { item, colleagues, outcomes: OUTCOMES, mayWork, now: app.now() };
      return { html: workItemPage(viewerOf(call), view) };
    },
  },
  {
    method: "post",
    path: "/queue/:id/note",
    summary: "Add a note to a work item",
    tag: TAG,
    access: "denials:work",
    params: { id: ID },
    body: formBody({ text: text(4000) }, ["text"]),
    answer: MOVED,
    async handler({ app, useCases, actor, params, body }) {
      const { text } = body as { text: string };
      const { id } = await useCases.noteWorkItem(app, actor, params.id ?? "", { text });
      return { redirect: `/queue/${encodeURIComponent(id)}` };
    },
  },
  {
    method: "post",
    path: "/queue/:id/assign",
    summary: "Assign a work item",
    tag: TAG,
    access: "denials:work",
    params: { id: ID },
    body: formBody({ assignee: text(80), version: VERSION }, []),
    answer: MOVED,
    async handler({ app, useCases, actor, params, body }) {
      const { _csrf, assignee = null, ...version } = body as AssignForm;
      const change = { assignee, ...version };
      const { id } = await useCases.assignWorkItem(app, actor, params.id ?? "", change);
      return { redirect: `/queue/${encodeURIComponent(id)}` };
    },
  },
  {
    method: "post",
    path: "/queue/:id/resolve",
    summary: "Resolve a work item",
    tag: TAG,
    access: "denials:work",
    params: { id: ID },
    body: formBody({ outcome: word(...OUTCOMES), note: text(4000), version: VERSION }, ["outcome"]),
    answer: MOVED,
    async handler({ app, useCases, actor, params, body }) {
      const { _csrf, ...outcome } = body as ResolveForm;
      const { id } = await useCases.resolveWorkItem(app, actor, params.id ?? "", outcome);
      return { redirect: `/queue/${encodeURIComponent(id)}` };
    },
  },
];

interface AssignForm {
  readonly _csrf?: string;
  readonly assignee?: string;
  readonly version?: number;
}

interface ResolveForm {
  readonly _csrf?: string;
  readonly outcome: string;
  readonly note?: string;
  readonly version?: number;
}

const RECORDS: readonly Route[] = [
  {
    method: "get",
    path: "/claims",
    summary: "The claims",
    tag: TAG,
    access: "claims:read",
    query: { cursor: PAGING.cursor ?? {}, find: text(80) },
    answer: PAGE,
    async handler(call) {
      const { app, useCases, actor, query } = call;
      const { find, ...paging } = query as Paging & { find?: string };
      if (find !== undefined) return { redirect: `/claims/${encodeURIComponent(find.trim())}` };
      const claims = await useCases.listClaims(app, actor, paging);
      return { html: claimsPage(viewerOf(call), claims) };
    },
  },
  {
    method: "get",
    path: "/claims/:patientControlNumber",
    summary: "One claim",
    tag: TAG,
    access: "claims:read",
    params: { patientControlNumber: ID },
    answer: PAGE,
    async handler(call) {
      const { app, useCases, actor, params } = call;
      const claim = await useCases.showClaim(app, actor, params.patientControlNumber ?? "");
      return { html: claimPage(viewerOf(call), claim) };
    },
  },
  {
    method: "get",
    path: "/remittances",
    summary: "The remittances",
    tag: TAG,
    access: "remittances:read",
    query: { cursor: PAGING.cursor ?? {} },
    answer: PAGE,
    async handler(call) {
      const { app, useCases, actor, query } = call;
      const remittances = await useCases.listRemittances(app, actor, query as Paging);
      return { html: remittancesPage(viewerOf(call), remittances) };
    },
  },
  {
    method: "get",
    path: "/remittances/:traceNumber",
    summary: "One remittance with its balance certificate",
    tag: TAG,
    access: "remittances:read",
    params: { traceNumber: ID },
    answer: PAGE,
    async handler(call) {
      const { app, useCases, actor, params } = call;
      const remittance = await useCases.showRemittance(app, actor, params.traceNumber ?? "");
      return { html: remittancePage(viewerOf(call), remittance) };
    },
  },
  {
    method: "get",
    path: "/denial-rate",
    summary: "The denial rate",
    tag: TAG,
    access: "reports:read",
    query: { by: word(...DENIAL_RATE_BREAKDOWNS) },
    answer: PAGE,
    async handler(call) {
      const { app, useCases, actor, query } = call;
      const by = String(query.by ?? "reason");
      const rate = await useCases.denialRate(app, actor, { by });
      return { html: denialRatePage(viewerOf(call), { rate, by, bys: DENIAL_RATE_BREAKDOWNS }) };
    },
  },
];

const EXCHANGE: readonly Route[] = [
  {
    method: "get",
    path: "/exchange",
    summary: "Files in and out",
    tag: TAG,
    access: "exchange:fetch",
    answer: PAGE,
    async handler(call) {
      const { app, useCases, actor } = call;
      const files = await useCases.listOutboundFiles(app, actor);
      const maySend = actorMay(actor, "exchange:send");
      return { html: exchangePage(viewerOf(call), { files, maySend }) };
    },
  },
  {
    method: "post",
    path: "/exchange",
    summary: "Take a file in",
    tag: TAG,
    access: "exchange:send",
    body: { kind: "upload", mediaTypes: ["multipart/form-data"], limitBytes: MAX_FILE_BYTES },
    answer: PAGE,
    async handler(call) {
      const { app, useCases, actor } = call;
      const { file } = call.body as Upload;
      const name = uploadName(createHash("sha256").update(file).digest("hex"));
      const outcome = await useCases.ingestFile(app, actor, { name, bytes: file });
      const files = await useCases.listOutboundFiles(app, actor);
      return { html: exchangePage(viewerOf(call), { files, maySend: true, outcome }) };
    },
  },
  {
    method: "get",
    path: "/exchange/:id",
    summary: "The bytes of one outbound file",
    tag: TAG,
    access: "exchange:fetch",
    params: { id: ID },
    answer: { status: 200, meaning: "The X12 file as it is" },
    async handler({ app, useCases, actor, params }) {
      const { name, bytes } = await useCases.readOutboundFile(app, actor, params.id ?? "");
      return { bytes, fileName: name, mediaType: "application/edi-x12" };
    },
  },
];

const STYLE = readFileSync(new URL("./page.css", import.meta.url), "utf8");

const ASSETS: readonly Route[] = [
  {
    method: "get",
    path: "/assets/page.css",
    summary: "The style sheet",
    tag: TAG,
    access: "public",
    answer: { status: 200, meaning: "CSS" },
    handler: async () => ({ asset: STYLE, mediaType: "text/css" }),
  },
];

/** Every page, in the same table form as the programming interface, so that the same checks hold. */
export const PAGE_ROUTES: readonly Route[] = [
  ...ENTRANCE_ROUTES,
  ...QUEUE,
  ...RECORDS,
  ...EXCHANGE,
  ...ASSETS,
];
