import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ask, type Refusal } from "../server/ask.ts";
import { Failure, Waiting } from "../shell/states.tsx";
import { type Column, Table } from "../shell/table.tsx";
import { useTitle } from "../shell/use-title.ts";
import { counted, title } from "../words.ts";

interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly disabled: boolean;
}

const ROLES = [
  "biller",
  "denial-specialist",
  "team-lead",
  "practice-manager",
  "auditor",
  "administrator",
];

/** Who works here, and as what; newcomers get a link that is good once and for a day. */
export default function PeoplePage() {
  useTitle("People");
  const cache = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ["users"],
    queryFn: async () => (await ask<{ items: readonly User[] }>("/users")).items,
  });
  const end = useMutation<unknown, Refusal, string>({
    mutationFn: (id) => ask(`/users/${encodeURIComponent(id)}`, "DELETE"),
    onSettled: () => cache.invalidateQueries({ queryKey: ["users"] }),
  });
  if (error !== null) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Waiting what="The list of people" />;
  const columns: readonly Column<User>[] = [
    { head: "Name", cell: ({ name }) => name },
    { head: "Email", cell: ({ email }) => email },
    { head: "Roles", cell: ({ roles }) => roles.map(title).join(", ") },
    {
      head: "Access",
      cell: ({ id, name, disabled }) =>
        disabled ? (
          "Ended"
        ) : (
          <button
            type="button"
            className="quiet"
            aria-label={`End the access of ${name}`}
            onClick={() => end.mutate(id)}
          >
            End at once
          </button>
        ),
    },
  ];
  return (
    <>
      <h1>People</h1>
      {end.error !== null && <Failure error={end.error} />}
      <Table
        caption={counted(data.length, "person").replace(/persons$/, "people")}
        columns={columns}
        rows={data}
        keyOf={({ id }) => id}
      />
      <Invite />
    </>
  );
}

function Invite() {
  const [path, setPath] = useState<string>();
  const invite = useMutation<{ readonly path: string }, Refusal, readonly string[]>({
    mutationFn: (roles) => ask("/users/invitations", "POST", { roles }),
    onSuccess: (made) => setPath(made.path),
  });
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    invite.mutate(new FormData(event.currentTarget).getAll("role").map(String));
  };
  return (
    <>
      <h2>Invite somebody</h2>
      <form className="card" onSubmit={send}>
        <fieldset>
          <legend>As</legend>
          {ROLES.map((role) => (
            <label key={role} className="choice">
              <input type="checkbox" name="role" value={role} /> {title(role)}
            </label>
          ))}
        </fieldset>
        {invite.error !== null && <Failure error={invite.error} />}
        <button type="submit">Make a link</button>
        {path !== undefined && (
          <p role="status">
            Give this to the newcomer; it is good once, for a day:{" "}
            <span className="code">{`${window.location.origin}${path}`}</span>
          </p>
        )}
      </form>
    </>
  );
}
