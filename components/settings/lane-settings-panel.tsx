"use client";

import { useMemo } from "react";

import type { PanelProps } from "@/components/screen/panels";
import { useLaneViews } from "@/components/screen/use-lane-views";
import { findProvider } from "@/lib/providers/registry";
import { settingLimits } from "@/lib/providers/rules/setting-limits";
import { useRequestPreview, useServers, useVerdicts } from "@/lib/session/hooks/use-servers";
import { useActions, useTools } from "@/lib/session/hooks/use-session";
import type { LaneId } from "@/lib/session/store/session";

import { SettingsPanel } from "./settings-panel";

/** All settings of one lane, and the exact request they make. */
export function LaneSettingsPanel({ lane, onPanel, onClose }: PanelProps & { lane: LaneId }) {
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
      onLane={(next) => onPanel({ kind: "settings", lane: next })}
      providerLabel={servers?.providers.find(({ id }) => id === provider.id)?.label ?? provider.label}
      tools={tools}
      limits={limits}
      verdicts={verdicts}
      requestPreview={previewText}
      onChange={(patch) => actions.changeSetup(lane, patch)}
      onOwn={(key) => actions.setLinked(lane, key, false)}
      onLinkTo={(key, source) => actions.linkTo(lane, key, source)}
      onModel={() => onPanel({ kind: view.own.has("model") ? "model" : "shared-model", lane })}
      onTools={() => onPanel({ kind: "tools", lane })}
      onClose={onClose}
    />
  );
}

function requestText(preview: { readonly body: unknown } | null): string {
  return preview === null ? "Choose a model first." : JSON.stringify(preview.body, null, 2);
}
