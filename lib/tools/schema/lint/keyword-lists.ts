/** What schemas may say that more than one provider treats alike. */

/** Keywords that compare values or branches with each other: neither a grammar nor OpenAI's strict mode knows them. */
export const COMPARING_KEYWORDS = [
  "not",
  "if",
  "then",
  "else",
  "dependentRequired",
  "dependentSchemas",
  "patternProperties",
  "propertyNames",
  "minProperties",
  "maxProperties",
  "unevaluatedProperties",
  "unevaluatedItems",
  "uniqueItems",
  "contains",
] as const;

/** Formats of a string that OpenAI's and Anthropic's strict modes enforce. */
export const STRICT_FORMATS: ReadonlySet<string> = new Set([
  "date-time",
  "time",
  "date",
  "duration",
  "email",
  "hostname",
  "uri",
  "ipv4",
  "ipv6",
  "uuid",
]);

/** Names that OpenAI and Anthropic accept. */
export const TOOL_NAME = /^[\w-]{1,64}$/;
