import type { LaneId, TurnId } from "@/lib/session/store/session";

/** What lies over the page; one thing at a time. */
export type PanelState =
  | { readonly kind: "none" }
  | { readonly kind: "tools"; readonly lane: LaneId }
  | { readonly kind: "settings"; readonly lane: LaneId }
  | { readonly kind: "model"; readonly lane: LaneId }
  /** The model picker, for every lane that shares its model with this one. */
  | { readonly kind: "shared-model"; readonly lane: LaneId }
  /** The model picker, at the key of the lane's server. */
  | { readonly kind: "key"; readonly lane: LaneId }
  /** The model picker, at the form for a person's own server. */
  | { readonly kind: "add-server"; readonly lane: LaneId }
  /** The model picker, at the providers that take a key. */
  | { readonly kind: "keys"; readonly lane: LaneId }
  | { readonly kind: "palette" }
  | { readonly kind: "sessions" }
  | { readonly kind: "wire"; readonly turn: TurnId; readonly stepId: string };

export type OnPanel = (panel: PanelState) => void;

export const NO_PANEL: PanelState = { kind: "none" };
