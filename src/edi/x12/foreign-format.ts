import type { Finding } from "./finding.ts";

interface Format {
  readonly code: string;
  readonly begins: (first: string) => boolean;
  /** Known by its first bytes alone; nothing of it may be read as X12. */
  readonly certain: boolean;
  readonly message: string;
}

/** What people hand in instead of X12, by its first bytes (one character a byte). */
const FORMATS: readonly Format[] = [
  {
    code: "file-is-zip",
    begins: startsWith("PK\u0003\u0004"),
    certain: true,
    message: "The file is a ZIP archive; unpack it first.",
  },
  {
    code: "file-is-gzip",
    begins: startsWith("\u001f\u008b"),
    certain: true,
    message: "The file is compressed with gzip; unpack it first.",
  },
  {
    code: "file-is-pdf",
    begins: startsWith("%PDF"),
    certain: true,
    message: "The file is a PDF document, not X12.",
  },
  {
    code: "file-is-utf16",
    begins: startsWith("\u00ff\u00fe", "\u00fe\u00ff"),
    certain: true,
    message: "The file is encoded in UTF-16; X12 is ASCII or UTF-8.",
  },
  {
    code: "file-is-edifact",
    begins: startsWith("UNA", "UNB"),
    certain: false,
    message: "The file is UN/EDIFACT, not X12.",
  },
  {
    code: "file-is-json",
    begins: (first) => /^\s*[{[]/.test(first),
    certain: false,
    message: "The file looks like JSON; there is no ISA segment in it.",
  },
  {
    code: "file-is-xml",
    begins: (first) => /^\s*</.test(first),
    certain: false,
    message: "The file looks like XML; there is no ISA segment in it.",
  },
  {
    code: "interchange-header-missing",
    begins: (first) => /^(\xef\xbb\xbf)?\s*(GS|ST)[^A-Za-z0-9\s]/.test(first),
    certain: false,
    message:
      "The file begins with GS or ST; the ISA segment that declares its delimiters is missing.",
  },
  {
    code: "file-is-binary",
    begins: (first) => [...first].some(isControl),
    certain: false,
    message: "The file is binary; there is no ISA segment in it.",
  },
];

function startsWith(...prefixes: string[]): (first: string) => boolean {
  return (first) => prefixes.some((prefix) => first.startsWith(prefix));
}

/** A control character that no text holds. */
function isControl(character: string): boolean {
  return character < " " && !"\t\n\v\f\r".includes(character);
}

/** Whether the first bytes alone say that the file is no X12. */
export function isForeign(first: string): boolean {
  return FORMATS.some(({ certain, begins }) => certain && begins(first));
}

/** The finding for a file in which no interchange begins; `first` holds its first bytes. */
export function foreignFormat(first: string, hasText: boolean): Finding {
  const format = FORMATS.find(({ begins }) => begins(first));
  if (!hasText) {
    return { severity: "error", code: "file-empty", snip: 1, message: "The file is empty." };
  }
  return {
    severity: "error",
    code: format?.code ?? "interchange-missing",
    snip: 1,
    message: format?.message ?? "There is no ISA segment in the file; it is no X12 interchange.",
  };
}

/** Whether the text (one character a byte) begins with the byte order mark of UTF-8. */
export function hasByteOrderMark(text: string): boolean {
  return text.startsWith("\u00ef\u00bb\u00bf");
}
