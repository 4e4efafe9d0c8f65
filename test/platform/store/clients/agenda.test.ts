import { MongoBackend } from "@agendajs/mongo-backend";
import { Agenda } from "agenda";
import { expect } from "chai";
import type { OpenedStore } from "../embedded/opened-store.ts";
import { runStore } from "../run-store.ts";

/** How long a test waits for a job that must come. */
const PATIENCE_MS = 10_000;

async function until(isTrue: () => boolean): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!isTrue()) {
    if (Date.now() > end) throw new Error("the job did not come");
    await pause(10);
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("agenda on the store of the run", () => {
  let store: OpenedStore;
  let agendas: Agenda[] = [];

  before(async () => {
    store = await runStore("agenda");
  });
  afterEach(async () => {
    for (const agenda of agendas) await agenda.stop();
    agendas = [];
    await store.db.collection("jobs").deleteMany({});
  });
  after(() => store.close());

  /** A started agenda that runs jobs of one name; a job is locked for half a second. */
  async function worker(name: string, run: () => Promise<void>): Promise<Agenda> {
    const backend = new MongoBackend({ mongo: store.db as never, collection: "jobs" });
    const agenda = new Agenda({ backend, processEvery: 50, removeOnComplete: false });
    agenda.define(name, run, { lockLifetime: 500 });
    agendas.push(agenda);
    await agenda.start();
    return agenda;
  }

  const jobs = () => store.db.collection("jobs").find().toArray();

  it("runs a job once, though two workers ask for it", async () => {
    const runs: string[] = [];
    const run = async () => {
      runs.push("count");
    };
    const first = await worker("count", run);
    await worker("count", run);
    await first.now("count", {});
    await until(() => runs.length > 0);
    await pause(200);
    expect(runs).to.have.length(1);
    const [job] = await jobs();
    expect(job?.lastFinishedAt).to.be.instanceOf(Date);
    expect(job?.lockedAt ?? null).to.equal(null);
  });

  it("runs a scheduled job when its time has come, and not before", async () => {
    let ranAt = 0;
    const agenda = await worker("later", async () => {
      ranAt = Date.now();
    });
    const due = new Date(Date.now() + 300);
    await agenda.schedule(due, "later", {});
    await until(() => ranAt > 0);
    expect(ranAt).to.be.at.least(due.getTime());
  });

  it("runs a recurring job again and again, from one document", async () => {
    let runs = 0;
    const agenda = await worker("often", async () => {
      runs++;
    });
    await agenda.every(100, "often");
    await agenda.every(100, "often");
    await until(() => runs >= 3);
    const all = await jobs();
    expect(all).to.have.length(1);
    expect(all[0]).to.include({ name: "often", type: "single" });
  });

  it("gives a job to another worker once the lock of one that hangs is over", async () => {
    const started: string[] = [];
    let release: () => void = () => expect.fail("the job does not hang yet");
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const run = async () => {
      started.push("hang");
      if (started.length === 1) await held;
    };
    const first = await worker("hang", run);
    await first.now("hang", {});
    await until(() => started.length === 1);
    await worker("hang", run);
    await until(() => started.length === 2);
    release();
  });

  it("keeps what a failed job says", async () => {
    const agenda = await worker("fail", async () => {
      throw new Error("no");
    });
    let failed = 0;
    agenda.on("fail", () => {
      failed++;
    });
    await agenda.now("fail", {});
    await until(() => failed === 1);
    await until(() => failed === 1);
    await pause(50);
    const [job] = await jobs();
    expect(job).to.include({ failReason: "no", failCount: 1 });
  });
});
