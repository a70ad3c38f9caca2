"use client";

import { ToolsDrawer } from "@/components/tools/tools-drawer";
import { useAllVerdicts } from "@/lib/session/hooks/use-servers";
import { useActions, useTools } from "@/lib/session/hooks/use-session";

import type { PanelProps } from "./panels";
import { useLaneViews } from "./use-lane-views";

/** The person's tools and where each is on. */
export function ToolsPanel({ onClose }: PanelProps) {
  const tools = useTools();
  const lanes = useLaneViews();
  const verdicts = useAllVerdicts();
  const actions = useActions();
  return (
    <ToolsDrawer
      tools={tools}
      lanes={lanes}
      verdicts={verdicts}
      onSave={actions.saveTool}
      onRemove={actions.removeTool}
      onChange={actions.changeSetup}
      onLink={actions.setLinked}
      onLinkTo={actions.linkTo}
      onClose={onClose}
    />
  );
}
