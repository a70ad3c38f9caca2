"use client";

import { Button } from "@/components/ui/button";
import { JsonDiff } from "@/components/ui/code/json-diff";
import { Disclosure } from "@/components/ui/disclosure";
import { Select } from "@/components/ui/fields/select";
import { Switch } from "@/components/ui/fields/switch";
import type { McpDescription, McpTool } from "@/lib/contract/mcp";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useActions, useLaneViews, useTools } from "@/lib/session/hooks/use-session";
import {
  asAtServer,
  type CopyState,
  definitionText,
  type McpBoundTool,
  stateOfCopy,
  toolOfServer,
  toolsOfServer,
} from "@/lib/session/servers/mcp-tools";
import { randomId } from "@/lib/session/store/ids";
import { enableEverywhere } from "@/lib/session/store/tool-patches";
import { formatPlural } from "@/lib/stream/figures/format-number";
import type { McpGives, McpServerRef } from "@/lib/tools/tool";

const GIVES: readonly { readonly value: McpGives; readonly label: string }[] = [
  { value: "text", label: "its text" },
  { value: "structured", label: "its structured content" },
  { value: "all", label: "everything, as JSON" },
];

/** The tools of a server in the order received, each on or off; and those that can't be used. */
export function McpTools({ server, described }: { server: McpServerRef; described: McpDescription }) {
  const tools = useTools();
  const lanes = useLaneViews();
  const actions = useActions();
  const copies = toolsOfServer(tools, server);
  const add = (tool: McpTool) => {
    const fresh = toolOfServer(server, tool, randomId(), tools);
    actions.saveTool(fresh);
    for (const patch of enableEverywhere(lanes, [fresh.id], true))
      actions.changeSetup(patch.lane, { tools: patch.tools });
  };
  const listed = new Set(described.tools.map(({ name }) => name));
  const gone = [...copies].filter(([name]) => !listed.has(name));
  return (
    <section className="border-line border-t py-1" aria-label="Tools">
      <h3 className="text-muted px-4 pt-2 text-[13px] font-medium">
        {formatPlural(described.tools.length, "tool")}
      </h3>
      <ul>
        {described.tools.map((tool) => (
          <ToolOfServer
            key={tool.name}
            tool={tool}
            copy={copies.get(tool.name) ?? null}
            onAdd={() => add(tool)}
            onRemove={actions.removeTool}
            onSave={actions.saveTool}
          />
        ))}
      </ul>
      {gone.map(([name, copy]) => (
        <p key={name} className="flex items-center gap-2 px-4 py-1 text-[13px]">
          <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
            The server no longer lists {showMarks(name)}, which is in your tools.
          </span>
          <Button size="small" onClick={() => actions.removeTool(copy.id)}>
            Remove it
          </Button>
        </p>
      ))}
      {described.leftOut.length === 0 ? null : (
        <Disclosure
          summary={`${formatPlural(described.leftOut.length, "tool")} left out`}
          className="px-4 py-1"
        >
          <ul className="text-[13px]">
            {described.leftOut.map(({ name, why }) => (
              <li key={`${name} ${why}`} className="[overflow-wrap:anywhere]">
                <span className="figures">{showMarks(name)}</span>: {showMarks(why)}
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </section>
  );
}

type ToolOfServerProps = {
  tool: McpTool;
  /** The person's tool that it answers; null = not in use. */
  copy: McpBoundTool | null;
  onAdd: () => void;
  onRemove: (id: string) => void;
  onSave: (tool: McpBoundTool) => void;
};

function ToolOfServer({ tool, copy, onAdd, onRemove, onSave }: ToolOfServerProps) {
  const name = showMarks(tool.name);
  return (
    <li className="grid gap-1 px-4 py-2">
      <div className="flex items-start gap-2">
        <span className="grid min-w-0 flex-1">
          <span className="figures font-medium [overflow-wrap:anywhere]">{name}</span>
          {copy === null || copy.name === tool.name ? null : (
            <span className="figures text-muted text-[13px] [overflow-wrap:anywhere]">
              called {showMarks(copy.name)} here
            </span>
          )}
        </span>
        <span className="text-muted shrink-0 text-[13px]">{hintWords(tool)}</span>
        <Switch
          label={<span className="sr-only">Use {name}</span>}
          checked={copy !== null}
          onChange={(on) => (on ? onAdd() : copy !== null && onRemove(copy.id))}
        />
      </div>
      <p className="text-muted line-clamp-3 text-[13px] [overflow-wrap:anywhere]">
        {showMarks(tool.description.slice(0, 2_000)) || "no description"}
      </p>
      {copy === null ? null : (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px]">
          <span className="text-muted inline-flex items-center gap-1.5">
            The model gets
            <Select
              aria-label={`What the model gets of ${name}`}
              value={copy.binding.gives}
              options={GIVES}
              onChange={(value) => {
                const gives = GIVES.find((each) => each.value === value)?.value;
                if (gives !== undefined) onSave({ ...copy, binding: { ...copy.binding, gives } });
              }}
            />
          </span>
        </div>
      )}
      {copy === null ? null : <Difference tool={tool} copy={copy} onSave={onSave} />}
    </li>
  );
}

const STATES = {
  changed: { words: "The server changed it, so it is not called until you accept that.", tone: "text-warn" },
  unknown: { words: "It was never compared with the server, so it asks at each call.", tone: "text-warn" },
  edited: { words: "You edited its description or schema.", tone: "text-muted" },
} as const satisfies Record<Exclude<CopyState, "same">, { words: string; tone: string }>;

/** How the copy differs from what the server says now, and how to take that over. */
function Difference({
  tool,
  copy,
  onSave,
}: Pick<ToolOfServerProps, "tool" | "onSave"> & { copy: McpBoundTool }) {
  const state = stateOfCopy(copy, tool);
  if (state === "same") return null;
  const { words, tone } = STATES[state];
  const [mine, theirs] = [definitionText(copy), definitionText(tool)];
  return (
    <div className="grid gap-1 text-[13px]">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className={tone}>{words}</span>
        <Button
          size="small"
          aria-label={`${state === "edited" ? "Use the server's" : "Update"} ${showMarks(tool.name)}`}
          onClick={() => onSave(asAtServer(copy, tool))}
        >
          {state === "edited" ? "Use the server's" : "Update"}
        </Button>
      </div>
      {mine === theirs ? null : (
        <Disclosure summary="What differs">
          <JsonDiff label="What differs" before={showMarks(mine)} after={showMarks(theirs)} />
        </Disclosure>
      )}
    </div>
  );
}

/** What the server claims; nobody checked it. */
function hintWords({ hints }: McpTool): string {
  if (hints.isReadOnly === true) return "says it only reads";
  return hints.isDestructive === true ? "says it may destroy" : "";
}
