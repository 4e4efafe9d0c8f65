const [SMALL_A, SMALL_Z, LAST_ASCII] = [97, 122, 127];

/** Text as 837 files carry it: in capitals; the same value when it is so already. */
export function capitals(text: string): string {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if ((code >= SMALL_A && code <= SMALL_Z) || code > LAST_ASCII) return text.toUpperCase();
  }
  return text;
}
