"use client";

import type { ComponentType } from "react";

import { loadedPart } from "@/components/ui/loaded-part";
import { HeldKeys } from "@/components/ui/panel/held-keys";
import { PanelFrame } from "@/components/ui/panel/panel-frame";
import { usePageActions, useQuestion } from "@/lib/session/hooks/use-page";
import { useLanes } from "@/lib/session/hooks/use-session";

import type { CommandScope } from "./commands/command";
import { type DialogState, NO_PANEL, type OnPanel, type OpenPanels, type SideState } from "./panel-state";
import { keepThoughts } from "./view/kept-thoughts";
import type { View } from "./view/use-view";

// Whatever opens at a click is fetched at that click.
const ModelPanel = dialogPart(
  async () => (await import("@/components/settings/model/model-panel")).ModelPanel,
);
const LaneSettingsPanel = panelPart(
  async () => (await import("@/components/settings/lane-settings-panel")).LaneSettingsPanel,
);
const RowTablePanel = dialogPart(
  async () => (await import("@/components/answer/timings/row-table-panel")).RowTablePanel,
);
const TimelinePanel = dialogPart(
  async () => (await import("@/components/compare/timeline/timeline-panel")).TimelinePanel,
);
const ToolsPanel = panelPart(async () => (await import("./tools-panel")).ToolsPanel);
const PalettePanel = dialogPart(async () => (await import("./commands/palette-panel")).PalettePanel);
const KeysPanel = dialogPart(async () => (await import("./commands/keys-panel")).KeysPanel);
const SessionsPanel = dialogPart(
  async () => (await import("@/components/sessions/sessions-panel")).SessionsPanel,
);
const ExportPanel = dialogPart(async () => (await import("@/components/sessions/export-panel")).ExportPanel);
const ConsentPanel = loadedPart(async () => (await import("./consent-panel")).ConsentPanel, {
  frame: (message, { onAnswer }) => <PanelFrame onClose={() => onAnswer(false)}>{message}</PanelFrame>,
});
const ServersPanel = panelPart(async () => (await import("@/components/servers/servers-panel")).ServersPanel);
const McpPanel = panelPart(async () => (await import("@/components/mcp/mcp-panel")).McpPanel);
const InspectorPanel = panelPart(
  async () => (await import("@/components/inspector/inspector-panel")).InspectorPanel,
);

const ComparePanel = panelPart(async () => (await import("@/components/compare/compare-panel")).ComparePanel);

/** Every panel can be closed, also while its code is on its way. */
function panelPart<P extends { onClose: () => void }>(load: () => Promise<ComponentType<P>>) {
  return loadedPart(load, {
    frame: (message, { onClose }) => <PanelFrame onClose={onClose}>{message}</PanelFrame>,
  });
}

/** Takes the page as soon as it is asked for: what is typed in the meantime is typed into it. */
function dialogPart<P extends { onClose: () => void }>(load: () => Promise<ComponentType<P>>) {
  return loadedPart(load, {
    frame: (message, { onClose }) => <PanelFrame onClose={onClose}>{message}</PanelFrame>,
    wait: ({ onClose }) => <HeldKeys onClose={onClose} />,
  });
}

/** Fetches the panel that exports a session beforehand: it is wanted most when Vitrine has stopped. */
export const preloadSessions = SessionsPanel.preload;

type PanelsProps = {
  open: OpenPanels;
  /** What the commands act on. */
  scope: CommandScope;
};

/** What stands beside the page and what lies over it: a question first. */
export function Panels({ open, scope }: PanelsProps) {
  const { onPanel } = scope;
  const lanes = useLanes();
  const question = useQuestion();
  const { answerQuestion } = usePageActions();
  // A panel of a lane that was closed closes with it.
  const isThere = (panel: SideState | DialogState) =>
    !("lane" in panel) || lanes.some((lane) => lane.id === panel.lane);
  return (
    <>
      {open.side !== null && isThere(open.side) ? (
        <SidePanel panel={open.side} view={scope.view} onPanel={onPanel} />
      ) : null}
      {question !== null ? (
        <ConsentPanel question={question} onAnswer={answerQuestion} />
      ) : open.dialog !== null && isThere(open.dialog) ? (
        <OverPage panel={open.dialog} scope={scope} onPanel={onPanel} />
      ) : null}
    </>
  );
}

