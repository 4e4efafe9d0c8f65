import { FileError, onFile } from "./files.ts";
import { EXIT, reportError } from "./run.ts";

/** The files one after the other: their summaries, and the exit code so far. */
export interface Done<Summary> {
  readonly summaries: readonly Summary[];
  readonly code: number;
}

/** Works on each file in turn; one that cannot be read is told of, and the others are still done. */
export async function eachFile<Summary>(
  files: readonly string[],
  work: (path: string) => Promise<Summary>,
): Promise<Done<Summary>> {
  const summaries: Summary[] = [];
  let code: number = EXIT.done;
  for (const path of files) {
    try {
      summaries.push(await onFile(path, () => work(path)));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      code = Math.max(code, reportError(error));
    }
  }
  return { summaries, code };
}
