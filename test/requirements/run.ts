/** `npm run requirements`: renews docs/hipaa.md and docs/asvs.md, and prints the share of ASVS that is tested. */
import { writeFileSync } from "node:fs";
import { asvsPage, hipaaPage, shareOf, shareWords, testsByNumber } from "./pages.ts";

const tests = testsByNumber();
writeFileSync(new URL("../../docs/hipaa.md", import.meta.url), hipaaPage(tests));
writeFileSync(new URL("../../docs/asvs.md", import.meta.url), asvsPage(tests));
console.log(`OWASP ASVS 5.0.0, level 1: ${shareWords(shareOf(tests, 1))}`);
console.log(`OWASP ASVS 5.0.0, level 2: ${shareWords(shareOf(tests, 2))}`);
console.log(`OWASP ASVS 5.0.0, both:    ${shareWords(shareOf(tests))}`);
