import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect } from "chai";
import type { Page } from "playwright-core";
import { openWeb, type Web } from "./ground.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong with the page as it stands; the policy forbids scripts from outside, so it is run from here. */
async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      }
    ).axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
  });
}

describe("the page in a browser", () => {
  let web: Web;
  let biller: Page;
  const troubles: string[] = [];
  before(async () => {
    web = await openWeb();
    biller = await web.enter("Billy Biller", ["biller", "auditor"]);
    biller.on("pageerror", ({ message }) => troubles.push(message));
    biller.on("console", (said) => {
      if (said.type() === "error") troubles.push(said.text());
    });
  });
  after(() => web.close());
  afterEach(() => {
    expect(troubles.splice(0)).to.deep.equal([]);
  });

  it("brings who signs in to the queue, the nearest deadline first", async () => {
    await biller.waitForURL("**/queue");
    await biller.getByRole("heading", { name: "Queue" }).waitFor();
    await biller.locator("tbody tr[aria-current]").waitFor();
    expect(await biller.locator(".shown").textContent()).to.match(
      /^\d+ items, \$[\d,.]+ at stake$/,
    );
  });

  it("is worked by keys alone: walk, select, take, note, close", async () => {
    await biller.goto("/queue?kind=denial");
    await biller.locator("tbody tr[aria-current]").waitFor();
    const before = await countOf(biller);
    await biller.keyboard.press("j");
    await biller.keyboard.press("x");
    expect(await biller.locator(".shown").textContent()).to.include("1 selected");
    await biller.keyboard.press("a");
    await biller.locator("tr[aria-current] td:last-child", { hasText: "Billy Biller" }).waitFor();
    await biller.keyboard.press("Enter");
    await biller.getByRole("heading", { name: "What to do" }).waitFor();
    await biller.keyboard.press("n");
    await biller.keyboard.type("called, they will look again");
    await biller.keyboard.press("Tab");
    await biller.keyboard.press("Enter");
    await biller.locator("dialog").waitFor({ state: "detached" });
    await biller.locator(".notes", { hasText: "called, they will look again" }).waitFor();
    await biller.keyboard.press("c");
    await biller.keyboard.type("Upheld");
    await biller.keyboard.press("Tab");
    await biller.keyboard.press("Tab");
    await biller.keyboard.press("Enter");
    await biller.getByText("Outcome", { exact: true }).waitFor();
    await biller.keyboard.press("u");
    await biller.waitForURL("**/queue");
    await biller.goto("/queue?kind=denial");
    await biller.locator("tbody tr[aria-current]").waitFor();
    expect(await countOf(biller)).to.equal(before - 1);
  });

  it("works a denial from the queue to the mended 837, with the difference shown before", async () => {
    await biller.goto("/queue?kind=denial&category=incorrect-procedure");
    await biller.locator("tbody tr[aria-current]").waitFor();
    await biller.keyboard.press("Enter");
    await biller.getByRole("heading", { name: "What to do" }).waitFor();
    await biller.keyboard.press("r");
    const procedure = biller.getByLabel("Procedure code, line 1");
    await procedure.fill("99214");
    await biller.getByRole("button", { name: "Look first" }).click();
    await biller.getByText("It can go out like this.").waitFor();
    expect(await biller.locator("dialog ins").textContent()).to.equal("99214");
    await biller.getByRole("button", { name: "Send again", exact: true }).click();
    await biller.getByText("Sent again in").waitFor();
    await biller.locator("dialog button").click();
    await biller.getByText("Waiting", { exact: true }).waitFor();
  });

  it("appeals a denial with a letter that is kept as PDF", async () => {
    await biller.goto("/queue?kind=denial&category=not-medically-necessary");
    await biller.locator("tbody tr[aria-current]").waitFor();
    await biller.keyboard.press("Enter");
    await biller.getByRole("heading", { name: "What to do" }).waitFor();
    await biller.keyboard.press("p");
    const letter = biller.getByLabel("The letter");
    await letter.waitFor();
    expect(await letter.inputValue())
      .to.include("necessary")
      .and.to.not.include("{{");
    await biller.getByLabel(/Proof of sending/).fill("TRACK-1");
    await biller.getByRole("button", { name: "Make the letter" }).click();
    const link = biller.getByRole("link", { name: /PDF/ });
    const pdf = await biller.request.get((await link.getAttribute("href")) ?? "");
    expect((await pdf.body()).subarray(0, 5).toString()).to.equal("%PDF-");
  });

  it("does one thing to many, and shows before what would come of it", async () => {
    await biller.goto("/queue?kind=rejection");
    await biller.locator("tbody tr[aria-current]").waitFor();
    await biller.keyboard.press("x");
    await biller.keyboard.press("j");
    await biller.keyboard.press("x");
    const bar = biller.getByRole("form", { name: "All that are selected" });
    await bar.getByRole("combobox").selectOption({ label: "Billy Biller" });
    await bar.getByRole("button").click();
    await bar.getByText("Would be done: 2, refused: 0.").waitFor();
    await bar.getByRole("button", { name: "Do it" }).click();
    await bar.waitFor({ state: "detached" });
    expect(await biller.locator("td:last-child", { hasText: "Billy Biller" }).count()).to.equal(2);
  });

  it("opens a view by its name and keeps one of one's own", async () => {
    await biller.goto("/queue");
    await biller.getByRole("link", { name: "Mine", exact: true }).click();
    await biller.waitForURL("**/queue?assignee=me&sort=priority");
    await biller.locator("tbody tr[aria-current]").waitFor();
    await biller.getByLabel("Name of this view").fill("My morning");
    await biller.getByRole("button", { name: "Keep", exact: true }).click();
    await biller.getByRole("link", { name: "My morning" }).waitFor();
  });

  it("tells the second of two people at one item that it was changed, and keeps what was typed", async () => {
    const other = await web.enter("Dora Denial", ["denial-specialist"]);
    await biller.goto("/queue?kind=rejection");
    await biller.locator("tbody tr[aria-current]").waitFor();
    await biller.keyboard.press("Enter");
    await biller.getByRole("heading", { name: "What to do" }).waitFor();
    await other.goto(new URL(biller.url()).pathname);
    await other.getByRole("button", { name: "Take it" }).click();
    await other.getByText("Dora Denial").last().waitFor();
    await biller.getByRole("button", { name: "Close" }).click();
    await biller.getByLabel("How it ended").selectOption("no-action");
    await biller.getByLabel("Note").fill("I was here first");
    await biller.getByRole("button", { name: "Close the item" }).click();
    await biller.getByRole("alert").waitFor();
    expect(await biller.getByRole("alert").textContent()).to.match(/somebody else/i);
    expect(await biller.getByLabel("Note").inputValue()).to.equal("I was here first");
    troubles.splice(0);
    await biller.getByRole("button", { name: "Close the item" }).click();
    await biller.getByText("Outcome", { exact: true }).waitFor();
    await other.context().close();
  });

  it("takes a dropped file in and says what it came to", async () => {
    await biller.goto("/exchange");
    const input = biller.locator('input[type="file"]');
    await input.setInputFiles({
      name: "patient-name.835",
      mimeType: "text/plain",
      buffer: Buffer.from("this is no X12"),
    });
    await biller.getByText("File 1").waitFor();
    expect(await biller.locator("main").textContent()).to.not.include("patient-name");
    troubles.splice(0);
  });

  it("shows why a payment waits and what can be done with it", async () => {
    await biller.goto("/desk");
    await biller.locator("tbody a").first().click();
    await biller.getByRole("heading", { name: "What can be done" }).waitFor();
    expect(await biller.getByRole("heading", { level: 3 }).allTextContents()).to.include("Match");
  });

  it("explains a claim to the cent with the segments that say so", async () => {
    await biller.goto("/claims");
    await biller.locator("tbody a").first().click();
    await biller.getByText("Why this cent").click();
    await biller.getByText("Journal").waitFor();
    expect(await biller.locator("details .code").first().textContent()).to.match(
      /^(CLM|SV1|CLP|SVC)/,
    );
  });

  it("shows a manager figures and no patient", async () => {
    const manager = await web.enter("Mona Manager", ["practice-manager"]);
    await manager.locator("tbody tr[aria-current]").waitFor();
    const rooms = await manager
      .getByRole("navigation", { name: "Main" })
      .getByRole("link")
      .allTextContents();
    expect(rooms).to.deep.equal(["Queue", "Remittances", "Figures"]);
    await manager.goto("/figures");
    await manager.getByText(/\d denied whole|claims? denied whole;/).waitFor();
    await manager.goto("/queue");
    await manager.locator("tbody tr[aria-current]").waitFor();
    expect(await manager.locator("main").textContent()).to.not.match(/MXCNCP\d/);
    await manager.context().close();
  });

  const ROOMS = ["queue", "claims", "remittances", "desk", "exchange", "figures", "audit"];
  for (const scheme of ["light", "dark"] as const) {
    it(`has nothing that axe finds wrong, ${scheme}, in any room, at 200 % zoom`, async () => {
      await biller.emulateMedia({ colorScheme: scheme });
      await biller.setViewportSize({ width: 640, height: 480 });
      for (const room of ROOMS) {
        await biller.goto(`/${room}`);
        await biller.locator("h1").waitFor();
        await biller.waitForLoadState("networkidle");
        expect(await violationsOf(biller), room).to.deep.equal([]);
      }
    });
  }
});

async function countOf(page: Page): Promise<number> {
  return Number.parseInt((await page.locator(".shown").textContent()) ?? "", 10);
}
