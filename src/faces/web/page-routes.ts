import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { actorMay, type Permission } from "../../app/access.ts";
import { OperatingError } from "../../app/errors.ts";
import { completeSetup, isSetupLinkOpen, listColleagues, type Newcomer } from "../../app/people.ts";
import { type Credentials, signIn, signOut } from "../../app/sign-in.ts";
import { DENIAL_RATE_BREAKDOWNS, OUTCOMES, WORK_ITEM_KINDS } from "../../app/words.ts";
import { csrfToken } from "../http/csrf.ts";
import { type ActorCall, formBody, type Route, type Upload } from "../http/route.ts";
import { MAX_FILE_BYTES, uploadName } from "../http/routes/exchange.ts";
import { EMAIL, ID, PAGING, PASSWORD, text, VERSION, word } from "../http/schemas.ts";
import { beginSession, endSession } from "../http/session.ts";
import type { Paging, WorkItemFilter } from "../http/use-cases.ts";
import { claimPage, claimsPage } from "./claim-pages.ts";
import { denialRatePage } from "./denial-rate-page.ts";
import { setupPage, signInPage } from "./entrance-pages.ts";
import { exchangePage } from "./exchange-page.ts";
import { emptyState, layout, type Room, type Viewer } from "./layout.ts";
import { queuePage } from "./queue-page.ts";
import { remittancePage, remittancesPage } from "./remittance-pages.ts";
import { workItemPage } from "./work-item-page.ts";

const TAG = "pages";
const PAGE = { status: 200, meaning: "HTML" } as const;
const MOVED = { status: 303, meaning: "The page to look at next" } as const;
const LOCAL_PATH = /^\/[a-z-]+(\/[A-Za-z0-9._~%-]+)?$/;

const ROOMS: readonly (Room & { readonly permission: Permission })[] = [
  { path: "/queue", name: "Queue", permission: "denials:read" },
  { path: "/claims", name: "Claims", permission: "claims:read" },
  { path: "/remittances", name: "Remittances", permission: "remittances:read" },
  { path: "/denial-rate", name: "Denial rate", permission: "reports:read" },
  { path: "/exchange", name: "Exchange", permission: "exchange:fetch" },
];

/** Pages are for people: a key opens none (`forbidden`). */
function viewerOf({ actor, person, request }: ActorCall): Viewer {
  if (person === undefined) throw new OperatingError("forbidden");
  const rooms = ROOMS.filter(({ permission }) => actorMay(actor, permission));
  return { name: person.name, csrfToken: csrfToken(request), rooms };
}

/** The message of an error that the person can do something about; others go on to the one who answers errors. */
function sayable(thrown: unknown, ...codes: readonly string[]): string {
  if (thrown instanceof OperatingError && codes.includes(thrown.code)) return thrown.message;
  throw thrown;
}

const ENTRANCE: readonly Route[] = [
  {
    method: "get",
    path: "/sign-in",
    summary: "The form to sign in",
    tag: TAG,
    access: "public",
    query: { next: text(300) },
    answer: PAGE,
    async handler({ query, person }) {
      if (person !== undefined) return { redirect: "/" };
      return { html: signInPage(query.next === undefined ? {} : { next: String(query.next) }) };
    },
  },
  {
    method: "post",
    path: "/sign-in",
    summary: "Sign in",
    tag: TAG,
    access: "public",
    limit: "sign-in",
    body: formBody({ email: EMAIL, password: PASSWORD, next: text(300) }, ["email", "password"]),
    answer: MOVED,
    async handler({ app, request, requestId, body }) {
      const { next = "/", ...credentials } = body as Credentials & { next?: string };
      try {
        const person = await signIn(app, credentials, { requestId, source: "http" });
        await beginSession(request, person, app.now().getTime());
        return { redirect: LOCAL_PATH.test(next) ? next : "/" };
      } catch (thrown) {
        const error = sayable(thrown, "unauthenticated");
        return { status: 401, html: signInPage({ error, email: credentials.email, next }) };
      }
    },
  },
  {
    method: "get",
    path: "/setup/:token",
    summary: "The form by which the person whom a link invites becomes a user",
    tag: TAG,
    access: "public",
    limit: "sign-in",
    params: { token: ID },
    answer: PAGE,
    async handler({ app, params }) {
      const token = params.token ?? "";
      if (await isSetupLinkOpen(app, token)) return { html: setupPage(token, {}) };
      throw new OperatingError("not-found", "The setup link is unknown, was used, or is too old.");
    },
  },
  {
    method: "post",
    path: "/setup/:token",
    summary: "Become a user",
    tag: TAG,
    access: "public",
    limit: "sign-in",
    params: { token: ID },
    body: formBody({ email: EMAIL, name: text(100), password: PASSWORD }, [
      "email",
      "name",
      "password",
    ]),
    answer: MOVED,
    async handler({ app, request, requestId, params, body }) {
      const token = params.token ?? "";
      const newcomer = body as Newcomer;
      try {
        const person = await completeSetup(app, token, newcomer, { requestId, source: "http" });
        await beginSession(request, person, app.now().getTime());
        return { redirect: "/" };
      } catch (thrown) {
        const error = sayable(thrown, "invalid", "state");
        const { email, name } = newcomer;
        return { status: 422, html: setupPage(token, { error, email, name }) };
      }
    },
  },
  {
    method: "post",
    path: "/sign-out",
    summary: "Sign out",
    tag: TAG,
    access: "session",
    body: formBody({}, []),
    answer: MOVED,
    async handler({ app, actor, request }) {
      await signOut(app, actor);
      await endSession(request);
      return { redirect: "/sign-in" };
    },
  },
  {
    method: "get",
    path: "/",
    summary: "The first room that the person may enter",
    tag: TAG,
    access: "session",
    answer: MOVED,
    async handler(call) {
      const viewer = viewerOf(call);
      const [first] = viewer.rooms;
      if (first !== undefined) return { redirect: first.path };
      const meaning = "Your roles show no claims or money.";
      const next = "Users and keys are managed by the API, see /api/docs.";
      return { html: layout({ title: "Welcome", viewer }, emptyState(meaning, next)) };
    },
  },
];

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
  ...ENTRANCE,
  ...QUEUE,
  ...RECORDS,
  ...EXCHANGE,
  ...ASSETS,
];
