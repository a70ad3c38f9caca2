"use client";

import { Wrench } from "lucide-react";
import { memo, useMemo } from "react";

import { type Answering, useAnswerScope } from "@/components/answer/answer-scope";
import { ScrollBox } from "@/components/answer/scroll/scroll-box";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useActions, useTools } from "@/lib/session/hooks/use-session";
import { formatSeconds } from "@/lib/stream/figures/format-number";
import { partTime } from "@/lib/stream/figures/measure";
import { calledName } from "@/lib/stream/turn/called-name";
import type { Step, ToolCallPart } from "@/lib/stream/turn/turn";
import type { ToolDefinition } from "@/lib/tools/tool";

import { type ArgumentsVerdict, callStateLabel } from "./call-state";
import { ToolArguments } from "./tool-arguments";
import { ToolResultField } from "./tool-result-field";
import { ToolResultSent } from "./tool-result-sent";
import { useVerdict } from "./use-verdict";

type ToolCardProps = {
  step: Step;
  call: ToolCallPart;
  place: CallPlace;
  answering: Answering;
  isLive: boolean;
};

/** Where a call stands among those made side by side. */
type CallPlace = { readonly index: number; readonly count: number; readonly isNameShared: boolean };

/** One tool call: its arguments as they arrive, what the schema says to them, and its result. */
export const ToolCard = memo(function ToolCard(props: ToolCardProps) {
  const { step, call, place } = props;
  const tools = useTools();
  const tool = useMemo(
    () => tools.find((candidate) => candidate.name === calledName(call)) ?? null,
    [tools, call],
  );
  const verdict = useVerdict(call, tool);
  const ordinal = `${place.index + 1} of ${place.count}`;
  const name = showMarks(call.name);
  return (
    <fieldset
      aria-label={place.count === 1 ? `Tool call: ${name}` : `Tool call ${ordinal}: ${name}`}
      className="rounded-outer border-line bg-surface min-w-0 border"
    >
      <header className="flex min-h-9 flex-wrap items-center gap-x-2 px-3 py-1">
        <Wrench size={14} aria-hidden className="text-phase-tool shrink-0" />
        <span className="min-w-0 font-medium [overflow-wrap:anywhere]">
          {name === "" ? "unnamed tool" : name}
        </span>
        {place.count === 1 ? null : <span className="figures text-faint">{ordinal}</span>}
        <span className="text-muted text-[13px]">{callStateLabel(call, props.answering)}</span>
        <span className="ml-auto flex items-center gap-2 text-[13px]">
          <span className="figures text-faint">{formatKnownTime(partTime(step, call))}</span>
          <VerdictLabel verdict={verdict} />
        </span>
      </header>
      <ToolArguments call={call} isLive={props.isLive} verdict={verdict} />
      <CallResult {...props} tool={tool} label={resultLabel(name, place)} />
    </fieldset>
  );
});

function CallResult(props: ToolCardProps & { tool: ToolDefinition | null; label: string }) {
  const { call, step } = props;
  if (call.status.state === "answered")
    return <ToolResultSent result={call.status.result} label={props.label} />;
  if (call.status.state === "running") return <ToolRunning log={call.status.log} />;
  if (call.status.state !== "awaiting-result" || props.answering === "closed") return null;
  if (props.answering === "passed-over") return <PassedOver />;
  return (
    <ToolResultField
      label={props.label}
      stepId={step.id}
      call={call}
      args={call.status.args}
      failure={call.status.failure ?? null}
      tool={props.tool}
    />
  );
}

/** A tool at work, and what it wrote so far. */
function ToolRunning({ log }: { log: string }) {
  return (
    <div className="border-line text-muted grid gap-1 border-t px-3 py-2 text-[13px]">
      Running…
      {log === "" ? null : (
        <ScrollBox label="What the tool wrote so far" fromEnd className="max-h-40">
          <pre className="figures whitespace-pre-wrap">{log}</pre>
        </ScrollBox>
      )}
    </div>
  );
}

function PassedOver() {
  const { turnId, readOnly } = useAnswerScope();
  const { answerAgain } = useActions();
  return (
    <div className="border-line text-muted flex flex-wrap items-center gap-2 border-t px-3 py-2 text-[13px]">
      Skipped: the model was told there was no result.
      {readOnly ? null : (
        <Button size="small" onClick={() => answerAgain(turnId)}>
          Answer on a new branch
        </Button>
      )}
    </div>
  );
}

const VERDICTS = {
  none: { text: "", tone: "" },
  valid: { text: "valid", tone: "text-ok" },
  checking: { text: "checking…", tone: "text-muted" },
  "pattern-too-slow": { text: "pattern took too long", tone: "text-warn" },
  "check-too-slow": { text: "check took too long", tone: "text-warn" },
  unchecked: { text: "not checked", tone: "text-muted" },
  "unknown-tool": { text: "unknown tool", tone: "text-warn" },
  invalid: { text: "invalid", tone: "text-danger" },
} as const satisfies Record<ArgumentsVerdict["kind"], { text: string; tone: string }>;

function VerdictLabel({ verdict }: { verdict: ArgumentsVerdict }) {
  const { text, tone } = VERDICTS[verdict.kind];
  return text === "" ? null : <span className={cn("font-medium", tone)}>{text}</span>;
}

function resultLabel(name: string, place: CallPlace): string {
  const label = `Result for ${name}`;
  return place.isNameShared ? `${label}, call ${place.index + 1} of ${place.count}` : label;
}

function formatKnownTime(ms: number | null): string {
  return ms === null ? "" : formatSeconds(ms);
}

type ToolGroupProps = {
  step: Step;
  calls: readonly ToolCallPart[];
  answering: Answering;
  isLive: boolean;
};

/** The calls that a model made side by side: one card each, in a named group when there are several. */
export function ToolGroup({ calls, ...rest }: ToolGroupProps) {
  const cards = calls.map((call, index) => (
    <ToolCard
      key={call.id}
      call={call}
      place={{ index, count: calls.length, isNameShared: isShared(calls, call) }}
      {...rest}
    />
  ));
  if (calls.length === 1) return <div className="py-1">{cards}</div>;
  const label = `${calls.length} parallel calls`;
  return (
    <fieldset aria-label={label} className="min-w-0 py-1">
      <p className="text-muted flex min-h-7 items-center">{label}</p>
      <div className="border-phase-tool grid gap-2 border-l-2 pl-2">{cards}</div>
    </fieldset>
  );
}

function isShared(calls: readonly ToolCallPart[], call: ToolCallPart): boolean {
  return calls.filter((other) => calledName(other) === calledName(call)).length > 1;
}
