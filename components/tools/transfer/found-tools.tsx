"use client";

import { useState } from "react";

import { firstLine } from "@/components/tools/first-line";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/fields/checkbox";
import { Select } from "@/components/ui/fields/select";
import { TextField } from "@/components/ui/fields/text-field";
import { showMarks } from "@/lib/markdown/visible-marks";
import { formatCount, formatPlural } from "@/lib/stream/figures/format-number";
import {
  FORMAT_LABELS,
  type FoundTool,
  MOST_TOOLS,
  type ReadTools,
  type SkippedTool,
  type WrittenSet,
} from "@/lib/tools/formats/format";
import { freeName } from "@/lib/tools/free-name";
import { BINDING_LABELS, type ToolDefinition } from "@/lib/tools/tool";

/** With more tools than this a person picks some, rather than leaving some out. */
const MANY = 20;

type FoundToolsProps = {
  read: ReadTools;
  /** The tools that there are already. */
  others: readonly ToolDefinition[];
  onAdd: (tools: readonly ChosenTool[], sets: readonly WrittenSet[]) => void;
};

/** A tool that is added, whose id means nothing, or that replaces one that is there. */
export type ChosenTool = { readonly tool: ToolDefinition; readonly replaces: ToolDefinition | null };

/** What was found, with a check box each, and what was skipped and why. */
export function FoundTools({ read, others, onAdd }: FoundToolsProps) {
  const { format, found, skipped, notes } = read;
  const [left, setLeft] = useState<ReadonlySet<string>>(
    // One whose name is taken waits for a word.
    () =>
      new Set(
        found.flatMap(({ tool, taken }) => (found.length > MANY || taken !== undefined ? [tool.id] : [])),
      ),
  );
  const [replacing, setReplacing] = useState<ReadonlySet<string>>(new Set());
  const [search, setSearch] = useState("");
  const [withSets, setWithSets] = useState(true);
  const chosen = found.filter(({ tool }) => !left.has(tool.id));
  const replaced = chosen.filter(({ tool, taken }) => taken !== undefined && replacing.has(tool.id));
  const added = chosen.length - replaced.length;
  const room = MOST_TOOLS - others.length;
  const takenNames = new Set([...others.map(({ name }) => name), ...found.map(({ tool }) => tool.name)]);
  const names = new Set([...others, ...chosen.map(({ tool }) => tool)].map(({ name }) => name));
  const usable = read.sets.filter(({ tools }) => tools.some((name) => names.has(name)));
  const sets = withSets ? usable : [];
  const shown = found.filter(({ tool }) => tool.name.toLowerCase().includes(search.trim().toLowerCase()));
  const check = (tools: readonly FoundTool[], isChosen: boolean) => {
    const ids = new Set(tools.map(({ tool }) => tool.id));
    const rest = [...left].filter((id) => !ids.has(id));
    setLeft(new Set(isChosen ? rest : [...rest, ...ids]));
  };
  return (
    <section aria-label="Tools found" className="grid gap-2">
      <output className="font-medium">
        {format === null ? "" : `${FORMAT_LABELS[format]}: `}
        {formatPlural(found.length, "tool")} found
        {skipped.length === 0 ? "" : `, ${formatCount(skipped.length)} skipped`}
      </output>
      <Notes notes={notes} />
      {found.length <= 1 ? null : (
        <div className="flex flex-wrap items-center gap-2">
          <Button size="small" onClick={() => check(shown, true)}>
            Choose all
          </Button>
          <Button size="small" onClick={() => check(shown, false)}>
            Choose none
          </Button>
          {found.length > MANY ? (
            <TextField
              aria-label="Find a tool by its name"
              placeholder="Find by name"
              value={search}
              onChange={(event) => setSearch(event.target.value)}
              className="min-w-32 flex-1"
            />
          ) : null}
        </div>
      )}
      {found.length === 0 ? null : (
        <ul aria-label="Found" className="grid max-h-[50vh] gap-2 overflow-y-auto">
          {shown.map((each) => (
            <li
              key={each.tool.id}
              className="[contain-intrinsic-block-size:auto_42px] [content-visibility:auto]"
            >
              <Found
                found={each}
                isChosen={!left.has(each.tool.id)}
                onChoose={(isOn) => check([each], isOn)}
                freeName={freeName(each.tool.name, takenNames)}
                isReplacing={replacing.has(each.tool.id)}
                onReplace={(isOn) => {
                  const rest = [...replacing].filter((id) => id !== each.tool.id);
                  setReplacing(new Set(isOn ? [...rest, each.tool.id] : rest));
                  check([each], true);
                }}
              />
            </li>
          ))}
        </ul>
      )}
      {skipped.length === 0 ? null : <Skipped skipped={skipped} />}
      {usable.length === 0 ? null : (
        <Checkbox
          checked={withSets}
          onChange={setWithSets}
          label={
            <span className="[overflow-wrap:anywhere]">
              Add {usable.length === 1 ? "its set" : "its sets"}{" "}
              {usable.map(({ name }) => `“${showMarks(name)}”`).join(", ")}
            </span>
          }
        />
      )}
      {found.length === 0 && usable.length === 0 ? null : (
        <div className="bg-surface border-line sticky bottom-0 grid gap-1 border-t py-2">
          {added > room ? (
            <p className="text-danger text-[13px]">There is room for {formatPlural(room, "more tool")}.</p>
          ) : null}
          <Button
            kind="primary"
            className="justify-self-start"
            disabled={chosen.length + sets.length === 0 || added > room}
            onClick={() =>
              onAdd(
                chosen.map((each) => ({
                  tool: each.tool,
                  replaces: replaced.includes(each) ? (each.taken ?? null) : null,
                })),
                sets,
              )
            }
          >
            {buttonWords(added, replaced.length, sets.length)}
          </Button>
        </div>
      )}
    </section>
  );
}

