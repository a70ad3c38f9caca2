import { Copy, Trash2 } from "lucide-react";

import { cn } from "@/components/ui/cn";
import { focusOnMount } from "@/components/ui/fields/focus-on-mount";
import { IconButton } from "@/components/ui/icon-button";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { LaneView } from "@/lib/session/store/lane-view";
import type { ToolDefinition } from "@/lib/tools/tool";

import { answerWords } from "./binding/kind-words";
import { ToolBadges } from "./tool-badges";

type ToolRowProps = {
  tool: ToolDefinition;
  lanes: readonly LaneView[];
  /** Takes the focus when it appears: a person comes back from its editor, or brought it back. */
  takesFocus: boolean;
  onEdit: () => void;
  onDuplicate: () => void;
  onRemove: () => void;
  onAll: (on: boolean) => void;
  onLane: (lane: LaneView, on: boolean) => void;
};

/** One tool of the session in the drawer's list. */
export function ToolRow({
  tool,
  lanes,
  takesFocus,
  onEdit,
  onDuplicate,
  onRemove,
  onAll,
  onLane,
}: ToolRowProps) {
  const name = showMarks(tool.name);
  const others = lanes.flatMap(({ setup }, index) => {
    const own = setup.bindings[tool.id];
    return own === undefined ? [] : [`in lane ${index + 1}: ${answerWords({ ...tool, binding: own })}`];
  });
  return (
    <li className="border-line grid gap-1.5 border-b px-4 py-3">
      <div className="flex items-start gap-2">
        <button
          ref={takesFocus ? focusOnMount : null}
          type="button"
          onClick={onEdit}
          className="rounded-inner hover:text-accent grid min-w-0 flex-1 text-left"
          aria-label={`Edit ${name}`}
        >
          <span className="figures truncate font-medium">{name}</span>
          <span className="text-muted truncate text-[13px]">
            {showMarks(tool.description.split("\n", 1)[0] ?? "") || "no description"}
          </span>
          <span className="text-muted text-[13px]">
            {answerWords(tool)}
            {others.map((words) => (
              <span key={words} className="text-accent">
                ; {words}
              </span>
            ))}
          </span>
        </button>
        <IconButton label={`Duplicate ${name}`} onClick={onDuplicate}>
          <Copy size={14} aria-hidden />
        </IconButton>
        <IconButton label={`Delete ${name}`} onClick={onRemove}>
          <Trash2 size={14} aria-hidden />
        </IconButton>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1.5">
        <LaneToggles name={name} toolId={tool.id} lanes={lanes} onAll={onAll} onLane={onLane} />
        <ToolBadges tool={tool} />
      </div>
    </li>
  );
}

type LaneTogglesProps = {
  /** The tool's name. */
  name: string;
  toolId: string;
  lanes: readonly LaneView[];
  onAll: (on: boolean) => void;
  onLane: (lane: LaneView, on: boolean) => void;
};

const CHIP = "h-6 min-w-6 rounded-[5px] border px-1.5 text-[13px]";
const ON = "border-accent bg-accent-soft text-accent";
const OFF = "border-line-strong text-muted hover:bg-sunken";

/** Where a tool is on: in all lanes at once, or lane by lane. */
function LaneToggles({ name, toolId, lanes, onAll, onLane }: LaneTogglesProps) {
  const on = lanes.filter((lane) => lane.setup.tools.includes(toolId)).length;
  const isAll = on === lanes.length && on > 0;
  return (
    <fieldset className="flex flex-wrap gap-1">
      <legend className="sr-only">Lanes with {name}</legend>
      <button
        type="button"
        aria-pressed={isAll ? true : on > 0 ? "mixed" : false}
        aria-label={lanes.length > 1 ? `${name} in all lanes` : `${name} on`}
        onClick={() => onAll(!isAll)}
        className={cn(CHIP, isAll ? ON : OFF)}
      >
        {lanes.length > 1 ? "all" : isAll ? "on" : "off"}
      </button>
      {lanes.length > 1
        ? lanes.map((lane, index) => {
            const isOn = lane.setup.tools.includes(toolId);
            return (
              <button
                key={lane.id}
                type="button"
                aria-pressed={isOn}
                aria-label={`${name} in lane ${index + 1}`}
                title={lane.name}
                onClick={() => onLane(lane, !isOn)}
                className={cn(CHIP, isOn ? ON : OFF)}
              >
                {index + 1}
              </button>
            );
          })
        : null}
    </fieldset>
  );
}
