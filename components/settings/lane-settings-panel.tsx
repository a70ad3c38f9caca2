"use client";

import { useMemo } from "react";

import { findProvider } from "@/lib/providers/registry";
import { settingLimits } from "@/lib/providers/rules/setting-limits";
import { useRequestPreview } from "@/lib/session/hooks/use-request-preview";
import { useServers, useVerdicts } from "@/lib/session/hooks/use-servers";
import { useActions, useLaneViews, useTools } from "@/lib/session/hooks/use-session";
import type { LaneId } from "@/lib/session/store/session";

import { SettingsPanel } from "./settings-panel";

type LaneSettingsPanelProps = {
  lane: LaneId;
  onLane: (lane: LaneId) => void;
  /** Opens the models: of the lane alone, or of all lanes that share theirs. */
  onModel: (isShared: boolean) => void;
  onTools: () => void;
  keepsThoughts: boolean;
  onKeepThoughts: (isKept: boolean) => void;
  onClose: () => void;
};

/** All settings of one lane, and the exact request they make. */
export function LaneSettingsPanel({ lane, ...on }: LaneSettingsPanelProps) {
  const views = useLaneViews();
  const view = views.find(({ id }) => id === lane);
  const tools = useTools();
  const servers = useServers();
  const verdicts = useVerdicts(lane);
  const actions = useActions();
  const preview = useRequestPreview(lane);
  const previewText = useMemo(() => requestText(preview), [preview]);
  if (view === undefined) return null;
  const provider = findProvider(view.setup.provider);
  const limits = settingLimits(view.setup);
  if (provider === null || limits === null) return null;
  return (
    <SettingsPanel
      lanes={views}
      lane={view}
      onLane={on.onLane}
      providerLabel={servers?.providers.find(({ id }) => id === provider.id)?.label ?? provider.label}
      tools={tools}
      limits={limits}
      verdicts={verdicts}
      requestPreview={previewText}
      onChange={(patch) => actions.changeSetup(lane, patch)}
      onOwn={(key) => actions.setLinked(lane, key, false)}
      onLinkTo={(key, source) => actions.linkTo(lane, key, source)}
      onModel={() => on.onModel(!view.own.has("model"))}
      onTools={on.onTools}
      keepsThoughts={on.keepsThoughts}
      onKeepThoughts={on.onKeepThoughts}
      onClose={on.onClose}
    />
  );
}

function requestText(preview: { readonly body: unknown } | null): string {
  return preview === null ? "Choose a model first." : JSON.stringify(preview.body, null, 2);
}
