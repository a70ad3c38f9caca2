"use client";

import { useContext, useMemo, useState } from "react";

import { VerifyLinkContext } from "@/components/answer/answer-scope";
import { useToolSwitches } from "@/components/tools/library/use-tool-switches";
import { FilterList } from "@/components/ui/menus/filter-list";
import { Kbd } from "@/components/ui/menus/kbd";
import { keysInWords, useIsApple } from "@/components/ui/menus/keys";
import { Panel } from "@/components/ui/panel/panel";
import { rankAll } from "@/components/ui/rank";
import { useHasOtherAnswers } from "@/lib/session/hooks/use-answer-list";
import { useUndo } from "@/lib/session/hooks/use-page";
import { useRecordings } from "@/lib/session/hooks/use-recording";
import { useHasDraft, useRows, useSession, useTools, useToolSets } from "@/lib/session/hooks/use-session";
import { useLiveLanes } from "@/lib/session/hooks/use-turn";

import type { Command, CommandScope } from "./command";
import { paletteCommands } from "./palette-commands";
import { setCommands } from "./set-commands";

type PalettePanelProps = { scope: CommandScope; onClose: () => void };

/** Every command that applies now, by name, with its keys. */
export function PalettePanel({ scope, onClose }: PalettePanelProps) {
  const session = useSession();
  const undo = useUndo();
  const liveLanes = useLiveLanes();
  const hasDraft = useHasDraft();
  const rows = useRows();
  const hasOther = useHasOtherAnswers();
  const hasTurns = rows.length > 0;
  const newest = rows.at(-1)?.turns.values().next().value?.id ?? null;
  const newestPrompt = rows.at(-1)?.asked?.promptId ?? null;
  const newestAnswer = hasOther ? newest : null;
  const recordings = useRecordings();
  const ownSets = useToolSets();
  const tools = useTools();
  const switches = useToolSwitches();
  const verify = useContext(VerifyLinkContext);
  const commands = useMemo(
    () =>
      paletteCommands({
        ...scope,
        session,
        undo,
        liveLanes,
        hasDraft,
        newestPrompt,
        newestAnswer,
        hasTurns,
        recordings,
        verify,
      }).filter(
        // It is open.
        ({ id, applies }) => applies !== false && id !== "palette",
      ),
    [scope, session, undo, liveLanes, hasDraft, newestPrompt, newestAnswer, hasTurns, recordings, verify],
  );
  const sets = scope.readOnly ? [] : setCommands(ownSets, tools, switches);
  return (
    <Palette commands={[...commands, ...sets.filter(({ applies }) => applies !== false)]} onClose={onClose} />
  );
}

type PaletteProps = { commands: readonly Command[]; onClose: () => void };

/** Everything that can be done, by name. It is closed before the command runs. */
function Palette({ commands, onClose }: PaletteProps) {
  const [query, setQuery] = useState("");
  const found = rankAll(commands, query, ({ label, group = "", words = "" }) => `${label} ${group} ${words}`);
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
          const command = commands.find((other) => other.id === id);
          // The closing layer gives the focus back first; the command may then move it on.
          if (command !== undefined) setTimeout(command.run);
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
  const isApple = useIsApple();
  return (
    <>
      <span className="min-w-0 flex-1">{command.label}</span>
      {group === null ? null : <span className="text-muted text-[13px]">{group}</span>}
      {command.chord === undefined ? null : <Kbd>{keysInWords(command.chord, isApple)}</Kbd>}
    </>
  );
}
