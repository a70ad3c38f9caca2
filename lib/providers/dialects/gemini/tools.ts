import { chooseTools, type SentChoice } from "@/lib/providers/dialects/shared/choose-tools";
import type { Note } from "@/lib/providers/dialects/shared/note";
import type { GeminiQuirks, RequestInput } from "@/lib/providers/provider";
import { modelName } from "@/lib/providers/rules/model-name";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { ToolDefinition } from "@/lib/tools/tool";

import { isAcceptedName } from "./history-parts";

type Input = RequestInput<GeminiQuirks>;

/** The fields `tools` and `toolConfig`; nothing at all for a lane without usable tools and search. */
export function writeGeminiTools(input: Input, note: Note): JsonObject {
  const { tools, choice } = chooseTools({ ...input, tools: namedTools(input, note) }, note);
  if (tools.length > 0) noteUnknownSettings(input, tools, note);
  const search = asksSearch(input, tools.length > 0, note);
  if (tools.length === 0) return search ? { tools: [{ googleSearch: {} }] } : {};
  return {
    tools: [{ functionDeclarations: tools.map(declare) }, ...(search ? [{ googleSearch: {} }] : [])],
    toolConfig: {
      ...(choice === null ? {} : { functionCallingConfig: callingConfig(choice) }),
      ...(search ? { includeServerSideToolInvocations: true } : {}),
    },
  };
}

/** Without the tools of the lane whose names would be refused. */
function namedTools({ setup, tools }: Input, note: Note): readonly ToolDefinition[] {
  return tools.filter(({ id, name }) => {
    if (!setup.tools.includes(id) || name === "" || isAcceptedName(name)) return true;
    note(`The tool ${name} is not sent: Gemini accepts only names of up to 64 letters, digits and _ . : -.`);
    return false;
  });
}

function noteUnknownSettings({ provider, setup }: Input, tools: readonly ToolDefinition[], note: Note): void {
  if (setup.parallelToolCalls !== null)
    note(`parallel_tool_calls is not sent: ${provider.label} has no such setting.`);
  if (tools.some(({ strict }) => strict === true))
    note(`strict is not sent: ${provider.label} has no such setting.`);
}

function declare({ name, description, parameters }: ToolDefinition): JsonObject {
  return { name, description, parametersJsonSchema: parameters };
}

function callingConfig(choice: SentChoice): JsonObject {
  switch (choice.kind) {
    case "auto":
      return { mode: "AUTO" };
    case "none":
      return { mode: "NONE" };
    case "required":
      return { mode: "ANY" };
    case "named":
      return { mode: "ANY", allowedFunctionNames: [choice.name] };
  }
}

function asksSearch({ provider, quirks, setup }: Input, hasTools: boolean, note: Note): boolean {
  if (!setup.webSearch) return false;
  if (quirks.webSearch !== true) {
    note(`Web search is not requested: ${provider.label} has none.`);
    return false;
  }
  if (!hasTools) return true;
  // Gemini 2 answers with an error, and Vertex does not know the field that allows it.
  const both = quirks.searchBesideTools === true && !/^gemini-[12](?!\d)/.test(modelName(setup.model));
  if (!both) note(`Web search is not requested: ${setup.model} does not accept it together with tools.`);
  return both;
}
