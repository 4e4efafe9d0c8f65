/** One measured ratio and the least that is good enough. */
export interface BenchResult {
  readonly name: string;
  readonly ratio: number;
  readonly target: number;
  readonly detail: string;
}
