/** What compressed files begin with: a small one can unfold into one that fills the memory. */
const BEGINNINGS: readonly (readonly number[])[] = [
  // ZIP: an entry, an empty archive, a split one.
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
  [0x50, 0x4b, 0x07, 0x08],
  // gzip, RFC 1952 2.3.1.
  [0x1f, 0x8b],
  // compress(1).
  [0x1f, 0x9d],
  // bzip2: BZh, level 1 to 9, begins a block by the digits of pi.
  [0x42, 0x5a, 0x68],
  // xz.
  [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
  // Zstandard, RFC 8878 3.1.1.
  [0x28, 0xb5, 0x2f, 0xfd],
  // 7z.
  [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c],
  // RAR.
  [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07],
];

/** Whether a file is compressed, by its first bytes; no format that is taken in begins like one of them. */
export function isCompressed(bytes: Uint8Array): boolean {
  return BEGINNINGS.some((beginning) => beginning.every((byte, at) => bytes[at] === byte));
}