/** "Add 2 tools and 1 set", "Replace 1 tool" */
function buttonWords(added: number, replaced: number, sets: number): string {
  const isAdding = added + sets > 0 || replaced === 0;
  const things = [
    ...(added > 0 || sets === 0 ? [formatPlural(added, "tool")] : []),
    ...(sets > 0 ? [formatPlural(sets, "set")] : []),
  ];
  const add = isAdding ? `Add ${things.join(" and ")}` : "";
  if (replaced === 0) return add;
  const replace = `replace ${formatPlural(replaced, "tool")}`;
  return isAdding ? `${add}, ${replace}` : `R${replace.slice(1)}`;
}

type FoundProps = {
  found: FoundTool;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
  /** What it is called where it is added beside the one that has its name. */
  freeName: string;
  isReplacing: boolean;
  onReplace: (isReplacing: boolean) => void;
};

function Found({ found, isChosen, onChoose, ...taken }: FoundProps) {
  const { tool, notes } = found;
  const summary = firstLine(tool.description);
  return (
    <div className="grid min-w-0 gap-0.5">
      <Checkbox
        checked={isChosen}
        onChange={onChoose}
        label={<span className="figures text-text [overflow-wrap:anywhere]">{showMarks(tool.name)}</span>}
      />
      <div className="text-muted grid gap-0.5 pl-6 text-[13px] [overflow-wrap:anywhere]">
        {found.taken === undefined ? null : (
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="text-warn">You have a tool of this name.</span>
            <Select
              aria-label={`What becomes of ${showMarks(tool.name)}`}
              value={taken.isReplacing ? "replace" : "add"}
              options={[
                { value: "add", label: `Add as ${showMarks(taken.freeName)}` },
                { value: "replace", label: "Replace yours" },
              ]}
              onChange={(value) => taken.onReplace(value === "replace")}
              className="w-52"
            />
          </div>
        )}
        {summary === "" ? null : <p className="line-clamp-2">{showMarks(summary)}</p>}
        {tool.binding.kind === "ask" ? null : <p>{showMarks(answeredBy(tool.binding))}</p>}
        <Notes notes={notes} />
      </div>
    </div>
  );
}

function answeredBy(binding: ToolDefinition["binding"]): string {
  const label = BINDING_LABELS[binding.kind];
  return binding.kind === "http" ? `${label}: ${binding.request.method} ${binding.request.url}` : label;
}

function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <ul className="text-warn grid gap-0.5 text-[13px] [overflow-wrap:anywhere]">
      {notes.map((note) => (
        <li key={note}>{showMarks(note)}</li>
      ))}
    </ul>
  );
}

function Skipped({ skipped }: { skipped: readonly SkippedTool[] }) {
  return (
    <ul aria-label="Skipped" className="grid max-h-40 gap-1 overflow-y-auto text-[13px]">
      {skipped.map(({ name, position, why }) => (
        <li key={position} className="[overflow-wrap:anywhere]">
          <code>{showMarks(name ?? `Item ${String(position)}`)}</code>{" "}
          <span className="text-muted">skipped: {showMarks(why)}</span>
        </li>
      ))}
    </ul>
  );
}
