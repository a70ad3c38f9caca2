import type { ToolSwitches } from "@/components/tools/library/use-tool-switches";
import { showMarks } from "@/lib/markdown/visible-marks";
import { enableEverywhere, enableOnly } from "@/lib/session/store/tool-patches";
import type { ToolDefinition } from "@/lib/tools/tool";
import { type ToolSet, toolsOf } from "@/lib/tools/tool-set";

import type { Command } from "./command";

/** What switches a person's sets of tools, in all lanes. A set without tools has nothing to switch. */
export function setCommands(
  sets: readonly ToolSet[],
  tools: readonly ToolDefinition[],
  { lanes, apply }: ToolSwitches,
): readonly Command[] {
  return sets.flatMap((set): readonly Command[] => {
    const ids = toolsOf(set, tools).map(({ id }) => id);
    if (ids.length === 0 || lanes.length === 0) return [];
    const isOn = lanes.every(({ setup }) => ids.every((id) => setup.tools.includes(id)));
    const isOnly = isOn && lanes.every(({ setup }) => setup.tools.every((id) => ids.includes(id)));
    const name = showMarks(set.name);
    return [
      {
        id: `set-${set.id}`,
        group: "Tools",
        label: `Turn ${isOn ? "off" : "on"} the set “${name}”`,
        words: "tools enable disable",
        run: () => apply(enableEverywhere(lanes, ids, !isOn)),
      },
      {
        id: `set-only-${set.id}`,
        group: "Tools",
        label: `Turn on only the set “${name}”`,
        words: "tools enable",
        applies: !isOnly,
        run: () => apply(enableOnly(lanes, ids)),
      },
    ];
  });
}