type PanelProps<S> = { panel: S; onPanel: OnPanel };

function SidePanel({ panel, view, onPanel }: PanelProps<SideState> & { view: View }) {
  const onClose = () => onPanel(NO_PANEL);
  switch (panel.kind) {
    case "settings":
      return (
        <LaneSettingsPanel
          lane={panel.lane}
          onLane={(lane) => onPanel({ kind: "settings", lane })}
          onModel={(isShared) => onPanel({ kind: isShared ? "shared-model" : "model", lane: panel.lane })}
          onTools={() => onPanel({ kind: "tools", lane: panel.lane })}
          keepsThoughts={view.keepsThoughts}
          onKeepThoughts={keepThoughts}
          onClose={onClose}
        />
      );
    case "tools":
      return <ToolsPanel onMcp={() => onPanel({ kind: "mcp", lane: panel.lane })} onClose={onClose} />;
    case "mcp":
      return <McpPanel onTools={() => onPanel({ kind: "tools", lane: panel.lane })} onClose={onClose} />;
    case "servers":
    case "add-server":
    case "keys":
      return (
        <ServersPanel
          // At the form once more, whatever was looked at in the meantime.
          key={panel.kind}
          adds={panel.kind === "add-server" ? (panel.url ?? "") : null}
          asksForKey={panel.kind === "keys"}
          onModels={(query) => onPanel({ kind: "model", lane: panel.lane, query })}
          onClose={onClose}
        />
      );
    case "inspector":
      return (
        <InspectorPanel
          turn={panel.turn}
          stepId={panel.stepId}
          place={panel.place ?? null}
          onStep={(stepId) => onPanel({ kind: "inspector", turn: panel.turn, stepId })}
          onCompare={(before) =>
            onPanel({
              kind: "compare",
              compared: {
                one: panel.turn,
                other: panel.turn,
                view: "request",
                steps: [before, panel.stepId],
              },
            })
          }
          onClose={onClose}
        />
      );
    case "compare":
      return (
        <ComparePanel
          compared={panel.compared}
          onCompare={(compared) => onPanel({ kind: "compare", compared })}
          onClose={onClose}
        />
      );
  }
}

function OverPage({ panel, scope, onPanel }: PanelProps<DialogState> & Pick<PanelsProps, "scope">) {
  const onClose = () => onPanel(NO_PANEL);
  switch (panel.kind) {
    case "model":
    case "shared-model":
    case "key":
      return (
        <ModelPanel
          key={panel.kind}
          lane={panel.lane}
          opensAt={panel.kind === "key" ? "key" : "list"}
          query={panel.kind === "model" ? (panel.query ?? "") : ""}
          keepsLink={panel.kind === "shared-model"}
          onServers={(url) =>
            onPanel(
              url === null
                ? { kind: "servers", lane: panel.lane }
                : { kind: "add-server", lane: panel.lane, url },
            )
          }
          onClose={onClose}
        />
      );
    case "row-table":
      return (
        <RowTablePanel
          prompt={panel.prompt}
          onTimeline={() => onPanel({ kind: "timeline", prompt: panel.prompt })}
          onCompare={(one) => onPanel({ kind: "compare", compared: { one, other: null, view: "answer" } })}
          onClose={onClose}
        />
      );
    case "timeline":
      return <TimelinePanel prompt={panel.prompt} onClose={onClose} />;
    case "palette":
      return <PalettePanel scope={scope} onClose={onClose} />;
    case "keys-sheet":
      return <KeysPanel scope={scope} onClose={onClose} />;
    case "sessions":
      return (
        <SessionsPanel
          onSaveAs={() => onPanel({ kind: "export", scope: { of: "comparison" } })}
          onClose={onClose}
        />
      );
    case "export":
      return <ExportPanel scope={panel.scope} onClose={onClose} />;
  }
}
