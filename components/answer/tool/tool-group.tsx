import type { Answering } from "@/components/answer/answer-scope";
import { calledName } from "@/lib/stream/turn/called-name";
import type { Step, ToolCallPart } from "@/lib/stream/turn/turn";

import { ToolCard } from "./tool-card";

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
