"use client";

import { ArrowLeft } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";

import { Button } from "@/components/ui/button";
import { focusOnMount } from "@/components/ui/fields/focus-on-mount";
import { IconButton } from "@/components/ui/icon-button";
import { loadedPart } from "@/components/ui/loaded-part";
import { Panel } from "@/components/ui/panel/panel";
import { UndoRow } from "@/components/ui/undo-row";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useActions, useTools, useToolSets } from "@/lib/session/hooks/use-session";
import { randomId } from "@/lib/session/store/ids";
import {
  type AnswerPatch,
  answerInLane,
  enableAsNow,
  enableEverywhere,
  enableInLane,
} from "@/lib/session/store/tool-patches";
import type { WrittenSet } from "@/lib/tools/formats/format";
import { freeName } from "@/lib/tools/free-name";
import { replacedTool } from "@/lib/tools/replaced-tool";
import type { ToolDefinition } from "@/lib/tools/tool";
import { joinSets, type ToolSet } from "@/lib/tools/tool-set";

import { AddTools } from "./library/add-tools";
import { searchTools } from "./library/search-tools";
import { ToolSearch } from "./library/tool-search";
import { ToolSets } from "./library/tool-sets";
import { useToolSwitches } from "./library/use-tool-switches";
import type { ToolDraft } from "./tool-draft";
import { ToolRow } from "./tool-row";
import { droppedText, isDroppable, pastedText } from "./transfer/dropped";
import type { ChosenTool } from "./transfer/found-tools";

type ToolsDrawerProps = {
  /** Leads to the MCP servers. */
  onMcp: () => void;
  onClose: () => void;
  /** Below the list: how the models may choose among the tools. */
  children: ReactNode;
};

/** What was deleted, and what brings it back. */
type Removed = { readonly id: string; readonly name: string; readonly putBack: () => void };

const ToolEditor = loadedPart(async () => (await import("./tool-editor")).ToolEditor, {
  wait: <p className="text-muted p-4">Loading the editor…</p>,
});

const LOADING = { wait: <p className="text-muted p-4">Loading…</p> };
const ImportTools = loadedPart(async () => (await import("./transfer/import-tools")).ImportTools, LOADING);
const ExportTools = loadedPart(async () => (await import("./transfer/export-tools")).ExportTools, LOADING);
const DescribeTool = loadedPart(async () => (await import("./describe/describe-tool")).DescribeTool, LOADING);
const SetEditor = loadedPart(async () => (await import("./library/set-editor")).SetEditor, LOADING);

const ToolPrices = loadedPart(async () => (await import("./price/tool-prices")).ToolPrices, { wait: null });

/** What the drawer shows instead of its list; `text`: what was pasted or dropped. */
type Aside =
  | { readonly at: "tool" | "set"; readonly id: string }
  | { readonly at: "import"; readonly text: string }
  | { readonly at: "describe" | "export" };

// What is typed and cannot be saved outlives the drawer, as long as the tab: nobody loses a schema to Esc.
const keptDrafts = new Map<string, ToolDraft>();

