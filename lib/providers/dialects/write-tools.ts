import type { Json, JsonObject } from "@/lib/stream/json";

import type { RequestInput, ToolChoice, ToolDefinition } from "../provider";
import { thinksByDefault } from "../thinks-by-default";
import type { Note } from "./note";

/** The fields `tools`, `tool_choice` and `parallel_tool_calls`; nothing at all for a lane without usable tools. */
export function writeTools(input: RequestInput, note: Note): JsonObject {
  const usable = usableTools(input, note);
  const { tools, choice } = choose(usable, input, note);
  if (tools.length === 0) return {};
  return {
    tools: tools.map(toFunction),
    ...(choice === null ? {} : { tool_choice: choice }),
    ...parallel(input, note),
  };
}

function usableTools({ setup, tools }: RequestInput, note: Note): ToolDefinition[] {
  const names = new Set<string>();
  return tools.filter((tool) => {
    if (!setup.tools.includes(tool.id)) return false;
    if (tool.name === "") {
      note("A tool without a name is not sent.");
      return false;
    }
    if (names.has(tool.name)) {
      note(`Two tools are named ${tool.name}: only the first is sent.`);
      return false;
    }
    names.add(tool.name);
    return true;
  });
}

type Chosen = { readonly tools: readonly ToolDefinition[]; readonly choice: Json };

function choose(tools: readonly ToolDefinition[], input: RequestInput, note: Note): Chosen {
  const choice = obeyed(input, note);
  if (choice.kind !== "named") {
    return choice.kind === "none" && input.quirks.toolChoice === "auto-only"
      ? { tools: [], choice: null }
      : { tools, choice: choice.kind };
  }
  const named = tools.find((tool) => tool.name === choice.name);
  if (named === undefined) {
    note(`The tool to be called, ${choice.name}, is not on in this lane: the model may choose.`);
    return { tools, choice: "auto" };
  }
  return choice.enforce
    ? { tools: [named], choice: "required" }
    : { tools, choice: { type: "function", function: { name: named.name } } };
}

/** The lane's choice, or "auto" where the server would answer a forced one with an error. */
function obeyed({ provider, quirks, setup }: RequestInput, note: Note): ToolChoice {
  const forced = setup.toolChoice.kind === "required" || setup.toolChoice.kind === "named";
  const limits = quirks.toolChoice;
  if (setup.toolChoice.kind === "none" && limits === "auto-only") {
    note(`${provider.label} cannot be told to call no tool: the tools are not sent.`);
  }
  if (forced && limits === "auto-only") {
    note(`${provider.label} cannot be told which tool to call: the model may choose.`);
    return { kind: "auto" };
  }
  if (forced && limits === "auto-while-thinking" && setup.effort !== "none" && thinksByDefault(setup.model)) {
    note(`${provider.label} refuses a forced tool call while the model thinks: the model may choose.`);
    return { kind: "auto" };
  }
  return setup.toolChoice;
}

function toFunction(tool: ToolDefinition): JsonObject {
  return {
    type: "function",
    function: {
      name: tool.name,
      description: tool.description,
      parameters: tool.parameters,
      ...(tool.strict === null ? {} : { strict: tool.strict }),
    },
  };
}

function parallel({ provider, quirks, setup }: RequestInput, note: Note): JsonObject {
  if (setup.parallelToolCalls === null) return {};
  if (quirks.parallelToolCalls) return { parallel_tool_calls: setup.parallelToolCalls };
  note(`parallel_tool_calls is not sent: ${provider.label} has no such setting.`);
  return {};
}
