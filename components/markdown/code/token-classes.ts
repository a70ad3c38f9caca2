/** Class names of colored code by the number that the worker sends; 0 is plain text. */
export const TOKEN_CLASSES = [
  "",
  "code-keyword",
  "code-string",
  "code-number",
  "code-comment",
  "code-name",
] as const;

/** Which scopes of a grammar get which class. Of two scopes that match, the more specific one wins. */
export const TOKEN_SCOPES: readonly { readonly token: number; readonly scopes: readonly string[] }[] = [
  {
    token: 1,
    scopes: [
      "keyword",
      "storage",
      "constant.language",
      "variable.language",
      "markup.deleted",
      "punctuation.definition.heading",
    ],
  },
  { token: 2, scopes: ["string", "markup.inserted", "markup.inline.raw", "constant.character"] },
  { token: 3, scopes: ["constant.numeric", "constant.other", "keyword.other.unit", "support.constant"] },
  { token: 4, scopes: ["comment", "punctuation.definition.comment"] },
  {
    token: 5,
    scopes: [
      "entity.name",
      "support.function",
      "support.class",
      "support.type",
      "entity.other.attribute-name",
      "support.type.property-name.json",
      "markup.heading",
      "meta.diff.header",
    ],
  },
  {
    token: 0,
    scopes: [
      "keyword.operator",
      "punctuation",
      "string.regexp punctuation",
      "meta.embedded",
      "meta.template.expression",
    ],
  },
];