/** The person's tools: list, sets, editor, where each is on, and how models may choose. */
export function ToolsDrawer({ onMcp, onClose, children }: ToolsDrawerProps) {
  const actions = useActions();
  const { lanes, apply } = useToolSwitches();
  const tools = useTools();
  const sets = useToolSets();
  const [aside, setAside] = useState<Aside | null>(null);
  const [latest, setLatest] = useState<string | null>(null);
  const [removed, setRemoved] = useState<Removed | null>(null);
  const [query, setQuery] = useState("");
  const tool = aside?.at === "tool" ? tools.find(({ id }) => id === aside.id) : undefined;
  const set = aside?.at === "set" ? sets.find(({ id }) => id === aside.id) : undefined;
  const isList = tool === undefined && set === undefined && !isOtherView(aside);
  // The list is here at once; the editor comes while it is read.
  useEffect(() => ToolEditor.preload(), []);

  const edit = (at: "tool" | "set", id: string) => {
    setLatest(id);
    setAside({ at, id });
  };
  const answer = ({ lane, bindings, link }: AnswerPatch) => {
    if (link === "unlink") actions.setLinked(lane, "bindings", false);
    if (link === "link") actions.setLinked(lane, "bindings", true);
    else actions.changeSetup(lane, { bindings });
  };
  const add = (like: ToolDefinition) => {
    const name = freeName(like.name, new Set(tools.map((other) => other.name)));
    const fresh = { ...like, id: randomId(), name };
    actions.saveTool(fresh);
    apply(enableEverywhere(lanes, [fresh.id], true));
    edit("tool", fresh.id);
  };
  const addAll = (list: readonly ChosenTool[], written: readonly WrittenSet[]) => {
    const own = new Set(tools.map(({ name }) => name));
    const names = new Set([...own, ...list.map(({ tool: like }) => like.name)]);
    const fresh: ToolDefinition[] = [];
    for (const { tool: like, replaces } of list) {
      if (replaces !== null) {
        actions.saveTool(replacedTool(replaces, like));
        keptDrafts.delete(replaces.id);
        continue;
      }
      const name = own.has(like.name) ? freeName(like.name, names) : like.name;
      names.add(name);
      fresh.push({ ...like, id: randomId(), name });
    }
    for (const each of fresh) actions.saveTool(each);
    const ids = fresh.map(({ id }) => id);
    apply(enableEverywhere(lanes, ids, true));
    for (const each of joinSets(sets, written, [...tools, ...fresh], randomId)) actions.saveToolSet(each);
    setQuery("");
    setLatest(fresh[0]?.id ?? list[0]?.replaces?.id ?? null);
    setAside(null);
  };
  /** The list was pasted into a tool, which is left out if it is still as it was made. */
  const addInstead = (list: readonly ToolDefinition[], from: ToolDefinition) => {
    keptDrafts.delete(from.id);
    if (isUntouched(from)) actions.removeTool(from.id);
    addAll(
      list.map((like) => ({ tool: like, replaces: null })),
      [],
    );
  };
  const remove = (gone: ToolDefinition) => {
    const patches = enableAsNow(lanes, gone.id);
    const putBack = () => {
      actions.saveTool(gone);
      apply(patches);
    };
    setRemoved({ id: gone.id, name: gone.name, putBack });
    actions.removeTool(gone.id);
  };
  const removeSet = (gone: ToolSet) => {
    setAside(null);
    setRemoved({ id: gone.id, name: `set ${gone.name}`, putBack: () => actions.saveToolSet(gone) });
    actions.removeToolSet(gone.id);
  };
  const shown = searchTools(tools, query, sets);

  return (
    <Panel
      title={titleOf(aside, tool, set)}
      kind="side"
      onClose={onClose}
      actions={
        isList ? (
          <>
            <Button kind="quiet" size="small" onClick={onMcp}>
              MCP servers
            </Button>
            {tools.length === 0 ? null : (
              <Button kind="quiet" size="small" onClick={() => setAside({ at: "export" })}>
                Export…
              </Button>
            )}
          </>
        ) : (
          <IconButton
            label="Back to all tools"
            ref={tool === undefined && aside?.at !== "export" ? null : focusOnMount}
            onClick={() => setAside(null)}
          >
            <ArrowLeft size={16} aria-hidden />
          </IconButton>
        )
      }
    >
      <div
        className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain"
        onPaste={(event) => {
          const text = pastedText(event);
          if (text !== null) setAside({ at: "import", text });
        }}
        onDragOver={(event) => {
          if (isDroppable(event)) event.preventDefault();
        }}
        onDrop={(event) => {
          if (!isDroppable(event)) return;
          event.preventDefault();
          void droppedText(event).then((text) => setAside({ at: "import", text }));
        }}
      >
        {aside?.at === "import" ? (
          <ImportTools
            key={aside.text}
            initialText={aside.text}
            others={tools}
            onAdd={addAll}
            onCancel={() => setAside(null)}
          />
        ) : aside?.at === "export" ? (
          <ExportTools tools={tools} sets={sets} onClose={() => setAside(null)} />
        ) : aside?.at === "describe" ? (
          <div className="p-4">
            <DescribeTool current={null} onApply={add} />
          </div>
        ) : set !== undefined ? (
          <SetEditor key={set.id} set={set} onRemove={() => removeSet(set)} />
        ) : tool !== undefined ? (
          <ToolEditor
            key={tool.id}
            tool={tool}
            others={tools.filter(({ id }) => id !== tool.id)}
            lanes={lanes}
            kept={keptDrafts.get(tool.id) ?? null}
            onKeep={(draft) => (draft === null ? keptDrafts.delete(tool.id) : keptDrafts.set(tool.id, draft))}
            onSave={actions.saveTool}
            onAnswer={(lane, binding) => answer(answerInLane(lanes, lane, tool.id, binding))}
            onAddAll={(list) => addInstead(list, tool)}
          />
        ) : (
          <>
            <AddTools
              onNew={() => add(EMPTY_TOOL)}
              onDescribe={() => setAside({ at: "describe" })}
              onImport={() => setAside({ at: "import", text: "" })}
            />
            {removed === null ? null : (
              <UndoRow
                key={removed.id}
                onUndo={() => {
                  removed.putBack();
                  setLatest(removed.id);
                  setRemoved(null);
                }}
              >{`Deleted ${showMarks(removed.name)}.`}</UndoRow>
            )}
            <ToolSets latest={latest} onEdit={(id) => edit("set", id)} onRemove={removeSet} />
            <div className="px-4 pt-2 empty:hidden">
              <ToolSearch query={query} onQuery={setQuery} all={tools.length} found={shown.length} />
            </div>
            <ul aria-label="Tools">
              {shown.map((each) => (
                <ToolRow
                  key={each.id}
                  tool={each}
                  lanes={lanes}
                  takesFocus={each.id === latest}
                  onEdit={() => edit("tool", each.id)}
                  onDuplicate={() => add(each)}
                  onRemove={() => remove(each)}
                  onAll={(on) => apply(enableEverywhere(lanes, [each.id], on))}
                  onLane={(lane, on) => apply(enableInLane(lanes, lane, [each.id], on))}
                />
              ))}
            </ul>
            {tools.length === 0 ? (
              <p className="text-muted px-4 py-3">
                No tools yet. Add a sample, write your own, or paste some here.
              </p>
            ) : null}
            <ToolPrices />
            {children}
          </>
        )}
      </div>
    </Panel>
  );
}

/** Whether something stands in place of the list that is neither a tool nor a set. */
function isOtherView(aside: Aside | null): boolean {
  return aside !== null && aside.at !== "tool" && aside.at !== "set";
}

function titleOf(aside: Aside | null, tool?: ToolDefinition, set?: ToolSet): string {
  if (aside?.at === "import") return "Import tools";
  if (aside?.at === "export") return "Export tools";
  if (aside?.at === "describe") return "Describe a tool";
  if (set !== undefined) return `Set “${showMarks(set.name)}”`;
  return tool === undefined ? "Tools" : showMarks(tool.name);
}

const EMPTY_TOOL: ToolDefinition = {
  id: "",
  name: "new_tool",
  description: "",
  parameters: { type: "object", properties: {}, required: [], additionalProperties: false },
  strict: null,
  exampleResult: null,
  binding: { kind: "ask" },
  approval: null,
  sharing: "shared",
};

/** Whether a new tool is still as it was made: the list that was pasted into it takes its place. */
function isUntouched(tool: ToolDefinition): boolean {
  return JSON.stringify({ ...tool, id: "", name: "" }) === JSON.stringify({ ...EMPTY_TOOL, name: "" });
}
