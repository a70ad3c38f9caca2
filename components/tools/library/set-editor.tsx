"use client";

import { useState } from "react";

import { firstLine } from "@/components/tools/first-line";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/fields/checkbox";
import { Field } from "@/components/ui/fields/field";
import { TextField } from "@/components/ui/fields/text-field";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useActions, useTools, useToolSets } from "@/lib/session/hooks/use-session";
import { enableOnly } from "@/lib/session/store/tool-patches";
import { formatPlural } from "@/lib/stream/figures/format-number";
import type { ToolDefinition } from "@/lib/tools/tool";
import { setNameProblem, type ToolSet, toolsOf } from "@/lib/tools/tool-set";

import { searchTools } from "./search-tools";
import { ToolSearch } from "./tool-search";
import { SetToggles } from "./tool-sets";
import { useToolSwitches } from "./use-tool-switches";

type SetEditorProps = { set: ToolSet; onRemove: () => void };

/** A set's name and its tools. What is valid is saved at once; a name that cannot be stays in its field and says why. */
export function SetEditor({ set, onRemove }: SetEditorProps) {
  const { saveToolSet } = useActions();
  const { lanes, apply } = useToolSwitches();
  const tools = useTools();
  const others = useToolSets().filter(({ id }) => id !== set.id);
  const [name, setName] = useState(set.name);
  const [query, setQuery] = useState("");
  const own = toolsOf(set, tools);
  const shown = searchTools(tools, query);
  const problem = setNameProblem(name, others);
  const choose = (tool: ToolDefinition, isIn: boolean) => {
    const rest = set.tools.filter((id) => id !== tool.id);
    saveToolSet({ ...set, tools: isIn ? [...rest, tool.id] : rest });
  };
  return (
    <div className="grid content-start gap-4 p-4">
      <Field label="Name" error={problem}>
        {(control) => (
          <TextField
            {...control}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- opened by the press that asked for it
            autoFocus
            onFocus={(event) => event.target.select()}
            value={name}
            onChange={(event) => {
              setName(event.target.value);
              if (setNameProblem(event.target.value, others) === null)
                saveToolSet({ ...set, name: event.target.value.trim() });
            }}
            className="w-full"
          />
        )}
      </Field>
      {own.length === 0 ? null : (
        <div className="flex flex-wrap items-center gap-2">
          <span className="text-muted text-[13px]">On in</span>
          <SetToggles set={set} tools={own} />
          <Button
            size="small"
            onClick={() =>
              apply(
                enableOnly(
                  lanes,
                  own.map(({ id }) => id),
                ),
              )
            }
          >
            Turn on only this set
          </Button>
        </div>
      )}
      <section aria-label="Tools of this set" className="grid gap-2">
        <p className="text-muted text-[13px]">
          {formatPlural(own.length, "tool")} of {tools.length}. A change here turns nothing on or off.
        </p>
        <ToolSearch query={query} onQuery={setQuery} all={tools.length} found={shown.length} />
        <ul className="border-line divide-line rounded-inner divide-y border">
          {shown.map((tool) => (
            <li key={tool.id} className="grid px-2.5 py-1.5">
              <Checkbox
                checked={set.tools.includes(tool.id)}
                onChange={(isIn) => choose(tool, isIn)}
                label={
                  <span className="figures text-text [overflow-wrap:anywhere]">{showMarks(tool.name)}</span>
                }
              />
              <span className="text-muted truncate pl-6 text-[13px]">
                {showMarks(firstLine(tool.description))}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <div>
        <Button size="small" onClick={onRemove}>
          Delete this set, and keep its tools
        </Button>
      </div>
    </div>
  );
}
