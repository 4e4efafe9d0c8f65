/** The pictures of the README, made from the sample practice: `npm run pictures`. */
import { mkdirSync } from "node:fs";
import { openWeb } from "./ground.ts";

const FOLDER = "docs/pictures";
const SIZE = { width: 1280, height: 720 };

const web = await openWeb();
const page = await web.enter("Billy Biller", ["biller", "auditor"], { viewport: SIZE });
mkdirSync(FOLDER, { recursive: true });

await page.locator("tbody tr[aria-current]").waitFor();
await page.keyboard.press("j");
await page.screenshot({ path: `${FOLDER}/queue.png` });

await page.goto("/queue?kind=denial&category=incorrect-procedure");
await page.locator("tbody tr[aria-current]").waitFor();
await page.keyboard.press("Enter");
await page.getByRole("heading", { name: "What to do" }).waitFor();
await page.waitForLoadState("networkidle");
await page.screenshot({ path: `${FOLDER}/item.png` });
await page.keyboard.press("r");
await page.getByLabel("Procedure code, line 1").fill("99214");
await page.getByRole("button", { name: "Look first" }).click();
await page.getByText("It can go out like this.").waitFor();
await page.screenshot({ path: `${FOLDER}/correct.png` });

await page.goto("/desk");
await page.locator("tbody a").first().click();
await page.getByRole("heading", { name: "What can be done" }).waitFor();
await page.screenshot({ path: `${FOLDER}/desk.png` });

await page.emulateMedia({ colorScheme: "dark" });
await page.goto("/figures");
await page.getByRole("heading", { name: "By month" }).waitFor();
await page.waitForLoadState("networkidle");
await page.screenshot({ path: `${FOLDER}/figures.png` });
await web.close();
