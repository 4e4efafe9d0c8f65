import { type ErrorCode, OperatingError } from "../errors.ts";
import type { ItemView } from "./item-view.ts";

/** A change of an item that was refused, with the item as it is now: who typed something can look and keep it. */
export class RefusedChange extends OperatingError {
  readonly detail: string | undefined;
  readonly current: ItemView;

  constructor(code: ErrorCode, detail: string | undefined, current: ItemView) {
    super(code, detail);
    this.name = "RefusedChange";
    this.detail = detail;
    this.current = current;
  }
}
