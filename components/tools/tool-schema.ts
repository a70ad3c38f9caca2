import type { JsonObject } from "@/lib/stream/turn/json";

const TYPES = ["string", "number", "integer", "boolean", "object", "array", "null"];

const PARAMETERS: JsonObject = {
  type: "object",
  description: "JSON Schema for the arguments.",
  properties: {
    type: { enum: TYPES, description: "The type of value." },
    description: { type: "string", description: "What the model is told about this value." },
    properties: {
      type: "object",
      description: "The object's properties by name.",
      additionalProperties: { $ref: "#/$defs/schema" },
    },
    required: { type: "array", description: "Required properties.", items: { type: "string" } },
    enum: { type: "array", description: "The only values allowed." },
    const: { description: "The only value allowed." },
    items: { $ref: "#/$defs/schema", description: "The schema of every item." },
    additionalProperties: {
      description: "Whether properties that are not listed are allowed.",
      anyOf: [{ type: "boolean" }, { $ref: "#/$defs/schema" }],
    },
    anyOf: {
      type: "array",
      description: "At least one of these schemas must match.",
      items: { $ref: "#/$defs/schema" },
    },
    oneOf: {
      type: "array",
      description: "Exactly one of these schemas must match.",
      items: { $ref: "#/$defs/schema" },
    },
    allOf: {
      type: "array",
      description: "All of these schemas must match.",
      items: { $ref: "#/$defs/schema" },
    },
    default: { description: "The value when the property is missing." },
    examples: { type: "array", description: "Example values." },
    title: { type: "string", description: "A short name for people." },
    format: {
      enum: ["date", "time", "date-time", "email", "uri", "uuid", "hostname", "ipv4", "ipv6"],
      description: "The format of a string.",
    },
    pattern: { type: "string", description: "A regular expression the string must match." },
    minLength: { type: "integer", description: "Minimum number of characters." },
    maxLength: { type: "integer", description: "Maximum number of characters." },
    minimum: { type: "number", description: "Minimum value." },
    maximum: { type: "number", description: "Maximum value." },
    exclusiveMinimum: { type: "number", description: "Must be greater than this." },
    exclusiveMaximum: { type: "number", description: "Must be less than this." },
    multipleOf: { type: "number", description: "Must be a multiple of this." },
    minItems: { type: "integer", description: "Minimum number of items." },
    maxItems: { type: "integer", description: "Maximum number of items." },
    uniqueItems: { type: "boolean", description: "Whether items must be unique." },
    $ref: { type: "string", description: "A reference to another schema, such as #/$defs/place." },
    $defs: {
      type: "object",
      description: "Schemas that $ref can refer to.",
      additionalProperties: { $ref: "#/$defs/schema" },
    },
  },
};

/** What can be written as a tool's `parameters`: the part of JSON Schema that models and servers read. */
export const parametersSchema: JsonObject = { $ref: "#/$defs/schema", $defs: { schema: PARAMETERS } };

/** What can be written as a whole tool. */
export const toolJsonSchema: JsonObject = {
  type: "object",
  required: ["name", "parameters"],
  properties: {
    name: { type: "string", description: "The tool's name: letters, digits, _ and -, at most 64." },
    description: { type: "string", description: "When to call it and what it returns." },
    parameters: { $ref: "#/$defs/schema", description: "JSON Schema for the arguments." },
    strict: { type: "boolean", description: "Asks the provider to enforce the schema." },
  },
  $defs: { schema: PARAMETERS },
};
