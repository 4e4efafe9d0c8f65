/** Plausible, balanced 835 bytes of any size for benches: one remittance, many claim payments. */

/** How a file is made. */
export interface RemittanceFileOptions {
  /** At least so many bytes; the last claim payment is finished. */
  readonly bytes: number;
  /** Claim payments of one chunk. */
  readonly claimsPerChunk?: number;
  /** Claim payments of one transaction set. */
  readonly claimsPerSet?: number;
  /** What follows each terminator; nothing when absent, as in most files that payers send. */
  readonly lineBreak?: "" | "\n";
}

const CLAIMS_PER_CHUNK = 500;
const CLAIMS_PER_SET = 10_000;
const LINE_CHARGE_CENTS = 12_500;

/**
 * The file as chunks of bytes. Each claim has two service lines with CO-45 and PR-1 or PR-3;
 * charge =
 * paid + adjustments on line and claim; the sets' BPR02 is the sum of CLP04, and nothing is random.
 */
export function* remittanceFile(options: RemittanceFileOptions): Generator<Uint8Array> {
  const claimsPerChunk = options.claimsPerChunk ?? CLAIMS_PER_CHUNK;
  const lineBreak = options.lineBreak ?? "";
  const claimsPerSet = options.claimsPerSet ?? CLAIMS_PER_SET;
  let made = 0;
  let sets = 0;
  const chunk = (text: string): Uint8Array => {
    const bytes = Buffer.from(lineBreak === "" ? text.replaceAll("\n", "") : text, "latin1");
    made += bytes.length;
    return bytes;
  };
  yield chunk(
    "ISA*00*          *00*          *ZZ*PRACTICEPAYER  " +
      "*ZZ*PRACTICE       *250301*0600*^*00501*000000001*0*T*:~\n" +
      "GS*HP*PRACTICEPAYER*PRACTICE*20250301*0600*1*X*005010X221A1~\n",
  );
  let claim = 0;
  while (made < options.bytes) {
    sets += 1;
    const controlNumber = String(sets).padStart(4, "0");
    // The sum in BPR02 must be known before the claims: a set is planned first, then written.
    const planned = Math.min(claimsPerSet, Math.ceil((options.bytes - made) / CLAIM_BYTES));
    let paidCents = 0;
    for (let ordinal = 0; ordinal < planned; ordinal += 1) paidCents += paidOf(claim + ordinal);
    yield chunk(setHeader(controlNumber, paidCents));
    for (let done = 0; done < planned; ) {
      const batch = Math.min(claimsPerChunk, planned - done);
      let text = "";
      for (let ordinal = 0; ordinal < batch; ordinal += 1) text += claimPayment(claim + ordinal);
      yield chunk(text);
      claim += batch;
      done += batch;
    }
    const segments = HEADER_SEGMENTS + planned * CLAIM_SEGMENTS + 1;
    yield chunk(`SE*${segments}*${controlNumber}~\n`);
  }
  yield chunk(`GE*${sets}*1~\nIEA*1*000000001~\n`);
}

/** The file in one buffer. */
export function remittanceBytes(bytes: number, lineBreak: "" | "\n" = ""): Buffer {
  return Buffer.concat([...remittanceFile({ bytes, lineBreak })]);
}

const HEADER_SEGMENTS = 12;
const CLAIM_SEGMENTS = 17;
const CLAIM_BYTES = 470;

function setHeader(controlNumber: string, paidCents: number): string {
  const amount = dollars(paidCents);
  return (
    `ST*835*${controlNumber}~\n` +
    `BPR*I*${amount}*C*ACH*CCP*01*011900254*DA*0123456789*1512345678**` +
    "01*011900445*DA*0987654321*20250301~\n" +
    `TRN*1*EFT20250301${controlNumber}*1512345678~\n` +
    "REF*EV*PRACTICE~\n" +
    "DTM*405*20250228~\n" +
    "N1*PR*PRACTICE PAYER OF DELAWARE~\n" +
    "N3*100 MARKET STREET~\n" +
    "N4*WILMINGTON*DE*19801~\n" +
    "PER*BL*PROVIDER SERVICES*TE*3025550100*EM*EDI@PAYER.EXAMPLE~\n" +
    "N1*PE*PRACTICE CLINIC*XX*1234567893~\n" +
    "REF*TJ*510123456~\n" +
    "LX*1~\n"
  );
}

/** What a claim pays: two lines, each charge less contractual adjustment and patient's share. */
function paidOf(claim: number): number {
  return 2 * LINE_CHARGE_CENTS - contractualOf(claim) - patientOf(claim);
}

function contractualOf(claim: number): number {
  return 2 * (2_000 + (claim % 50) * 10);
}

function patientOf(claim: number): number {
  return 2 * (1_000 + (claim % 7) * 100);
}

function claimPayment(claim: number): string {
  const number = String(claim + 1).padStart(9, "0");
  const contractual = dollars(contractualOf(claim) / 2);
  const patient = dollars(patientOf(claim) / 2);
  const linePaid = dollars(paidOf(claim) / 2);
  const charge = dollars(LINE_CHARGE_CENTS);
  const reason = claim % 2 === 0 ? "1" : "3";
  const line = (code: string, ordinal: number): string =>
    `SVC*HC:${code}*${charge}*${linePaid}**1~\n` +
    "DTM*472*20250210~\n" +
    `CAS*CO*45*${contractual}~\n` +
    `CAS*PR*${reason}*${patient}~\n` +
    `REF*6R*${number}${ordinal}~\n` +
    `AMT*B6*${dollars(LINE_CHARGE_CENTS - contractualOf(claim) / 2)}~\n`;
  const amounts = [2 * LINE_CHARGE_CENTS, paidOf(claim), patientOf(claim)].map(dollars).join("*");
  return (
    `CLP*PCN${number}*1*${amounts}*12*ICN${number}*11*1~\n` +
    "NM1*QC*1*DOE*JANE*Q***MI*W123456789~\n" +
    "NM1*82*1*WELBY*MARCUS****XX*1234567893~\n" +
    "REF*1L*GROUP0001~\n" +
    "DTM*232*20250210~\n" +
    line("99213", 1) +
    line("85025", 2)
  );
}

function dollars(cents: number): string {
  return (cents / 100).toFixed(2);
}
