"use client";

import type { ComponentType } from "react";

import { loadedPart } from "@/components/ui/loaded-part";
import { PanelFrame } from "@/components/ui/panel-frame";
import { usePageActions, useQuestion } from "@/lib/session/hooks/use-page";
import { useLanes } from "@/lib/session/hooks/use-session";

import { NO_PANEL, type OnPanel, type PanelState } from "./panel-state";

// Whatever opens at a click is fetched at that click.
const ModelPanel = panelPart(
  async () => (await import("@/components/settings/model/model-panel")).ModelPanel,
);
const LaneSettingsPanel = panelPart(
  async () => (await import("@/components/settings/lane-settings-panel")).LaneSettingsPanel,
);
const ToolsPanel = panelPart(async () => (await import("./tools-panel")).ToolsPanel);
const PalettePanel = panelPart(async () => (await import("./palette-panel")).PalettePanel);
const SessionsPanel = panelPart(
  async () => (await import("@/components/sessions/sessions-panel")).SessionsPanel,
);
const ConsentPanel = loadedPart(async () => (await import("./consent-panel")).ConsentPanel, {
  frame: (message, { onAnswer }) => <PanelFrame onClose={() => onAnswer(false)}>{message}</PanelFrame>,
});
const WirePanel = panelPart(async () => (await import("@/components/wire/wire-panel")).WirePanel);

/** Every panel can be closed, also while its code is on its way. */
function panelPart<P extends { onClose: () => void }>(load: () => Promise<ComponentType<P>>) {
  return loadedPart(load, {
    frame: (message, { onClose }) => <PanelFrame onClose={onClose}>{message}</PanelFrame>,
  });
}

/** Fetches the panel that exports a session beforehand: it is wanted most when Vitrine has stopped. */
export const preloadSessions = SessionsPanel.preload;

type PanelsProps = { panel: PanelState; onPanel: OnPanel };

/** The one layer over the page, if any: a question first. */
export function Panels(props: PanelsProps) {
  const question = useQuestion();
  const { answerQuestion } = usePageActions();
  return question === null ? (
    <OpenPanel {...props} />
  ) : (
    <ConsentPanel question={question} onAnswer={answerQuestion} />
  );
}

/** A panel of a lane that was closed closes with it. */
function OpenPanel({ panel, onPanel }: PanelsProps) {
  const lanes = useLanes();
  const onClose = () => onPanel(NO_PANEL);
  if ("lane" in panel && !lanes.some((lane) => lane.id === panel.lane)) return null;
  switch (panel.kind) {
    case "none":
      return null;
    case "model":
      return <ModelPanel key="model" lane={panel.lane} onClose={onClose} />;
    case "add-server":
      return <ModelPanel key="add-server" lane={panel.lane} opensAt="endpoint" onClose={onClose} />;
    case "keys":
      return <ModelPanel key="keys" lane={panel.lane} opensAt="keys" onClose={onClose} />;
    case "shared-model":
      return <ModelPanel key="shared" lane={panel.lane} keepsLink onClose={onClose} />;
    case "key":
      return <ModelPanel key="key" lane={panel.lane} opensAt="key" onClose={onClose} />;
    case "settings":
      return (
        <LaneSettingsPanel
          lane={panel.lane}
          onLane={(lane) => onPanel({ kind: "settings", lane })}
          onModel={(isShared) => onPanel({ kind: isShared ? "shared-model" : "model", lane: panel.lane })}
          onTools={() => onPanel({ kind: "tools", lane: panel.lane })}
          onClose={onClose}
        />
      );
    case "tools":
      return <ToolsPanel onClose={onClose} />;
    case "palette":
      return <PalettePanel onPanel={onPanel} onClose={onClose} />;
    case "sessions":
      return <SessionsPanel onClose={onClose} />;
    case "wire":
      return <WirePanel turn={panel.turn} stepId={panel.stepId} onClose={onClose} />;
  }
}
