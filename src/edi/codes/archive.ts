import { unzipSync } from "fflate";

/** Largest member that is unpacked; the largest order file published so far has 15 MB. */
export const MAX_MEMBER_BYTES = 128 * 1024 * 1024;

/** One file out of an archive. */
export interface Member {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** True when the bytes begin a zip archive. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/** The name of an archive's first member, read from its local header (APPNOTE.TXT 4.3.7). */
export function firstMemberName(bytes: Uint8Array): string {
  const length = (bytes[26] ?? 0) + 256 * (bytes[27] ?? 0);
  return text(bytes.subarray(30, 30 + length));
}

/**
 * The file itself, or the first member of the archive whose base name fits; undefined when none can
 * be read. No other member is unpacked, so that many small ones cannot unfold into one large archive.
 */
export function fileOrMember(
  fileName: string,
  bytes: Uint8Array,
  fits: (baseName: string) => boolean,
): Member | undefined {
  if (!isZip(bytes)) return { name: fileName, bytes };
  let found = false;
  const isFirst = (name: string, size: number) => {
    if (found || !fits(baseName(name)) || size > MAX_MEMBER_BYTES) return false;
    found = true;
    return true;
  };
  try {
    const members = unzipSync(bytes, {
      filter: ({ name, originalSize }) => isFirst(name, originalSize),
    });
    const [first] = Object.entries(members);
    return first && { name: baseName(first[0]), bytes: first[1] };
  } catch {
    return undefined;
  }
}

/** The last part of a path, with either slash. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

/** The bytes as text: UTF-8 where they are that, else Windows-1252, as the publishers use both. */
export function text(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
