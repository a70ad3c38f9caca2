"use client";

import { ArrowLeft, Download, Plus, Upload } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";

import { Button } from "@/components/ui/button";
import { focusOnMount } from "@/components/ui/fields/focus-on-mount";
import { IconButton } from "@/components/ui/icon-button";
import { loadedPart } from "@/components/ui/loaded-part";
import { Panel } from "@/components/ui/panel/panel";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { LaneSetup } from "@/lib/providers/provider";
import { randomId } from "@/lib/session/store/ids";
import type { LaneView } from "@/lib/session/store/lane-view";
import type { LaneId, SettingKey } from "@/lib/session/store/session";
import {
  type AnswerPatch,
  answerInLane,
  enableAsNow,
  enableEverywhere,
  enableInLane,
  type ToolPatch,
} from "@/lib/session/store/tool-patches";
import { freeName } from "@/lib/tools/free-name";
import { sampleTools } from "@/lib/tools/samples";
import type { ToolDefinition } from "@/lib/tools/tool";

import type { ToolDraft } from "./tool-draft";
import { ToolRow } from "./tool-row";
import { droppedText, isDroppable, pastedText } from "./transfer/dropped";

type ToolsDrawerProps = {
  tools: readonly ToolDefinition[];
  lanes: readonly LaneView[];
  onSave: (tool: ToolDefinition) => void;
  onRemove: (toolId: string) => void;
  onChange: (lane: LaneId, patch: Partial<LaneSetup>) => void;
  onLink: (lane: LaneId, key: SettingKey, linked: boolean) => void;
  /** Leads to the MCP servers. */
  onMcp: () => void;
  onClose: () => void;
  /** Below the list: how the models may choose among the tools. */
  children: ReactNode;
};

/** A deleted tool and where it was on. */
type Removed = { readonly tool: ToolDefinition; readonly patches: readonly ToolPatch[] };

const ToolEditor = loadedPart(async () => (await import("./tool-editor")).ToolEditor, {
  wait: <p className="text-muted p-4">Loading the editor…</p>,
});

const ImportTools = loadedPart(async () => (await import("./transfer/import-tools")).ImportTools, {
  wait: <p className="text-muted p-4">Loading…</p>,
});
const ExportTools = loadedPart(async () => (await import("./transfer/export-tools")).ExportTools, {
  wait: <p className="text-muted p-4">Loading…</p>,
});

const ToolPrices = loadedPart(async () => (await import("./price/tool-prices")).ToolPrices, { wait: null });

/** What the drawer shows instead of its list; `text`: what was pasted or dropped. */
type Aside = { readonly at: "import"; readonly text: string } | { readonly at: "export" };

// What is typed and cannot be saved outlives the drawer, as long as the tab: nobody loses a schema to Esc.
const keptDrafts = new Map<string, ToolDraft>();

