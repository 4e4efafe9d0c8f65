import { Tokenizer } from "../src/edi/x12/index.ts";

/** The number of segments in chunks of a generated file, found and not read; a finding is an error of the bench. */
export function countSegments(chunks: readonly Buffer[]): number {
  let count = 0;
  const tokenizer = new Tokenizer({
    segment() {
      count += 1;
    },
    finding({ code }) {
      throw new Error(`the generated file has a finding: ${code}`);
    },
    refusedHeader() {
      throw new Error("the generated file has no header");
    },
  });
  for (const chunk of chunks) tokenizer.push(chunk);
  tokenizer.end();
  return count;
}
