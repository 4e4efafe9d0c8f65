import { sumOf } from "../../billing/money/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { shownOf } from "../shown.ts";

/** The files that were generated for payers and clearinghouses, newest first. */
export async function listOutboundFiles(app: App, actor: Actor) {
  const practice = app.store.practice(actor.practiceId);
  const files = await practice.files.find({ direction: "out" }, { sort: { _id: -1 }, limit: 1000 });
  const batches = await practice.batches.find({ fileId: { $in: files.map(({ _id }) => _id) } });
  await recordAudit(app, actor, {
    action: "file.list",
    entity: { type: "files", id: actor.practiceId },
    purpose: "payment",
    outcome: "success",
    detail: shownOf(files),
  });
  return files.flatMap((file) => {
    const own = batches.filter(({ fileId }) => fileId === file._id);
    // A file whose claims were never stored, because the program stopped between, is not to be sent.
    if (own.length === 0) return [];
    return {
      id: file._id,
      name: file.name,
      createdAt: file.at.toISOString(),
      bytes: file.byteLength,
      claims: own.reduce((claims, batch) => claims + batch.claims, 0),
      chargeCents: sumOf(own, (batch) => batch.chargeCents),
      payer: own[0]?.payerName ?? "",
      status: own[0]?.status ?? "sent",
    };
  });
}

/** The bytes of one outbound file; each fetch is a disclosure and is audited (45 CFR 164.528). */
export async function readOutboundFile(app: App, actor: Actor, id: string) {
  const practice = app.store.practice(actor.practiceId);
  const file = await practice.files.findOne({ _id: id, direction: "out" });
  const bytes = file && (await app.store.fileBytes.get(actor.practiceId, id));
  if (file === undefined || bytes === undefined) throw new OperatingError("not-found");
  await recordAudit(app, actor, {
    action: "file.fetch",
    entity: { type: "file", id },
    purpose: "payment",
    outcome: "success",
  });
  return { name: file.name, bytes };
}