/** The session's tools: list, editor, where each is on, and how models may choose. */
export function ToolsDrawer(props: ToolsDrawerProps) {
  const { tools, lanes, onSave, onClose } = props;
  const [editing, setEditing] = useState<string | null>(null);
  const [latest, setLatest] = useState<string | null>(null);
  const [removed, setRemoved] = useState<Removed | null>(null);
  const [aside, setAside] = useState<Aside | null>(null);
  const tool = aside === null ? tools.find(({ id }) => id === editing) : undefined;
  // The list is here at once; the editor comes while it is read.
  useEffect(() => ToolEditor.preload(), []);

  const edit = (id: string) => {
    setLatest(id);
    setEditing(id);
  };
  const apply = (patches: readonly ToolPatch[]) => {
    for (const patch of patches) {
      if (patch.unlink) props.onLink(patch.lane, "tools", false);
      props.onChange(patch.lane, { tools: patch.tools });
    }
  };
  const answer = ({ lane, bindings, link }: AnswerPatch) => {
    if (link === "unlink") props.onLink(lane, "bindings", false);
    if (link === "link") props.onLink(lane, "bindings", true);
    else props.onChange(lane, { bindings });
  };
  const add = (like: ToolDefinition) => {
    const fresh = {
      ...like,
      id: randomId(),
      name: freeName(like.name, new Set(tools.map(({ name }) => name))),
    };
    onSave(fresh);
    apply(enableEverywhere(lanes, [fresh.id], true));
    edit(fresh.id);
  };
  const addAll = (list: readonly ToolDefinition[]) => {
    const fresh = list.map((like) => ({ ...like, id: randomId() }));
    for (const each of fresh) onSave(each);
    apply(
      enableEverywhere(
        lanes,
        fresh.map(({ id }) => id),
        true,
      ),
    );
    setLatest(fresh[0]?.id ?? null);
    setEditing(null);
    setAside(null);
  };
  /** The list was pasted into a tool, which is left out if it is still as it was made. */
  const addInstead = (list: readonly ToolDefinition[], from: ToolDefinition) => {
    keptDrafts.delete(from.id);
    if (isUntouched(from)) props.onRemove(from.id);
    addAll(list);
  };
  const remove = (gone: ToolDefinition) => {
    setRemoved({ tool: gone, patches: enableAsNow(lanes, gone.id) });
    props.onRemove(gone.id);
  };

  return (
    <Panel
      title={aside === null ? (tool === undefined ? "Tools" : showMarks(tool.name)) : ASIDE_TITLES[aside.at]}
      kind="side"
      onClose={onClose}
      actions={
        tool === undefined && aside === null ? null : (
          <IconButton
            label="Back to all tools"
            ref={aside?.at === "import" ? null : focusOnMount}
            onClick={() => {
              setEditing(null);
              setAside(null);
            }}
          >
            <ArrowLeft size={16} aria-hidden />
          </IconButton>
        )
      }
    >
      <div
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain"
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
          <ExportTools tools={tools} onClose={() => setAside(null)} />
        ) : tool === undefined ? (
          <>
            <AddTools tools={tools} onAdd={add} onSave={onSave} onAside={setAside}>
              <Button onClick={props.onMcp}>MCP servers</Button>
            </AddTools>
            {removed === null ? null : (
              <UndoRow
                key={removed.tool.id}
                name={showMarks(removed.tool.name)}
                onUndo={() => {
                  onSave(removed.tool);
                  apply(removed.patches);
                  setLatest(removed.tool.id);
                  setRemoved(null);
                }}
              />
            )}
            <ul>
              {tools.map((each) => (
                <ToolRow
                  key={each.id}
                  tool={each}
                  lanes={lanes}
                  takesFocus={each.id === latest}
                  onEdit={() => edit(each.id)}
                  onDuplicate={() => add(each)}
                  onRemove={() => remove(each)}
                  onAll={(on) => apply(enableEverywhere(lanes, [each.id], on))}
                  onLane={(lane, on) => apply(enableInLane(lanes, lane, each.id, on))}
                />
              ))}
            </ul>
            {tools.length === 0 ? (
              <p className="text-muted px-4 py-3">
                No tools yet. Add a sample, write your own, or paste some here.
              </p>
            ) : null}
            <ToolPrices />
            {props.children}
          </>
        ) : (
          <ToolEditor
            key={tool.id}
            tool={tool}
            others={tools.filter(({ id }) => id !== tool.id)}
            lanes={lanes}
            kept={keptDrafts.get(tool.id) ?? null}
            onKeep={(draft) => (draft === null ? keptDrafts.delete(tool.id) : keptDrafts.set(tool.id, draft))}
            onSave={onSave}
            onAnswer={(lane, binding) => answer(answerInLane(lanes, lane, tool.id, binding))}
            onAddAll={(list) => addInstead(list, tool)}
          />
        )}
      </div>
    </Panel>
  );
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

const ASIDE_TITLES = { import: "Import tools", export: "Export tools" } as const;

type AddToolsProps = Pick<ToolsDrawerProps, "tools" | "onSave"> & {
  onAdd: (like: ToolDefinition) => void;
  onAside: (aside: Aside) => void;
  /** Another way to tools, beside Import. */
  children: ReactNode;
};

function AddTools({ tools, onAdd, onSave, onAside, children }: AddToolsProps) {
  const missing = sampleTools.filter(
    (sample) => !tools.some(({ id, name }) => id === sample.id || name === sample.name),
  );
  return (
    <div className="border-line flex flex-wrap gap-2 border-b px-4 py-3">
      <Button kind="primary" onClick={() => onAdd(EMPTY_TOOL)}>
        <Plus size={14} aria-hidden />
        New tool
      </Button>
      <Button onClick={() => onAside({ at: "import", text: "" })}>
        <Upload size={14} aria-hidden />
        Import…
      </Button>
      {children}
      {tools.length === 0 ? null : (
        <Button onClick={() => onAside({ at: "export" })}>
          <Download size={14} aria-hidden />
          Export…
        </Button>
      )}
      {missing.length === 0 ? null : (
        <Button onClick={() => missing.forEach(onSave)}>
          Add samples ({missing.map(({ name }) => name).join(", ")})
        </Button>
      )}
    </div>
  );
}

function UndoRow({ name, onUndo }: { name: string; onUndo: () => void }) {
  return (
    <output className="border-line bg-sunken flex items-center gap-2 border-b px-4 py-1.5">
      <span className="min-w-0 flex-1 truncate">Deleted {name}.</span>
      <Button ref={focusOnMount} size="small" onClick={onUndo}>
        Undo
      </Button>
    </output>
  );
}
