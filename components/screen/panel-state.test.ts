import { describe, expect, it } from "vitest";

import { laneId } from "@/lib/session/store/ids";

import { NO_PANEL, NOTHING_OPEN, type OpenPanels, type PanelState, withPanel } from "./panel-state";

const lane = laneId("lane");
const tools = { kind: "tools", lane } as const;
const settings = { kind: "settings", lane } as const;
const model = { kind: "model", lane } as const;

function open(...panels: readonly PanelState[]): OpenPanels {
  return panels.reduce(withPanel, NOTHING_OPEN);
}

describe("what is open", () => {
  it("is one side panel at a time: the next one takes its place", () => {
    expect(open(tools, settings)).toEqual({ side: settings, dialog: null });
  });

  it("is closed by the press that opened it", () => {
    expect(open(tools, tools)).toEqual(NOTHING_OPEN);
    expect(open(settings, { kind: "settings", lane: laneId("other") }).side).toEqual({
      kind: "settings",
      lane: laneId("other"),
    });
  });

  it("keeps the side panel under a dialog, and closes the dialog first", () => {
    const both = open(settings, model);
    expect(both).toEqual({ side: settings, dialog: model });
    expect(withPanel(both, NO_PANEL)).toEqual({ side: settings, dialog: null });
    expect(withPanel(withPanel(both, NO_PANEL), NO_PANEL)).toEqual(NOTHING_OPEN);
  });

  it("has no dialog over a side panel that a dialog led to", () => {
    expect(open(settings, model, { kind: "servers", lane })).toEqual({
      side: { kind: "servers", lane },
      dialog: null,
    });
    expect(open(settings, model, settings)).toEqual({ side: settings, dialog: null });
  });
});
