import { Globe } from "lucide-react";
import { memo, type ReactNode } from "react";

import { ScrollBox } from "@/components/answer/scroll/scroll-box";
import { SourceList } from "@/components/answer/sources/source-list";
import { showMarks } from "@/lib/markdown/visible-marks";
import { isObject } from "@/lib/stream/turn/json-read";
import type { ProviderCallPart, ProviderCallStatus } from "@/lib/stream/turn/turn";
import { readWritten } from "@/lib/stream/turn/written-json";

import { ValueTree } from "./value-tree";

/** A call that the provider ran itself: what it was asked, and the sources it found. Nobody answers it. */
export const ProviderCallCard = memo(function ProviderCallCard({ call }: { call: ProviderCallPart }) {
  const name = showMarks(call.name);
  const { status } = call;
  return (
    <div className="answer-part">
      <fieldset
        aria-label={`Provider call: ${name}`}
        className="rounded-outer border-line bg-surface min-w-0 border"
      >
        <header className="flex min-h-9 flex-wrap content-center items-baseline gap-x-2 px-3 py-1">
          <Globe size={14} aria-hidden className="text-phase-tool shrink-0 self-center" />
          <span className="figures min-w-0 font-semibold [overflow-wrap:anywhere]">{name}</span>
          <span className="text-muted text-[13px]">{STATES[status.state]}</span>
        </header>
        <Asked call={call} />
        {status.state === "done" ? <Outcome status={status} /> : null}
      </fieldset>
    </div>
  );
});

const STATES: Record<ProviderCallStatus["state"], string> = {
  running: "running at the provider",
  done: "ran at the provider",
  unfinished: "unfinished",
};

function Asked({ call: { input, status } }: { call: ProviderCallPart }) {
  if (input === "") return null;
  const json = status.state === "running" ? undefined : readWritten(input);
  return <Box label="Input">{isObject(json) ? <ValueTree value={json} /> : <Plain text={input} />}</Box>;
}

function Outcome({ status }: { status: Extract<ProviderCallStatus, { state: "done" }> }) {
  const { error, output, sources } = status.outcome;
  return (
    <>
      {error === null ? null : (
        <p className="border-line text-danger border-t px-3 py-2 [overflow-wrap:anywhere]">
          {showMarks(error)}
        </p>
      )}
      {output === null || output === "" ? null : (
        <Box label="Output">
          <Plain text={output} />
        </Box>
      )}
      {sources.length === 0 ? null : (
        <SourceList sources={sources} className="border-line border-t px-3 py-2" />
      )}
    </>
  );
}

function Box({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ScrollBox label={label} className="figures border-line max-h-60 border-t px-3 py-2">
      {children}
    </ScrollBox>
  );
}

function Plain({ text }: { text: string }) {
  return (
    <pre dir="auto" className="[overflow-wrap:anywhere] whitespace-pre-wrap">
      {showMarks(text)}
    </pre>
  );
}
