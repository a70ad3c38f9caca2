import type { LaneSetup } from "@/lib/providers/provider";
import type { LaneView } from "@/lib/session/store/lane-view";
import type { LaneId, SettingKey } from "@/lib/session/store/session";
import { formatPlural } from "@/lib/stream/figures/format-number";
import type { ToolDefinition } from "@/lib/tools/tool";

/** What can be done about a setting's link in one lane. */
export type LinkControl = {
  /** All lanes share it. */
  readonly isSame: boolean;
  /** The values that it can take where the lanes differ: each is one that a lane shows. */
  readonly choices: readonly LinkChoice[];
  /** It would become this lane's own; null where it is already, or where no other lane shares it. */
  readonly canOwn: boolean;
};

/** `source` is the lane whose value is meant; this lane itself = for all lanes. */
export type LinkChoice = { readonly label: string; readonly source: LaneId };

/** The link of a setting; `keys` are those that go with it, the one that people see first. Pure. */
export function linkControl(
  lanes: readonly LaneView[],
  lane: LaneView,
  keys: readonly SettingKey[],
  tools: readonly ToolDefinition[],
): LinkControl | null {
  if (lanes.length < 2) return null;
  const isOwn = (view: LaneView) => keys.some((key) => view.own.has(key));
  const others = lanes.filter(({ id }) => id !== lane.id);
  if (!lanes.some(isOwn)) return { isSame: true, choices: [], canOwn: true };
  const valueOf = ({ setup }: LaneView) => JSON.stringify(keys.map((key) => setup[key]));
  const offered = new Set([valueOf(lane)]);
  const theirs = others.flatMap((view): LinkChoice[] => {
    if (offered.has(valueOf(view))) return [];
    offered.add(valueOf(view));
    const laneNumber = lanes.indexOf(view) + 1;
    return [{ label: `Use lane ${laneNumber}'s: ${words(keys, view.setup, tools)}`, source: view.id }];
  });
  const everywhere = `Use this value everywhere: ${words(keys, lane.setup, tools)}`;
  return {
    isSame: false,
    choices: [...theirs, { label: everywhere, source: lane.id }],
    canOwn: !isOwn(lane) && !others.every(isOwn),
  };
}

/** How many lanes a change of a setting in this lane reaches: itself, and those that share it. Pure. */
export function viewsReached(lanes: readonly LaneView[], lane: LaneView, key: SettingKey): number {
  return lane.own.has(key) ? 1 : lanes.filter(({ own }) => !own.has(key)).length;
}

function words([key]: readonly SettingKey[], setup: LaneSetup, tools: readonly ToolDefinition[]): string {
  if (key === undefined) return "";
  switch (key) {
    case "model":
      return setup.model || "no model";
    case "system":
      return setup.system === "" ? "none" : `“${short(setup.system)}”`;
    case "tools": {
      const names = tools.filter(({ id }) => setup.tools.includes(id)).map(({ name }) => name);
      return names.length === 0 ? "none" : short(names.join(", "));
    }
    case "samplers": {
      const entries = Object.entries(setup.samplers).map(
        ([name, value]) => `${name} ${JSON.stringify(value)}`,
      );
      return entries.length === 0 ? "none" : short(entries.join(", "));
    }
    case "toolChoice":
      return setup.toolChoice.kind === "named" ? setup.toolChoice.name : setup.toolChoice.kind;
    case "provider":
    case "endpoint":
    case "dialect":
    case "effort":
    case "thinkingTokens":
    case "maxTokens":
    case "parallelToolCalls":
    case "thinkTags":
    case "webSearch":
      return plain(setup[key]);
    case "limits":
      return `${formatPlural(setup.limits.steps, "step")}, ${formatPlural(setup.limits.calls, "call")}`;
    case "answeredBy":
      return setup.answeredBy === "person" ? "me" : "their tools";
    case "bindings":
      return formatPlural(Object.keys(setup.bindings).length, "own answer");
    case "responseSchema":
      return setup.responseSchema === null ? "none" : short(JSON.stringify(setup.responseSchema));
  }
}

function plain(value: string | number | boolean | null): string {
  if (value === null) return "not set";
  return typeof value === "boolean" ? (value ? "on" : "off") : String(value);
}

function short(text: string): string {
  return text.length > 30 ? `${text.slice(0, 29)}…` : text;
}
