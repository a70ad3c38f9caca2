import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject } from "@/lib/stream/turn/json-read";
import type { ToolFormat, WrittenSet } from "@/lib/tools/formats/format";
import { newSecretNames } from "@/lib/tools/formats/secret-names";
import { takeBindingSecrets } from "@/lib/tools/formats/take-secrets";
import { BINDING_LABELS, type ToolDefinition } from "@/lib/tools/tool";

import {
  anthropicTool,
  bedrockTool,
  chatTool,
  geminiTool,
  mcpTool,
  responsesTool,
  schemaOnly,
  type WriteTool,
} from "./plain-tool";
import { writeCurl } from "./write-curl";
import { writeOpenApi } from "./write-openapi";

/** Tools as a text of one format. */
export type WrittenTools = {
  readonly text: string;
  /** What the format can't hold, and which tools are not in the text. */
  readonly notes: readonly string[];
};

/** Writes tools in a format. `sets`: for Vitrine's own, which alone holds them. No secret and no approval is written. Pure. */
export function exportTools(
  tools: readonly ToolDefinition[],
  format: ToolFormat,
  sets: readonly WrittenSet[] = [],
): WrittenTools {
  if (format === "curl") return writeCurl(tools);
  const { value, notes } = writeValue(tools, format, sets);
  return { text: `${JSON.stringify(value, null, 2)}\n`, notes };
}

type Written = { readonly value: Json; readonly notes: readonly string[] };

function writeValue(
  tools: readonly ToolDefinition[],
  format: Exclude<ToolFormat, "curl">,
  sets: readonly WrittenSet[],
): Written {
  switch (format) {
    case "vitrine":
      return writeOwn(tools, sets);
    case "openapi":
      return writeOpenApi(tools);
    case "openai-chat":
      return listed(tools, chatTool, lost(tools, []));
    case "openai-responses":
      return listed(tools, responsesTool, [...unsetStrict(tools), ...lost(tools, [])]);
    case "anthropic":
      return listed(tools, anthropicTool, lost(tools, []));
    case "gemini":
      return {
        value: { tools: [{ functionDeclarations: tools.map(geminiTool) }] },
        notes: lost(tools, ["strict"]),
      };
    case "bedrock":
      return {
        value: { toolConfig: { tools: tools.map(bedrockTool) } },
        notes: lost(tools, ["strict"]),
      };
    case "mcp":
      return { value: { tools: tools.map(mcpTool) }, notes: lost(tools, ["strict"]) };
    case "json-schema": {
      const [first, ...others] = tools.map(schemaOnly);
      return {
        value: first !== undefined && others.length === 0 ? first : tools.map(schemaOnly),
        notes: [...ownTitles(tools), ...lost(tools, ["strict"])],
      };
    }
  }
}

function listed(tools: readonly ToolDefinition[], write: WriteTool, notes: readonly string[]): Written {
  return { value: tools.map(write), notes };
}

function writeOwn(tools: readonly ToolDefinition[], sets: readonly WrittenSet[]): Written {
  const notes: string[] = [];
  const secrets = newSecretNames(tools);
  const written = tools.map((tool): JsonObject => {
    const { binding, notes: taken } = takeBindingSecrets(tool.binding, secrets);
    notes.push(...taken.map((note) => `${tool.name}: ${note}`));
    const { name, description, parameters, strict, exampleResult, sharing } = tool;
    // An approval is a person's, for this browser.
    return { name, description, parameters, strict, exampleResult, binding: asJson(binding), sharing };
  });
  const named = sets.map(({ name, tools: names }): JsonObject => ({ name, tools: names }));
  return {
    value: {
      format: "vitrine-tools",
      version: 1,
      ...(named.length === 0 ? {} : { sets: named }),
      tools: written,
    },
    notes,
  };
}

function asJson(binding: ToolDefinition["binding"]): JsonObject {
  const value: Json = JSON.parse(JSON.stringify(binding));
  return asObject(value) ?? {};
}

/** What only Vitrine's own file holds. */
function lost(tools: readonly ToolDefinition[], more: readonly "strict"[]): string[] {
  const bound = tools.filter(({ binding }) => binding.kind !== "ask");
  const kinds = [...new Set(bound.map(({ binding }) => BINDING_LABELS[binding.kind]))];
  return [
    ...(bound.length === 0
      ? []
      : [`What answers their calls (${kinds.join(", ")}) is not in this format: ${namesOf(bound)}.`]),
    ...noteAbout(
      "The example result is not in this format",
      tools.filter(({ exampleResult }) => exampleResult !== null),
    ),
    ...(more.includes("strict")
      ? noteAbout(
          "Strict is not in this format",
          tools.filter(({ strict }) => strict !== null),
        )
      : []),
  ];
}

function unsetStrict(tools: readonly ToolDefinition[]): string[] {
  return noteAbout(
    "Strict is written as false, because the Responses API turns it on where it is left out",
    tools.filter(({ strict }) => strict === null),
  );
}

function ownTitles(tools: readonly ToolDefinition[]): string[] {
  return noteAbout(
    "The schema's own title and description give way to those of the tool",
    tools.filter(({ parameters }) => "title" in parameters || "description" in parameters),
  );
}

function noteAbout(what: string, tools: readonly ToolDefinition[]): string[] {
  return tools.length === 0 ? [] : [`${what}: ${namesOf(tools)}.`];
}

const MOST_NAMES = 5;

function namesOf(tools: readonly ToolDefinition[]): string {
  const names = tools.slice(0, MOST_NAMES).map(({ name }) => name);
  const more = tools.length - names.length;
  return more === 0 ? names.join(", ") : `${names.join(", ")} and ${String(more)} more`;
}
