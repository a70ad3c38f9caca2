import { Copy, Trash2 } from "lucide-react";

import { focusOnMount } from "@/components/ui/fields/focus-on-mount";
import { IconButton } from "@/components/ui/icon-button";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { LaneView } from "@/lib/session/store/lane-view";
import type { ToolDefinition } from "@/lib/tools/tool";

import { answerWords } from "./binding/kind-words";
import { firstLine } from "./first-line";
import { LaneToggles } from "./library/lane-toggles";
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

/** One tool in the drawer's list. */
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
            {showMarks(firstLine(tool.description)) || "no description"}
          </span>
        </button>
        <IconButton label={`Duplicate ${name}`} onClick={onDuplicate}>
          <Copy size={14} aria-hidden />
        </IconButton>
        <IconButton label={`Delete ${name}`} onClick={onRemove}>
          <Trash2 size={14} aria-hidden />
        </IconButton>
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <LaneToggles
          name={name}
          lanes={lanes}
          stateOf={({ setup }) => (setup.tools.includes(tool.id) ? "on" : "off")}
          onAll={onAll}
          onLane={onLane}
        />
        <span className="text-muted flex-auto text-[13px]">
          {answerWords(tool)}
          {others.map((words) => (
            <span key={words} className="text-accent">
              ; {words}
            </span>
          ))}
        </span>
        <ToolBadges tool={tool} />
      </div>
    </li>
  );
}
