import type { JsonObject } from "@/lib/stream/turn/json";

const TYPES = ["string", "number", "integer", "boolean", "object", "array", "null"];

const PARAMETERS: JsonObject = {
  type: "object",
  description: "JSON Schema of the arguments.",
  properties: {
    type: { enum: TYPES, description: "The kind of value." },
    description: { type: "string", description: "What the model reads about this value." },
    properties: {
      type: "object",
      description: "The object's fields by name.",
      additionalProperties: { $ref: "#/$defs/schema" },
    },
    required: { type: "array", description: "Fields that must be there.", items: { type: "string" } },
    enum: { type: "array", description: "The only values allowed." },
    const: { description: "The only value allowed." },
    items: { $ref: "#/$defs/schema", description: "What every item of the array is." },
    additionalProperties: {
      description: "Whether fields without a name in properties may be there.",
      anyOf: [{ type: "boolean" }, { $ref: "#/$defs/schema" }],
    },
    anyOf: { type: "array", description: "At least one of these fits.", items: { $ref: "#/$defs/schema" } },
    oneOf: { type: "array", description: "Exactly one of these fits.", items: { $ref: "#/$defs/schema" } },
    allOf: { type: "array", description: "All of these fit.", items: { $ref: "#/$defs/schema" } },
    default: { description: "What is meant when the field is missing." },
    examples: { type: "array", description: "Values to learn from." },
    title: { type: "string", description: "A short name for people." },
    format: {
      enum: ["date", "time", "date-time", "email", "uri", "uuid", "hostname", "ipv4", "ipv6"],
      description: "The shape of a string.",
    },
    pattern: { type: "string", description: "A regular expression that a string fits." },
    minLength: { type: "integer", description: "Fewest characters." },
    maxLength: { type: "integer", description: "Most characters." },
    minimum: { type: "number", description: "Smallest number." },
    maximum: { type: "number", description: "Largest number." },
    exclusiveMinimum: { type: "number", description: "Larger than this." },
    exclusiveMaximum: { type: "number", description: "Smaller than this." },
    multipleOf: { type: "number", description: "A multiple of this." },
    minItems: { type: "integer", description: "Fewest items." },
    maxItems: { type: "integer", description: "Most items." },
    uniqueItems: { type: "boolean", description: "No item twice." },
    $ref: { type: "string", description: "Another schema of this text, such as #/$defs/place." },
    $defs: {
      type: "object",
      description: "Schemas that $ref leads to.",
      additionalProperties: { $ref: "#/$defs/schema" },
    },
  },
};

/** What can be written as a tool's `parameters`: the part of JSON Schema that models and servers read. */
export const parametersSchema: JsonObject = { $ref: "#/$defs/schema", $defs: { schema: PARAMETERS } };

/** What can be written as a whole tool. */
export const toolSchema: JsonObject = {
  type: "object",
  required: ["name", "parameters"],
  properties: {
    name: { type: "string", description: "How the model calls it: letters, digits, _ and -, at most 64." },
    description: { type: "string", description: "When to call it and what comes back." },
    parameters: { $ref: "#/$defs/schema", description: "JSON Schema of the arguments." },
    strict: { type: "boolean", description: "Asks the provider to keep the arguments to the schema." },
  },
  $defs: { schema: PARAMETERS },
};
