"use client";

import { useState } from "react";

import { focusLane, toggleReasoning } from "@/components/lane/focus-lane";
import { copyLink } from "@/components/sessions/copy-link";
import { FilterList } from "@/components/ui/menus/filter-list";
import { Kbd } from "@/components/ui/menus/kbd";
import { Panel } from "@/components/ui/panel/panel";
import { rankAll } from "@/components/ui/rank";
import { usePageActions, useUndo } from "@/lib/session/hooks/use-page";
import { useActions, useLanes } from "@/lib/session/hooks/use-session";
import { useIsAnyLive } from "@/lib/session/hooks/use-turn";

import type { OnPanel } from "./panel-state";
import { focusPrompt } from "./use-shortcuts";

type PalettePanelProps = { onPanel: OnPanel; onClose: () => void };

/** Every command by name, with its keys. */
export function PalettePanel({ onPanel, onClose }: PalettePanelProps) {
  const actions = useActions();
  const page = usePageActions();
  const lanes = useLanes();
  const isLive = useIsAnyLive();
  const undo = useUndo();
  const first = lanes[0];
  const commands: Command[] = [
    { id: "prompt", label: "Go to the prompt", keys: "Alt P", run: focusPrompt },
    { id: "new", label: "New comparison", run: actions.newSession },
    { id: "sessions", label: "Comparisons", keys: "Alt S", run: () => onPanel({ kind: "sessions" }) },
    { id: "add-lane", label: "Add lane", keys: "Alt N", run: actions.addLane },
    { id: "reasoning", label: "Open or close the latest reasoning", keys: "Alt R", run: toggleReasoning },
    {
      id: "link",
      label: "Copy a link to this comparison",
      run: () => void copyLink(page),
    },
  ];
  if (isLive) commands.unshift({ id: "stop", label: "Stop all", keys: "Alt .", run: actions.stopAll });
  if (undo.closed.length > 0)
    commands.push({ id: "restore", label: "Reopen the closed lane", run: actions.restoreLane });
  if (first !== undefined) {
    commands.push({
      id: "tools",
      label: "Tools",
      keys: "Alt T",
      run: () => onPanel({ kind: "tools", lane: first.id }),
    });
    commands.push(
      {
        id: "add-server",
        label: "Add a server",
        run: () => onPanel({ kind: "add-server", lane: first.id }),
      },
      { id: "keys", label: "Paste a key", run: () => onPanel({ kind: "keys", lane: first.id }) },
    );
  }
  for (const [index, lane] of lanes.entries()) {
    const place = index + 1;
    const group = `Lane ${place}`;
    commands.push(
      {
        id: `go-${place}`,
        group,
        label: `Go to lane ${place}`,
        keys: `Alt ${place}`,
        run: () => focusLane(place),
      },
      {
        id: `model-${place}`,
        group,
        label: "Change model…",
        run: () => onPanel({ kind: "model", lane: lane.id }),
      },
      {
        id: `set-${place}`,
        group,
        label: "Settings",
        run: () => onPanel({ kind: "settings", lane: lane.id }),
      },
      { id: `clone-${place}`, group, label: "Duplicate lane", run: () => actions.cloneLane(lane.id) },
      { id: `close-${place}`, group, label: "Close lane", run: () => actions.closeLane(lane.id) },
    );
  }
  return <Palette commands={commands} onClose={onClose} />;
}

type Command = {
  readonly id: string;
  readonly label: string;
  /** Heading under which it stands; commands of one group follow each other. */
  readonly group?: string;
  /** Shortcut as a person reads it, such as "Ctrl Enter". */
  readonly keys?: string;
  readonly run: () => void;
};

type PaletteProps = { commands: readonly Command[]; onClose: () => void };

/** Everything that can be done, by name. Closes before the command runs, so that the command may move the focus. */
function Palette({ commands, onClose }: PaletteProps) {
  const [query, setQuery] = useState("");
  const found = rankAll(commands, query, (command) => `${command.label} ${command.group ?? ""}`);
  return (
    <Panel title="Commands" kind="dialog" onClose={onClose}>
      <FilterList
        label="Command"
        placeholder="What do you want to do?"
        query={query}
        onQuery={setQuery}
        groups={
          query.trim() === ""
            ? byGroup(found)
            : [{ id: "found", label: "", options: found.map(toFoundOption) }]
        }
        onPick={(id) => {
          onClose();
          commands.find((command) => command.id === id)?.run();
        }}
        empty={`No command matches “${query}”.`}
      />
    </Panel>
  );
}

function byGroup(commands: readonly Command[]) {
  const labels = [...new Set(commands.map((command) => command.group ?? ""))];
  return labels.map((label) => ({
    id: label,
    label,
    options: commands.filter((command) => (command.group ?? "") === label).map(toOption),
  }));
}

function toOption(command: Command) {
  return { id: command.id, content: <CommandRow command={command} group={null} /> };
}

// Without its heading "Duplicate lane" would not say which one.
function toFoundOption(command: Command) {
  return { id: command.id, content: <CommandRow command={command} group={command.group ?? null} /> };
}

function CommandRow({ command, group }: { command: Command; group: string | null }) {
  return (
    <>
      <span className="min-w-0 flex-1">{command.label}</span>
      {group === null ? null : <span className="text-muted text-[13px]">{group}</span>}
      {command.keys === undefined ? null : <Kbd>{command.keys}</Kbd>}
    </>
  );
}
