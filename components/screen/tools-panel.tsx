"use client";

import { ChoiceRows } from "@/components/settings/choice-rows";
import { ToolsDrawer } from "@/components/tools/tools-drawer";
import { useAllVerdicts } from "@/lib/session/hooks/use-servers";
import { useActions, useLaneViews, useTools } from "@/lib/session/hooks/use-session";

/** The person's tools and where each is on. */
export function ToolsPanel({ onMcp, onClose }: { onMcp: () => void; onClose: () => void }) {
  const tools = useTools();
  const lanes = useLaneViews();
  const verdicts = useAllVerdicts();
  const actions = useActions();
  return (
    <ToolsDrawer onMcp={onMcp} onClose={onClose}>
      <ChoiceRows
        tools={tools}
        lanes={lanes}
        verdicts={verdicts}
        onChange={actions.changeSetup}
        onLink={actions.setLinked}
        onLinkTo={actions.linkTo}
      />
    </ToolsDrawer>
  );
}
