import { showMarks } from "@/lib/markdown/visible-marks";
import type { ToolCallPart } from "@/lib/stream/turn/turn";

import { argumentChanges } from "./argument-changes";

/** More differences than this say less than the two texts. */
const MOST_CHANGES = 20;
const LONGEST = 300;

/** What a person changed in a call's arguments; the model's own text is behind Raw. */
export function EditedArguments({ call, edited }: { call: ToolCallPart; edited: string }) {
  const changes = argumentChanges(call.input, edited);
  const isOver = call.status.state === "answered" || call.status.state === "running";
  return (
    <div className="border-accent mt-1 grid gap-1 border-l-2 pl-2 text-[13px]">
      <span className="text-muted">
        {isOver ? "It ran with your arguments." : "It will run with your arguments."}{" "}
        {call.edit?.isSentBack === true
          ? "The model reads its call back with them."
          : "The model reads its call back with its own."}
      </span>
      {changes.length === 0 ? (
        <span className="text-faint">They say the same as the model&rsquo;s.</span>
      ) : (
        <ul aria-label="Changed arguments" className="figures grid gap-0.5">
          {changes.slice(0, MOST_CHANGES).map(({ path, from, to }) => (
            <li key={path} className="[overflow-wrap:anywhere]">
              {path === "" ? null : <span className="text-muted">{`${showMarks(path)}: `}</span>}
              <span className="sr-only">the model wrote </span>
              <del className="text-danger">{shown(from ?? "nothing")}</del>
              <span className="sr-only">, changed to</span>
              <span aria-hidden className="text-faint">
                {" → "}
              </span>
              <ins className="text-ok no-underline">{shown(to ?? "nothing")}</ins>
            </li>
          ))}
          {changes.length > MOST_CHANGES ? (
            <li className="text-faint">{`and ${changes.length - MOST_CHANGES} more`}</li>
          ) : null}
        </ul>
      )}
      <details>
        <summary className="text-muted hover:text-text cursor-default">The model wrote</summary>
        <pre className="figures max-h-40 overflow-y-auto [overflow-wrap:anywhere] whitespace-pre-wrap">
          {showMarks(call.input)}
        </pre>
      </details>
    </div>
  );
}

function shown(text: string): string {
  return showMarks(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}
