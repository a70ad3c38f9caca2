"use client";

import { Ellipsis, Plus } from "lucide-react";
import { useId } from "react";

import { Button } from "@/components/ui/button";
import { focusOnMount } from "@/components/ui/fields/focus-on-mount";
import { Menu } from "@/components/ui/menus/menu";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useActions, useTools, useToolSets } from "@/lib/session/hooks/use-session";
import { randomId } from "@/lib/session/store/ids";
import type { LaneView } from "@/lib/session/store/lane-view";
import { enableEverywhere, enableInLane, enableOnly } from "@/lib/session/store/tool-patches";
import { formatPlural } from "@/lib/stream/figures/format-number";
import type { ToolDefinition } from "@/lib/tools/tool";
import { MOST_SETS, newSetName, setState, type ToolSet, toolsOf } from "@/lib/tools/tool-set";

import { LaneToggles } from "./lane-toggles";
import { useToolSwitches } from "./use-tool-switches";

type ToolSetsProps = {
  /** The set whose button takes the focus when it appears. */
  latest: string | null;
  onEdit: (id: string) => void;
  onRemove: (set: ToolSet) => void;
};

/** The person's sets of tools: each is switched with one press. */
export function ToolSets({ latest, onEdit, onRemove }: ToolSetsProps) {
  const sets = useToolSets();
  const tools = useTools();
  const heading = useId();
  if (tools.length === 0) return null;
  return (
    <section aria-labelledby={heading} className="border-line border-b px-4 py-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 id={heading} className="text-muted text-[13px]">
          Sets
        </h3>
        <MakeSet onMade={onEdit} />
      </div>
      {sets.length === 0 ? (
        <p className="text-faint text-[13px]">A set switches several tools at one press.</p>
      ) : (
        <ul className="grid">
          {sets.map((set) => (
            <SetRow
              key={set.id}
              set={set}
              tools={toolsOf(set, tools)}
              takesFocus={set.id === latest}
              onEdit={() => onEdit(set.id)}
              onRemove={() => onRemove(set)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

type SetRowProps = {
  set: ToolSet;
  tools: readonly ToolDefinition[];
  takesFocus: boolean;
  onEdit: () => void;
  onRemove: () => void;
};

function SetRow({ set, tools, takesFocus, onEdit, onRemove }: SetRowProps) {
  const { lanes, apply } = useToolSwitches();
  const name = showMarks(set.name);
  const ids = tools.map(({ id }) => id);
  return (
    <li className="flex min-w-0 items-center gap-2 py-1">
      <button
        ref={takesFocus ? focusOnMount : null}
        type="button"
        aria-label={`Edit set ${name}`}
        title={tools.map((tool) => tool.name).join(", ")}
        onClick={onEdit}
        className="rounded-inner hover:text-accent flex min-w-0 flex-1 items-baseline gap-2 text-left"
      >
        <span className="truncate font-medium">{name}</span>
        <span className="text-muted shrink-0 text-[13px]">{formatPlural(tools.length, "tool")}</span>
      </button>
      <SetToggles set={set} tools={tools} />
      <Menu
        label={`More for set ${name}`}
        kind="quiet"
        size="icon"
        entries={[
          {
            kind: "item",
            label: lanes.length > 1 ? "Turn on only this set, in all lanes" : "Turn on only this set",
            disabled: tools.length === 0,
            run: () => apply(enableOnly(lanes, ids)),
          },
          { kind: "item", label: "Edit…", run: onEdit },
          { kind: "item", label: "Delete, and keep its tools", danger: true, run: onRemove },
        ]}
      >
        <Ellipsis size={14} aria-hidden />
      </Menu>
    </li>
  );
}

/** Where a set is on. */
export function SetToggles({ set, tools }: { set: ToolSet; tools: readonly ToolDefinition[] }) {
  const { lanes, apply } = useToolSwitches();
  const ids = tools.map(({ id }) => id);
  if (tools.length === 0) return null;
  return (
    <LaneToggles
      name={`Set ${showMarks(set.name)}`}
      lanes={lanes}
      stateOf={({ setup }) => setState(tools, setup.tools)}
      onAll={(on) => apply(enableEverywhere(lanes, ids, on))}
      onLane={(lane, on) => apply(enableInLane(lanes, lane, ids, on))}
    />
  );
}

/** Makes a set of what is on; where the lanes differ, of what is on in one of them. */
function MakeSet({ onMade }: { onMade: (id: string) => void }) {
  const { lanes } = useToolSwitches();
  const { saveToolSet } = useActions();
  const sets = useToolSets();
  const tools = useTools();
  const onIn = ({ setup }: LaneView) => tools.filter(({ id }) => setup.tools.includes(id));
  const [first] = lanes;
  if (first === undefined) return null;
  const differ = new Set(lanes.map((lane) => JSON.stringify(onIn(lane).map(({ id }) => id)))).size > 1;
  const make = (lane: LaneView) => {
    const id = randomId();
    saveToolSet({ id, name: newSetName(sets), tools: onIn(lane).map((tool) => tool.id) });
    onMade(id);
  };
  const words = (
    <>
      <Plus size={13} aria-hidden />
      Make a set of what is on
    </>
  );
  const isFull = sets.length >= MOST_SETS;
  return differ ? (
    <Menu
      label="Make a set of what is on"
      size="small"
      disabled={isFull}
      entries={lanes.map((lane, index) => ({
        kind: "item",
        label: `In lane ${index + 1}: ${formatPlural(onIn(lane).length, "tool")}`,
        disabled: onIn(lane).length === 0,
        run: () => make(lane),
      }))}
    >
      {words}
    </Menu>
  ) : (
    <Button size="small" disabled={isFull || onIn(first).length === 0} onClick={() => make(first)}>
      {words}
    </Button>
  );
}
