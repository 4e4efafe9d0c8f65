import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import type { Finding } from "../../edi/x12/finding.ts";
import type { Encounter } from "./encounter.ts";
import { ENCOUNTER_KINDS, type EncounterKind } from "./encounter-kind.ts";
import { fieldAt, fieldFinding } from "./field.ts";
import { schemaOfKind } from "./kind-schema.ts";
import { nearestName } from "./nearest-name.ts";
import { splitSchema } from "./split-schema.ts";

/** The most findings that are told of one encounter. */
const MAX_FINDINGS = 100;

/** Keywords of our schemas that describe and do not check. */
const ANNOTATIONS = ["label", "x12", "loop", "cms1500", "ub04", "ada", "kind", "expects"];

/**
 * All errors at once; lengths in UTF-16 units, which is what X12 text is measured in after repair.
 */
const OPTIONS = {
  allErrors: true,
  strict: true,
  allowUnionTypes: true,
  verbose: true,
  unicode: false,
  // Structures stay functions of their own, small enough to be optimised.
  inlineRefs: 6,
  // Silences only the note that `unicode` is deprecated: in strict mode all else is thrown.
  logger: false,
} as const;

const NONE: readonly Finding[] = [];

/** Keys that reach an object's prototype when a careless merge copies them (CWE-1321). */
const PROTOTYPE_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** Names of the claim JSON that are known and not sent by this version. */
const NOT_SENT: ReadonlySet<string> = new Set([
  "providers",
  "payToPlan",
  "tradingPartnerSecondaryIdentifiers",
  "claimContractInformation",
  "claimPricingRepricingInformation",
  "fileInformation",
  "patientConditionInformationVision",
  "spinalManipulationServiceInformation",
  "conditionIndicatorDurableMedicalEquipment",
  "contractInformation",
  "durableMedicalEquipmentCertificateOfMedicalNecessity",
  "durableMedicalEquipmentCertification",
  "durableMedicalEquipmentService",
  "formIdentification",
  "hospiceEmployeeIndicator",
  "linePricingRepricingInformation",
  "purchasedServiceInformation",
  "purchasedServiceProvider",
  "otherPayerSecondaryIdentifier",
  "otherPayerBillingProvider",
  "otherPayerReferringProvider",
  "otherPayerRenderingProvider",
  "otherPayerServiceFacilityLocation",
  "otherPayerSupervisingProvider",
  "naic",
  "claimOfficeNumber",
  "payerIdentificationNumber",
  "billingPayToPlanName",
  "billingPayToAddressName",
  "claimPricingInformation",
  "lineAdjustmentInformation",
  "linePricingInformation",
  "lineRepricingInformation",
  "lineSupplementInformation",
  "otherPayerAttendingProvider",
  "otherPayerOperatingPhysician",
  "otherPayerOtherOperatingPhysician",
  "otherPayerAssistantSurgeon",
  "estimatedPriorPlacementDate",
]);

const WITH_ARTICLE: Readonly<Record<EncounterKind, string>> = {
  professional: "a professional",
  institutional: "an institutional",
  dental: "a dental",
};

/** Says whether a value is an encounter. */
export type EncounterCheck = (value: unknown) => {
  /** The same value, typed; undefined when there are findings. */
  readonly encounter?: Encounter;
  readonly findings: readonly Finding[];
};

/**
 * A check of encounter.schema.json (draft 2020-12), compiled once for each kind of claim that comes.
 * Findings: `encounter-field-missing`, `-unknown`, `-kind`, `-type`, `-format`, `-value`, `-length`,
 * `-count`, and `encounter-prototype-key`; each with JSON pointer, loop, segment, element and the
 * box on paper, none with the value that stands there.
 */
export function compileEncounterCheck(schema: object): EncounterCheck {
  const checks = new Map<EncounterKind, ValidateFunction<Encounter>>();
  return (value) => {
    const kind = kindOfValue(value);
    const validate = checks.get(kind) ?? compiled(schema, kind);
    checks.set(kind, validate);
    if (validate(value)) return { encounter: value, findings: NONE };
    const findings: Finding[] = [];
    for (const error of validate.errors ?? []) {
      const finding = findingOf(error, kind);
      if (finding === undefined) continue;
      if (findings.length === MAX_FINDINGS) return { findings: [...findings, tooMany()] };
      findings.push(finding);
    }
    return { findings };
  };
}

function compiled(schema: object, kind: EncounterKind): ValidateFunction<Encounter> {
  const ajv = new Ajv2020(OPTIONS);
  ajv.addVocabulary(ANNOTATIONS);
  return ajv.compile<Encounter>(splitSchema(schemaOfKind(schema, kind)));
}

/** The kind that a value claims to be; professional when it claims none that there is. */
function kindOfValue(value: unknown): EncounterKind {
  const own = typeof value === "object" && value !== null && Object.hasOwn(value, "kind");
  const told = own ? (value as { readonly kind: unknown }).kind : undefined;
  return ENCOUNTER_KINDS.find((kind) => kind === told) ?? "professional";
}

