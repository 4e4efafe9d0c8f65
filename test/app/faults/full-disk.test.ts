import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { ERRORS } from "../../../src/app/errors.ts";
import { storeTrouble } from "../../../src/app/store-trouble.ts";
import { problemOf } from "../../../src/faces/http/problem.ts";
import { takeInbox } from "../../../src/faces/jobs/take-inbox.ts";
import { openStore, type Store } from "../../../src/platform/store/index.ts";
import { testKeys } from "../../keys.ts";
import { temporaryFolder } from "../../platform/store/embedded/opened-store.ts";
import { type ServedStore, servedStore } from "../../platform/store/embedded/served-store.ts";
import { bigRemittance } from "../big-remittance.ts";
import { appOn, Practice } from "../practice.ts";
import { booksOf, expectWhole } from "./books.ts";
import { newId } from "./fail-points.ts";

const CLAIMS = 40;
/** Pages by which the disk grows at each try, so that it fills at another moment each time. */
const STEP_PAGES = 15;

describe("a disk that fills while files are taken in", () => {
  const folder = temporaryFolder();
  const inbox = join(folder.path, "inbox");
  const big = bigRemittance(CLAIMS);
  let served: ServedStore;
  let store: Store;

  before(async () => {
    served = await servedStore(join(folder.path, "data"));
    store = await openStore({ uri: served.uri }, testKeys());
  });
  after(async () => {
    await store?.close();
    await served?.close();
    folder.remove();
  });

  const pages = () => {
    const row = served.server.store.tables.db.prepare("PRAGMA page_count").get();
    return Number(row?.[0]);
  };
  const leave = (more: number) => {
    served.server.store.tables.db.exec(`PRAGMA max_page_count=${pages() + more}`);
  };
  const makeRoom = () => leave(1_000_000);

  async function practice(name: string): Promise<Practice> {
    const made = new Practice(appOn(store, newId), name);
    await made.ingest(big.claimFile);
    return made;
  }

  it("says so, loses nothing, and posts when there is room", async () => {
    const untouched = await practice("untouched");
    await untouched.ingest(big.remittanceFile);
    const filled = await practice("filled");
    let refusals = 0;
    for (let room = 0; ; room += STEP_PAGES) {
      leave(room);
      const error = await filled.ingest(big.remittanceFile).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (error === undefined) break;
      refusals += 1;
      expect(storeTrouble(error)?.code, String(error)).to.equal("store-full");
      expect(problemOf(error, "r")).to.include({
        status: 507,
        title: ERRORS["store-full"].message,
      });
      makeRoom();
      await expectWhole(filled, `with ${room} pages`);
    }
    makeRoom();
    expect(refusals).to.be.greaterThan(1);
    expect(await booksOf(filled)).to.deep.equal(await booksOf(untouched));
    await expectWhole(filled, "at the end");
  });

  it("leaves what came into the inbox there until there is room", async () => {
    const waiting = await practice("waiting");
    mkdirSync(inbox);
    writeFileSync(join(inbox, "a.835"), big.remittanceFile);
    leave(STEP_PAGES);
    await takeInbox(waiting.app, waiting.actor, inbox);
    expect(existsSync(join(inbox, "a.835")), "it waits").to.equal(true);
    expect(readdirSync(join(inbox, "failed"))).to.deep.equal([]);
    makeRoom();
    await takeInbox(waiting.app, waiting.actor, inbox);
    expect(readdirSync(join(inbox, "done"))).to.deep.equal(["a.835"]);
    expect(await waiting.remittance("BIG")).to.include({ status: "posted", posted: CLAIMS });
    await expectWhole(waiting, "at the end");
  });
});
