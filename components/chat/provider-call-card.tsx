import { Globe } from "lucide-react";
import { memo } from "react";

import { showMarks } from "@/lib/markdown/visible-marks";
import type { ProviderCallPart, ProviderCallStatus } from "@/lib/stream/turn";

import { SourceLink } from "./source-link";

/** A call that the provider ran itself: what it was asked, and the sources it found. Nobody answers it. */
export const ProviderCallCard = memo(function ProviderCallCard({ call }: { call: ProviderCallPart }) {
  const name = showMarks(call.name);
  const { status } = call;
  return (
    <div className="py-1">
      <fieldset
        aria-label={`Ran at the provider: ${name}`}
        className="rounded-outer border-line bg-surface min-w-0 border"
      >
        <header className="flex min-h-9 flex-wrap items-center gap-x-2 px-3 py-1">
          <Globe size={14} aria-hidden className="text-phase-tool shrink-0" />
          <span className="min-w-0 font-medium [overflow-wrap:anywhere]">{name}</span>
          <span className="text-muted text-[13px]">{STATES[status.state]}</span>
        </header>
        {call.input === "" ? null : (
          <pre className="border-line border-t px-3 py-2 text-[13px] [overflow-wrap:anywhere] whitespace-pre-wrap">
            {showMarks(call.input)}
          </pre>
        )}
        {status.state === "done" ? <Outcome status={status} /> : null}
      </fieldset>
    </div>
  );
});

const STATES: Record<ProviderCallStatus["state"], string> = {
  running: "running at the provider",
  done: "ran at the provider",
  unfinished: "the answer ended before it did",
};

function Outcome({ status }: { status: Extract<ProviderCallStatus, { state: "done" }> }) {
  const { error, output, sources } = status.outcome;
  return (
    <>
      {error === null ? null : (
        <p className="border-line text-danger border-t px-3 py-2">{showMarks(error)}</p>
      )}
      {output === null ? null : (
        <pre className="border-line border-t px-3 py-2 text-[13px] [overflow-wrap:anywhere] whitespace-pre-wrap">
          {showMarks(output)}
        </pre>
      )}
      {sources.length === 0 ? null : (
        <ul aria-label="Sources" className="border-line grid gap-1 border-t px-3 py-2 text-[13px]">
          {sources.map((source, index) => (
            <li key={`${String(index)} ${source.url}`}>
              <SourceLink {...source} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