function tooMany(): Finding {
  return {
    severity: "error",
    code: "encounter-findings-cut",
    snip: 1,
    pointer: "",
    message: `The encounter has more than ${MAX_FINDINGS} errors; the rest is not told.`,
  };
}

/** One ajv error as a finding; undefined when a neighbouring error says the same. */
function findingOf(error: ErrorObject, kind: EncounterKind): Finding | undefined {
  if (error.keyword === "additionalProperties") {
    const name = String(error.params.additionalProperty);
    return unknownField(error.instancePath, name, error.data, kind);
  }
  if (error.keyword === "propertyNames") {
    const name = String(error.params.propertyName);
    return PROTOTYPE_KEYS.has(name) ? prototypeKey(error.instancePath, kind) : customName(kind);
  }
  if (error.propertyName !== undefined) return undefined;
  const told = says(error);
  const pointer =
    error.keyword === "required"
      ? `${error.instancePath}/${String(error.params.missingProperty)}`
      : error.instancePath;
  const place = pointer.startsWith("/x/custom/") ? "/x/custom" : pointer;
  return fieldFinding({ severity: "error", snip: 1, pointer: place, kind, ...told });
}

interface Told {
  readonly code: string;
  readonly says: string;
  readonly fix: string;
}

/** What is wrong, by the keyword of JSON Schema that refused it. */
function says(error: ErrorObject): Told {
  const { params, keyword } = error;
  const expects = String(error.parentSchema?.expects ?? "the form that the schema names");
  const limit = String(params.limit);
  switch (keyword) {
    case "required":
      return { code: "encounter-field-missing", says: "is missing", fix: "Add it." };
    case "type":
      return {
        code: "encounter-field-type",
        says: `must be of type ${String(params.type)}`,
        fix: "Amounts, dates and numbers are written as strings, in quotes.",
      };
    case "enum":
      return {
        code: "encounter-field-value",
        says: `must be one of ${(params.allowedValues as string[]).join(", ")}`,
        fix: "Use one of the codes named.",
      };
    case "pattern":
      return {
        code: "encounter-field-format",
        says: `must be ${expects}`,
        fix: `Write ${expects}.`,
      };
    case "maxLength":
      return {
        code: "encounter-field-length",
        says: `is longer than ${limit} characters`,
        fix: "Shorten it.",
      };
    case "minLength":
      return {
        code: "encounter-field-length",
        says: "is empty",
        fix: "Fill it in, or leave it out.",
      };
    case "maxItems":
    case "maxProperties":
      return {
        code: "encounter-field-count",
        says: `may hold ${limit} at most`,
        fix: "Split the encounter, or send less.",
      };
    case "minItems":
      return {
        code: "encounter-field-count",
        says: `must hold at least ${limit}`,
        fix: "Add one.",
      };
    default:
      return {
        code: "encounter-field-value",
        says: "is not what the schema allows",
        fix: "See the schema.",
      };
  }
}

/**
 * An unknown key is named only when it is near a known one: a key may itself be somebody's data.
 */
function unknownField(parent: string, name: string, data: unknown, kind: EncounterKind): Finding {
  if (PROTOTYPE_KEYS.has(name)) return prototypeKey(parent, kind);
  const other = ENCOUNTER_KINDS.find((each) => fieldAt(parent, each).field.fields?.has(name));
  if (other !== undefined) {
    return fieldFinding({
      severity: "error",
      code: "encounter-field-kind",
      snip: 1,
      pointer: parent,
      kind,
      says: `has ${name}, which is not of ${WITH_ARTICLE[kind]} claim`,
      fix: `Remove ${name}, or write "kind": "${other}".`,
    });
  }
  if (NOT_SENT.has(name)) {
    return fieldFinding({
      severity: "error",
      code: "encounter-field-not-sent",
      snip: 1,
      pointer: parent,
      kind,
      says: `has ${name}, which this version does not send`,
      fix: `Remove ${name}, or bill this encounter by other means: nothing is left out silently.`,
    });
  }
  const known = [...(fieldAt(parent, kind).field.fields?.keys() ?? [])];
  const meant = nearestName(name, known);
  const ordinal = Object.keys(data as object).indexOf(name) + 1;
  return fieldFinding({
    severity: "error",
    code: "encounter-field-unknown",
    snip: 1,
    pointer: parent,
    kind,
    says: `has an unknown field (number ${ordinal}${meant === undefined ? "" : `, near ${meant}`})`,
    fix: meant === undefined ? "Remove it, or move it to x.custom." : `Write ${meant}.`,
  });
}

function prototypeKey(pointer: string, kind: EncounterKind): Finding {
  return fieldFinding({
    severity: "error",
    code: "encounter-prototype-key",
    snip: 1,
    pointer: pointer.startsWith("/x/custom") ? "/x/custom" : pointer,
    kind,
    says: "has a key named __proto__, constructor or prototype",
    fix: "Remove the key: it has no place in an encounter.",
  });
}

function customName(kind: EncounterKind): Finding {
  return fieldFinding({
    severity: "error",
    code: "encounter-field-format",
    snip: 1,
    pointer: "/x/custom",
    kind,
    says: "has a key that is not a name (a letter, then up to 63 letters, digits, _ . or -)",
    fix: "Rename the key.",
  });
}
