"use client";

import { useEffect, useState } from "react";

import { Button } from "@/components/ui/button";
import { JsonDiff } from "@/components/ui/code/json-diff";
import type { McpTool } from "@/lib/contract/mcp";
import { showMarks } from "@/lib/markdown/visible-marks";
import { usePageActions } from "@/lib/session/hooks/use-page";
import { definitionText } from "@/lib/session/servers/mcp-tools";
import type { ToolBinding, ToolDefinition } from "@/lib/tools/tool";

/** A binding to a tool of an MCP server. */
export type McpBinding = Extract<ToolBinding, { readonly kind: "mcp" }>;

type ChangedToolProps = {
  tool: ToolDefinition;
  binding: McpBinding;
  /** Its best button is the one that stands out in the lane. */
  isLeading: boolean;
  /** The server's definition is accepted, and the call runs. `isTaken`: the tool gets the server's words too. */
  onAccept: (definition: McpTool, isTaken: boolean) => void;
};

type Seen =
  | { readonly state: "asking" }
  | { readonly state: "failed"; readonly message: string }
  | { readonly state: "gone" }
  | { readonly state: "there"; readonly definition: McpTool };

const ASKING: Seen = { state: "asking" };

/** What the server of a tool says of it now, beside what a person has: asked for at a press, and accepted at another. */
export function ChangedTool({ tool, binding, isLeading, onAccept }: ChangedToolProps) {
  const { askMcp } = usePageActions();
  const [seen, setSeen] = useState<Seen>(ASKING);
  const { server, tool: name } = binding;
  const isAsking = seen.state === "asking";
  useEffect(() => {
    if (!isAsking) return undefined;
    let isThere = true;
    const ask = async () => {
      const reply = await askMcp((client) => client.describe(server));
      if (!isThere) return;
      if (!reply.ok) setSeen({ state: "failed", message: reply.error.message });
      else if (reply.value.state === "sign-in") setSeen({ state: "failed", message: reply.value.message });
      else if (reply.value.state === "failed")
        setSeen({ state: "failed", message: reply.value.error.message });
      else {
        const definition = reply.value.tools.find((each) => each.name === name);
        setSeen(definition === undefined ? { state: "gone" } : { state: "there", definition });
      }
    };
    void ask();
    return () => {
      isThere = false;
    };
  }, [askMcp, isAsking, name, server]);

  if (seen.state === "there")
    return (
      <Comparison
        tool={tool}
        binding={binding}
        definition={seen.definition}
        isLeading={isLeading}
        onAccept={onAccept}
      />
    );
  return (
    <output className="flex flex-wrap items-center gap-2 text-[13px]">
      {seen.state === "asking" ? (
        <span className="text-muted">Asking {showMarks(server.name)}…</span>
      ) : (
        <>
          <span className="text-danger min-w-0 [overflow-wrap:anywhere]">
            {seen.state === "gone"
              ? `${showMarks(server.name)} no longer lists ${showMarks(name)}.`
              : showMarks(seen.message)}
          </span>
          <Button size="small" onClick={() => setSeen(ASKING)}>
            Try again
          </Button>
        </>
      )}
    </output>
  );
}

function Comparison({
  tool,
  binding,
  definition,
  isLeading,
  onAccept,
}: ChangedToolProps & { definition: McpTool }) {
  const [mine, theirs] = [definitionText(tool), definitionText(definition)];
  const isSame = mine === theirs;
  const kind = isLeading ? "primary" : "plain";
  return (
    <div className="grid gap-2 text-[13px]">
      {isSame ? (
        <p className="text-muted">
          {binding.hash === definition.hash || binding.hash === null
            ? "The server describes the tool as you have it."
            : "Its description and its schema are as you have them. Something else changed, such as its title or what it says it gives."}
        </p>
      ) : (
        <>
          <p className="text-muted">Yours, and the server&rsquo;s now:</p>
          <JsonDiff label="What changed" before={showMarks(mine)} after={showMarks(theirs)} />
        </>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {isSame ? (
          <Button size="small" kind={kind} onClick={() => onAccept(definition, false)}>
            Accept and run
          </Button>
        ) : (
          <>
            <Button size="small" kind={kind} onClick={() => onAccept(definition, true)}>
              Update and run
            </Button>
            <Button
              size="small"
              title="The model goes on reading your description and schema"
              onClick={() => onAccept(definition, false)}
            >
              Keep yours and run
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
