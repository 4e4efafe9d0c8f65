import { counted, date, daysSince } from "../words.ts";

const NEAR_DAYS = 7;

interface Props {
  readonly due: string | undefined;
  readonly status: string;
}

/** A deadline; where it is near or over it says so in words, so that colour is not all that tells. */
export function Deadline({ due, status }: Props) {
  const passed = daysSince(due, new Date());
  if (passed === undefined || status === "resolved") return <>{date(due)}</>;
  if (passed > 0)
    return <span className="bad">{`${date(due)}, ${counted(passed, "day")} over`}</span>;
  if (passed > -NEAR_DAYS) {
    return <span className="warn">{`${date(due)}, ${counted(-passed, "day")} left`}</span>;
  }
  return <>{date(due)}</>;
}
