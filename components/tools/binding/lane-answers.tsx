"use client";

import { Button } from "@/components/ui/button";
import type { LaneView } from "@/lib/session/store/lane-view";
import { BINDING_LABELS, type ToolBinding, type ToolDefinition } from "@/lib/tools/tool";

import { BindingEditor } from "./binding-editor";

type LaneAnswersProps = {
  tool: ToolDefinition;
  lanes: readonly LaneView[];
  /** Gives a lane an answer of its own; null takes it back. */
  onAnswer: (lane: LaneView, binding: ToolBinding | null) => void;
};

/** Lanes that answer a tool's calls in another way than the others. */
export function LaneAnswers({ tool, lanes, onAnswer }: LaneAnswersProps) {
  const isOverridden = lanes.some(({ setup }) => setup.bindings[tool.id] !== undefined);
  if (lanes.length < 2 && !isOverridden) return null;
  return (
    <div className="grid gap-2">
      {lanes.map((lane, index) => {
        const own = lane.setup.bindings[tool.id];
        const number = index + 1;
        if (own === undefined)
          return (
            <div key={lane.id}>
              <Button
                size="small"
                kind="quiet"
                title={lane.name}
                onClick={() => onAnswer(lane, tool.binding)}
              >
                In lane {number}: another answer…
              </Button>
            </div>
          );
        return (
          <section
            key={lane.id}
            aria-label={`Answer in lane ${number}`}
            className="border-accent grid gap-2 border-l-2 pl-3"
          >
            <div className="flex flex-wrap items-center justify-between gap-2">
              <span className="min-w-0 truncate text-[13px] font-medium" title={lane.name}>
                {lane.name}: {BINDING_LABELS[own.kind]}
              </span>
              <Button size="small" onClick={() => onAnswer(lane, null)}>
                {lanes.length > 1 ? "As in the other lanes" : "As the tool answers"}
              </Button>
            </div>
            <BindingEditor
              tool={tool}
              label={`What answers a call in lane ${number}`}
              binding={own}
              onChange={(binding) => onAnswer(lane, binding)}
            />
          </section>
        );
      })}
    </div>
  );
}
