/** What a model is asked for a tool that a person describes: one call of a tool that takes a tool. Pure. */
import type { JsonObject } from "@/lib/stream/turn/json";
import { NEW_TOOL_CHOICES, type ToolDefinition } from "@/lib/tools/tool";

/** How deep objects and lists may stand in each other. No `$ref`: not every provider follows one. */
const DEPTH = { hosted: 2, local: 1 } as const;

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

function definitionSchema(depth: number): JsonObject {
  return {
    type: "object",
    properties: {
      name: {
        type: "string",
        description: "Lower-case words joined by _, such as train_times. At most 64 characters.",
      },
      description: { type: "string", description: "When to call the tool and what it returns." },
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

/**
 * The tool that the model calls. What it is called with is a tool: a name, a description and a JSON Schema. A model on a
 * person's own machine writes within a grammar made of this schema, which takes the longer the deeper it is.
 */
export function defineTool(place: keyof typeof DEPTH): ToolDefinition {
  return { ...DEFINE_TOOL, parameters: definitionSchema(DEPTH[place]) };
}

/** The same for a model of a provider. */
export const DEFINE_TOOL: ToolDefinition = {
  id: "define-tool",
  name: "define_tool",
  description: "Define one tool that a language model can call.",
  parameters: definitionSchema(DEPTH.hosted),
  strict: null,
  ...NEW_TOOL_CHOICES,
};

/** What the model is told of its task. */
export const DEFINE_SYSTEM = `You define tools for language models. Answer with exactly one call of ${DEFINE_TOOL.name} and no text. Give the tool only the arguments that it needs.`;

/** The prompt: what a person described, and the tool that it changes; null = a new one. */
export function describePrompt(sentence: string, current: ToolDefinition | null): string {
  if (current === null) return `Define a tool: ${sentence.trim()}`;
  const { name, description, parameters } = current;
  return [
    "Change this tool:",
    JSON.stringify({ name, description, parameters }),
    `The change: ${sentence.trim()}`,
    "Give the whole tool, also the parts that stay.",
  ].join("\n\n");
}
