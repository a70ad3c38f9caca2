"use client";

import { useState } from "react";

import { FilterList } from "@/components/ui/menus/filter-list";
import { Kbd } from "@/components/ui/menus/kbd";
import { Panel } from "@/components/ui/panel";
import { rankAll } from "@/components/ui/rank";

export type Command = {
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
export function Palette({ commands, onClose }: PaletteProps) {
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
        empty={`No command fits “${query}”.`}
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
