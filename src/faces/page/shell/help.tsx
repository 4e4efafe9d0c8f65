import { Dialog } from "./dialog.tsx";

const KEYS = [
  ["j, k", "the next row, the one before"],
  ["Enter", "open the row"],
  ["x", "select the row, or take it out of the selection"],
  ["a", "take it myself"],
  ["n", "write a note"],
  ["r", "correct its claim and send it again"],
  ["p", "appeal to the payer"],
  ["c", "close it with an outcome"],
  ["u", "back to the queue"],
  ["?", "this help"],
] as const;

/** Every key that does something. */
export function Help({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl className="keys">
        {KEYS.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={onClose}>
        Close
      </button>
    </Dialog>
  );
}
