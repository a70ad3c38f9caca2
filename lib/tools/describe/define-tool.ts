/** What a model is asked for a tool that a person describes: one call of a tool that takes a tool. Pure. */
import type { JsonObject } from "@/lib/stream/turn/json";
import { NEW_TOOL_CHOICES, type ToolDefinition } from "@/lib/tools/tool";

import { FLAT_ARGUMENTS, flatArguments } from "./flat-arguments";

/** How deep objects and lists may stand in each other. No `$ref`: not every provider follows one. */
const DEPTH = { nested: 2, "nested-once": 1 } as const;

function propertySchema(depth: number): JsonObject {
  const types = ["string", "integer", "number", "boolean"];
  const inner = depth === 0 ? null : propertySchema(depth - 1);
  return {
    type: "object",
    properties: {
      type: { type: "string", enum: inner === null ? types : [...types, "array", "object"] },
      description: { type: "string", description: "What the model should put here, with an example." },
      enum: { type: "array", items: { type: "string" }, description: "The only values allowed, if few." },
      minimum: { type: "number" },
      maximum: { type: "number" },
      ...(inner === null
        ? {}
        : {
            items: inner,
            properties: { type: "object", additionalProperties: inner },
            required: { type: "array", items: { type: "string" } },
          }),
    },
    required: ["type", "description"],
  };
}

const NAME: JsonObject = {
  type: "string",
  description: "Lower-case words joined by _, such as train_times. At most 64 characters.",
};
const ABOUT: JsonObject = { type: "string", description: "When to call the tool and what it returns." };

function definitionSchema(depth: number): JsonObject {
  return {
    type: "object",
    properties: {
      name: NAME,
      description: ABOUT,
      parameters: {
        type: "object",
        description: "JSON Schema of the arguments.",
        properties: {
          type: { type: "string", enum: ["object"] },
          properties: {
            type: "object",
            description: "The arguments by their names.",
            additionalProperties: propertySchema(depth),
          },
          required: {
            type: "array",
            items: { type: "string" },
            description: "Names of the arguments that must be given.",
          },
        },
        required: ["type", "properties", "required"],
      },
    },
    required: ["name", "description", "parameters"],
  };
}

const FLAT: JsonObject = {
  type: "object",
  properties: { name: NAME, description: ABOUT, arguments: FLAT_ARGUMENTS },
  required: ["name", "description", "arguments"],
};

/** How a model writes a tool: with a flat list of arguments, or with a schema so many levels deep. */
export type DraftForm = "flat" | "nested-once" | "nested";

/**
 * The form that is asked for. A model on a person's own machine writes within a grammar made of it, which takes the longer
 * the deeper it is: a flat list does where the tool that changes, if any, is one.
 */
export function draftForm(isLocal: boolean, current: ToolDefinition | null): DraftForm {
  if (!isLocal) return "nested";
  return current === null || flatArguments(current.parameters) !== null ? "flat" : "nested-once";
}

/** The tool that the model calls. What it is called with is a tool: a name, a description and its arguments. */
export function defineTool(form: DraftForm): ToolDefinition {
  return { ...DEFINE_TOOL, parameters: form === "flat" ? FLAT : definitionSchema(DEPTH[form]) };
}

/** The same for a model of a provider. */
export const DEFINE_TOOL: ToolDefinition = {
  id: "define-tool",
  name: "define_tool",
  description: "Define one tool that a language model can call.",
  parameters: definitionSchema(DEPTH.nested),
  strict: null,
  ...NEW_TOOL_CHOICES,
};

/** What the model is told of its task. */
export const DEFINE_SYSTEM = `You define tools for language models. Answer with exactly one call of ${DEFINE_TOOL.name} and no text. Give the tool only the arguments that it needs.`;

/** The prompt: what a person described, and the tool that it changes; null = a new one. */
export function describePrompt(sentence: string, current: ToolDefinition | null, form: DraftForm): string {
  if (current === null) return `Define a tool: ${sentence.trim()}`;
  const { name, description, parameters } = current;
  return [
    "Change this tool:",
    JSON.stringify(
      form === "flat"
        ? { name, description, arguments: flatArguments(parameters) ?? [] }
        : { name, description, parameters },
    ),
    `The change: ${sentence.trim()}`,
    "Give the whole tool, also the parts that stay.",
  ].join("\n\n");
}
