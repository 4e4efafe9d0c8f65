/** Patient data that occurs nowhere else: where one of these words is found, patient data has got out. */
import { claim, claimFile } from "../app/claim-file.ts";
import { clp, remittanceFile } from "../app/remittance-file.ts";
import { plainEncounter } from "../billing/claims/sample-encounters.ts";

const LAST_NAME = "ZQCANARYNAME";
const FIRST_NAME = "ZQCANARYFIRST";
const MEMBER_ID = "ZQM0099887";
const STREET = "17 ZQCANARY LANE";
const CITY = "ZQCANARYTOWN";
const BIRTH_DATE = "1933-02-17";
const DIAGNOSIS = "Q8789";
const SSN = "987-65-4320";

/** Every spelling in which the data could come out. */
const SPELLINGS: readonly string[] = [
  "ZQCANARY",
  MEMBER_ID,
  BIRTH_DATE,
  BIRTH_DATE.replaceAll("-", ""),
  "02/17/1933",
  DIAGNOSIS,
  "Q87.89",
  SSN,
  SSN.replaceAll("-", ""),
];

/** The canaries in a text, whatever their case. */
export function canariesIn(text: string): string[] {
  const upper = text.toUpperCase();
  return SPELLINGS.filter((word) => upper.includes(word.toUpperCase()));
}

/** The search for the canary patient, as a body. */
export const SEARCH = { memberId: MEMBER_ID, name: LAST_NAME, birthDate: BIRTH_DATE } as const;

/** Gives the invented patient of the usual files the data of the canary. */
function planted(file: string): string {
  return file
    .replaceAll("*AMPLE*ANN****MI*", `*${LAST_NAME}*${FIRST_NAME}****MI*`)
    .replaceAll(/\*MI\*M\w+/g, `*MI*${MEMBER_ID}`)
    .replaceAll("2 OAK ST", STREET)
    .replaceAll("N4*SPRINGFIELD*IL*62701~", `N4*${CITY}*IL*62701~`)
    .replaceAll("19800229", BIRTH_DATE.replaceAll("-", ""))
    .replaceAll("ABK:E119", `ABK:${DIAGNOSIS}`);
}

/** Claims of the canary patient. */
export const CLAIMS = planted(
  claimFile([claim("K1", "99213 100.00"), claim("K2", "99213 100.00"), claim("K3", "99213 50.00")]),
);

/** What is paid, denied, and cannot be matched of them. */
export const REMITTANCE = planted(
  remittanceFile([
    {
      trace: "TK1",
      payments: [
        clp("K1 1 100.00 70.00 I1", "99213 100.00 70.00 CO-45 30.00"),
        clp("K2 1 100.00 0.00 I2", "99213 100.00 0.00 CO-197 100.00"),
        clp("k-9 1 100.00 70.00 I3", "99213 100.00 70.00 CO-45 30.00"),
      ],
    },
  ]),
).replaceAll(/(CLP\*[^~]*~)/g, `$1NM1*QC*1*${LAST_NAME}*${FIRST_NAME}****MI*${MEMBER_ID}~`);

/** An encounter of the canary patient. */
export const ENCOUNTER = (() => {
  const plain = plainEncounter();
  const subscriber = {
    ...plain.subscriber,
    memberId: MEMBER_ID,
    firstName: FIRST_NAME,
    lastName: LAST_NAME,
    dateOfBirth: BIRTH_DATE,
    address: { ...plain.subscriber.address, address1: STREET, city: CITY },
  };
  const contactInformation = { phoneNumber: "2175550100" };
  const submitter = { organizationName: "ELM", contactInformation };
  return { ...plain, subscriber, submitter };
})();

/** Encounters that are refused or held, each with patient data where it does not fit. */
export const BAD_ENCOUNTERS: readonly string[] = [
  JSON.stringify({ ...ENCOUNTER, [LAST_NAME]: SSN }),
  JSON.stringify({ ...ENCOUNTER, usageIndicator: LAST_NAME }),
  JSON.stringify({
    ...ENCOUNTER,
    subscriber: { ...ENCOUNTER.subscriber, dateOfBirth: `${LAST_NAME} ${SSN}`, gender: SSN },
  }),
  `${JSON.stringify(ENCOUNTER).slice(0, -20)}`,
  `{"subscriber": ${LAST_NAME}}`,
  `${LAST_NAME},${SSN}`,
];

/** Files in which one element of the patient's segments holds what it must not, and some that are cut off. */
export function badFiles(): string[] {
  const files: string[] = [];
  for (const file of [CLAIMS, REMITTANCE]) {
    const segments = file.split("~");
    for (const [index, segment] of segments.entries()) {
      if (!/^\s*(NM1\*(IL|QC)|N3|N4|DMG|HI|SBR|DTP|DTM|SV1|CAS|AMT)/.test(segment)) continue;
      const elements = segment.split("*");
      for (let place = 1; place <= elements.length; place += 1) {
        const spoilt = [...elements];
        spoilt[place] = `${LAST_NAME}${SSN}`;
        files.push(
          [...segments.slice(0, index), spoilt.join("*"), ...segments.slice(index + 1)].join("~"),
        );
      }
      // One claim's segments say it all.
      if (files.length % 40 === 39) break;
    }
    files.push(file.slice(0, file.indexOf(LAST_NAME) + 30), file.replaceAll("~", LAST_NAME));
  }
  return files;
}
