import { useMutation, useQuery } from "@tanstack/react-query";
import { ask, type Refusal } from "../server/ask.ts";
import { Failure, Waiting } from "../shell/states.tsx";
import { useTitle } from "../shell/use-title.ts";
import { counted } from "../words.ts";

interface Verdict {
  readonly events: number;
  readonly checkpoints: number;
  readonly ok: boolean;
  readonly firstBad?: { readonly sequence: number; readonly problem: string } | null;
}

/** The audit trail: does the chain hold, sign its end, hand it out. */
export default function AuditPage() {
  useTitle("Audit");
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ["audit"],
    queryFn: () => ask<Verdict>("/audit/verify"),
  });
  const sign = useMutation<{ sequence: number }, Refusal>({
    mutationFn: () => ask("/audit/checkpoints", "POST"),
    onSuccess: () => void refetch(),
  });
  if (error !== null) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Waiting what="The audit chain" />;
  return (
    <>
      <h1>Audit</h1>
      <section className="card" aria-label="The chain" aria-busy={isFetching}>
        <p className={data.ok ? "lead good" : "lead bad"}>
          {data.ok
            ? "The chain holds: nothing was changed, taken out or put in."
            : `The chain is broken at event ${data.firstBad?.sequence ?? "unknown"}.`}
        </p>
        <p>
          {counted(data.events, "event")}, {counted(data.checkpoints, "signed checkpoint")}
        </p>
        {sign.error !== null && <Failure error={sign.error} />}
        <p className="buttons">
          <button type="button" onClick={() => sign.mutate()} disabled={sign.isPending}>
            Sign its end
          </button>{" "}
          <a href="/api/v1/audit/export?form=chain" download>
            Export (verifiable)
          </a>{" "}
          <a href="/api/v1/audit/export?form=fhir" download>
            Export (FHIR AuditEvent)
          </a>
        </p>
      </section>
    </>
  );
}
