import type { Compared } from "@/components/compare/compared";
import type { InspectedPlace } from "@/components/inspector/inspector-panel";
import type { ExportScope, LaneId, PromptId, TurnId } from "@/lib/session/store/session";

/** What stands at the right of the page; one thing at a time. */
export type SideState =
  | { readonly kind: "tools"; readonly lane: LaneId }
  | { readonly kind: "settings"; readonly lane: LaneId }
  /** The servers; their models are chosen for this lane. */
  | { readonly kind: "servers"; readonly lane: LaneId }
  /** The servers, at the form for a new one. `url` is what was already typed. */
  | { readonly kind: "add-server"; readonly lane: LaneId; readonly url?: string }
  /** The servers, at the services that lack a key. */
  | { readonly kind: "keys"; readonly lane: LaneId }
  /** The MCP servers. */
  | { readonly kind: "mcp"; readonly lane: LaneId }
  | {
      readonly kind: "inspector";
      readonly turn: TurnId;
      readonly stepId: string;
      /** What it begins with, where that is not the request. */
      readonly place?: InspectedPlace;
    }
  /** Two answers beside each other. */
  | { readonly kind: "compare"; readonly compared: Compared };

/** What lies over the page and what stands beside it; one thing at a time. */
export type DialogState =
  /** The model picker; `query` is what its field begins with. */
  | { readonly kind: "model"; readonly lane: LaneId; readonly query?: string }
  /** The model picker, for every lane that shares its model with this one. */
  | { readonly kind: "shared-model"; readonly lane: LaneId }
  /** The model picker, at the key of the lane's server. */
  | { readonly kind: "key"; readonly lane: LaneId }
  /** All lanes that answered this prompt on one clock. */
  | { readonly kind: "timeline"; readonly prompt: PromptId }
  /** The numbers of all lanes that answered this prompt. */
  | { readonly kind: "row-table"; readonly prompt: PromptId }
  | { readonly kind: "palette" }
  | { readonly kind: "keys-sheet" }
  | { readonly kind: "sessions" }
  /** The formats in which this part of the open comparison is saved. */
  | { readonly kind: "export"; readonly scope: ExportScope };

/** A panel to open, or "none" to close what is open on top. */
export type PanelState = { readonly kind: "none" } | SideState | DialogState;

export type OnPanel = (panel: PanelState) => void;

export const NO_PANEL: PanelState = { kind: "none" };

/** What is open: a dialog lies over the side panel, which stays as it is. */
export type OpenPanels = { readonly side: SideState | null; readonly dialog: DialogState | null };

export const NOTHING_OPEN: OpenPanels = { side: null, dialog: null };

/**
 * What is open after this was asked for. A side panel takes the place of the one that is open, and closes at the same
 * press that opened it. Pure.
 */
export function withPanel(open: OpenPanels, panel: PanelState): OpenPanels {
  switch (panel.kind) {
    case "none":
      return open.dialog === null ? NOTHING_OPEN : { ...open, dialog: null };
    case "tools":
    case "settings":
    case "servers":
    case "add-server":
    case "keys":
    case "mcp":
    case "inspector":
    case "compare": {
      const isSame = JSON.stringify(open.side) === JSON.stringify(panel);
      return { side: isSame && open.dialog === null ? null : panel, dialog: null };
    }
    case "model":
    case "shared-model":
    case "key":
    case "row-table":
    case "timeline":
    case "palette":
    case "keys-sheet":
    case "sessions":
    case "export":
      return { ...open, dialog: panel };
  }
}
