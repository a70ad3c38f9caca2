import { useActions, useLaneViews } from "@/lib/session/hooks/use-session";
import type { LaneView } from "@/lib/session/store/lane-view";
import type { ToolPatch } from "@/lib/session/store/tool-patches";

export type ToolSwitches = {
  readonly lanes: readonly LaneView[];
  /** Changes which tools are on in the lanes that the patches name. */
  readonly apply: (patches: readonly ToolPatch[]) => void;
};

/** The lanes, and what switches tools in them. */
export function useToolSwitches(): ToolSwitches {
  const lanes = useLaneViews();
  const { changeSetup, setLinked } = useActions();
  return {
    lanes,
    apply: (patches) => {
      for (const { lane, tools, unlink } of patches) {
        if (unlink) setLinked(lane, "tools", false);
        changeSetup(lane, { tools });
      }
    },
  };
}
