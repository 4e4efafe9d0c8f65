/**
 * The segment ids that may be named. A file that is broken has names and birth dates where a segment
 * id should stand; what is none of these is told by its position only.
 */
const SEGMENT_IDS: ReadonlySet<string> = new Set(
  (
    "ISA IEA GS GE ST SE TA1 TA3 ISB ISE S1A S1E S1S S2A S2E S2S S3E S3S S4E S4S SVA " +
    "AAA ACT ADX AK1 AK2 AK3 AK4 AK5 AK9 AMT BDS BEG BGN BHT BIN BPR BTI CAS CL1 CLM CLP CN1 COB " +
    "CR1 CR2 CR3 CR4 CR5 CR6 CR7 CR8 CRC CSC CTP CTX CUR DMG DN1 DN2 DSB DTM DTP EB EC EFI ENT " +
    "EQ FRM HCP HCR HD HI HL HLH HSD ICM IDC IEC IHC III IK3 IK4 IK5 INS IT1 K3 LC LE LIN LQ LS " +
    "LUI LX MEA MIA MOA MPI MSG MTX N1 N10 N2 N3 N4 NM1 NTE NX1 NX2 OI OTI PAT PER PID PLA PLB " +
    "PRV PS1 PSD PWK QTY RAS RDM REF RMR RMS RYL SBR SLN STC SUP SV1 SV2 SV3 SV4 SV5 SV6 SV7 SVC " +
    "SVD TED TOO TRN TS2 TS3 TXI UM VEH"
  ).split(" "),
);

/** Whether the id is one of X12 as the trade uses it, so that a finding may hold it. */
export function isSegmentId(id: string): boolean {
  return SEGMENT_IDS.has(id);
}

/** The `segment` of a finding; nothing where the id is none, because it may be a patient's name. */
export function namedSegment(id: string): { readonly segment?: string } {
  return SEGMENT_IDS.has(id) ? { segment: id } : {};
}
