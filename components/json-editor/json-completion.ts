import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { jsonLanguage } from "@codemirror/lang-json";

import { showMarks } from "@/lib/markdown/visible-marks";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject, isList } from "@/lib/stream/turn/json-read";

import {
  isValue,
  members,
  pathTo,
  indexInArray,
  propertyName,
  propertyValue,
  type SyntaxNode,
} from "./json-node";
import { schemasAt } from "./schema-walk";

/** What can stand at the cursor in a JSON text. */
export type Cursor =
  | {
      readonly kind: "key";
      readonly object: SyntaxNode;
      readonly path: readonly string[];
      readonly from: number;
    }
  | {
      readonly kind: "value";
      readonly path: readonly string[];
      readonly from: number;
      /** The array that holds the value, or null. */
      readonly array: SyntaxNode | null;
    };

/** Offers the names and values that a schema allows at the cursor. */
export function jsonCompletion(schema: JsonObject) {
  return (context: CompletionContext): CompletionResult | null => {
    const text = context.state.doc.toString();
    const cursor = cursorAt(text, context.pos);
    if (cursor === null) return null;
    if (!context.explicit && cursor.from === context.pos && !/["{,:[\s]$/u.test(text.slice(0, context.pos)))
      return null;
    const options = optionsAt(schema, cursor, text);
    // A half-typed word keeps the list; the source is asked again when something else is typed.
    return options.length === 0
      ? null
      : { from: cursor.from, to: wordEnd(text, context.pos), options, validFor: /^"?[\w$-]*$/u };
  };
}

/** What the schema allows at the cursor: names not used yet, required ones first, or values. Pure. */
export function optionsAt(schema: JsonObject, cursor: Cursor, text: string): Completion[] {
  const schemas = schemasAt(schema, cursor.path);
  const options =
    cursor.kind === "key" ? keyOptions(schemas, cursor, text) : valueOptions(schemas, cursor, text);
  const seen = new Set<string>();
  return options.filter(({ label }) => !seen.has(label) && seen.add(label));
}

/** Whether a name or a value belongs at the position, and where what was typed of it begins. Pure. */
export function cursorAt(text: string, position: number): Cursor | null {
  const node = jsonLanguage.parser.parse(text).resolveInner(position, -1);
  const from = position - (/"?[\w$-]*$/u.exec(text.slice(0, position))?.[0].length ?? 0);
  if (node.name === "PropertyName") return keyCursor(node.parent?.parent ?? null, text, node.from);
  if (isValue(node) && node.name !== "Object" && node.name !== "Array") {
    return node.to < position ? null : valueCursor(pathTo(node, text), node.parent, node.from);
  }
  // At a bracket, a comma or a half-typed word, what holds it decides.
  const holder = HOLDERS.has(node.name) ? node : node.parent;
  if (holder === null) return null;
  switch (holder.name) {
    case "Property":
      // Between the colon and the value the cursor is in the property itself.
      return holder.getChild("PropertyName") !== null &&
        /:\s*"?[\w$-]*$/u.test(text.slice(holder.from, position))
        ? valueCursor(pathTo(holder, text), null, from)
        : keyCursor(holder.parent, text, holder.from);
    case "Object":
      return cursorInObject(holder, text, position, from);
    case "Array":
      return position > holder.from && /[[,]\s*"?[\w$-]*$/u.test(text.slice(0, position))
        ? valueCursor([...pathTo(holder, text), String(indexInArray(holder, position))], holder, from)
        : null;
    case "JsonText":
      return text.slice(0, from).trim() === "" ? valueCursor([], null, from) : null;
    default:
      return null;
  }
}

const HOLDERS = new Set(["Property", "Object", "Array", "JsonText"]);

function cursorInObject(object: SyntaxNode, text: string, position: number, from: number): Cursor | null {
  const before = text.slice(object.from, position);
  if (/[{,]\s*"?[\w$-]*$/u.test(before)) return keyCursor(object, text, from);
  if (!/:\s*"?[\w$-]*$/u.test(before)) return null;
  const property = members(object).findLast((member) => member.from < position);
  return property === undefined ? null : valueCursor(pathTo(property, text), null, from);
}

function keyCursor(object: SyntaxNode | null, text: string, from: number): Cursor | null {
  return object?.name === "Object" ? { kind: "key", object, path: pathTo(object, text), from } : null;
}

function valueCursor(path: readonly string[], holder: SyntaxNode | null, from: number): Cursor {
  return { kind: "value", path, from, array: holder?.name === "Array" ? holder : null };
}

function keyOptions(
  schemas: readonly JsonObject[],
  cursor: Cursor & { kind: "key" },
  text: string,
): Completion[] {
  const used = new Set(members(cursor.object).map((property) => propertyName(property, text)));
  const required = new Set(
    schemas.flatMap((schema) => (isList(schema["required"]) ? schema["required"] : [])),
  );
  return schemas.flatMap((schema) =>
    Object.entries(asObject(schema["properties"]) ?? {})
      .filter(([name]) => !used.has(name))
      .map(([name, part]) => keyOption(name, asObject(part) ?? {}, required.has(name))),
  );
}

function keyOption(name: string, schema: JsonObject, isRequired: boolean): Completion {
  const info = schema["description"];
  return {
    ...labels(JSON.stringify(name)),
    type: "property",
    detail: [typeWords(schema), isRequired ? "required" : ""].filter(Boolean).join(", "),
    ...(typeof info === "string" ? { info: shortened(info) } : {}),
    boost: isRequired ? 1 : 0,
    apply: `${JSON.stringify(name)}: `,
  };
}

function valueOptions(
  schemas: readonly JsonObject[],
  cursor: Cursor & { kind: "value" },
  text: string,
): Completion[] {
  const listed = schemas.flatMap(listedValues).map((value) => valueOption(value, "enum"));
  if (listed.length > 0) return listed;
  const siblings = cursor.array === null ? [] : siblingNames(cursor.array, text);
  if (siblings.length > 0) return siblings.map((name) => valueOption(name, "property"));
  const types = new Set(schemas.flatMap(typesOf));
  return [
    ...schemas.flatMap(suggestedValues).map((value) => valueOption(value, "text")),
    ...[...types].flatMap((type) => STARTS[type] ?? []).map((label) => ({ label, type: "text" })),
  ];
}

const STARTS: Readonly<Record<string, readonly string[]>> = {
  boolean: ["true", "false"],
  null: ["null"],
  object: ["{}"],
  array: ["[]"],
  string: ['""'],
};

function listedValues(schema: JsonObject): Json[] {
  const values = isList(schema["enum"]) ? [...schema["enum"]] : [];
  return "const" in schema ? [...values, schema["const"] ?? null] : values;
}

/** What a schema names as usual, without asking for it. */
function suggestedValues(schema: JsonObject): Json[] {
  const examples = isList(schema["examples"]) ? schema["examples"] : [];
  return "default" in schema ? [schema["default"] ?? null, ...examples] : [...examples];
}

function valueOption(value: Json, type: string): Completion {
  return { ...labels(JSON.stringify(value)), type };
}

/** A text as it is typed and, where that differs, as it is shown: whoever wrote the schema may hide characters in it. */
function labels(label: string): Pick<Completion, "label" | "displayLabel"> {
  const shown = shortened(label);
  return shown === label ? { label } : { label, displayLabel: shown };
}

const LONGEST = 300;

function shortened(text: string): string {
  return showMarks(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}

/** In `required`, the names of the properties beside it. */
function siblingNames(array: SyntaxNode, text: string): string[] {
  const property = array.parent;
  const object = property?.parent;
  if (
    property?.name !== "Property" ||
    object?.name !== "Object" ||
    propertyName(property, text) !== "required"
  )
    return [];
  const properties = members(object).find((member) => propertyName(member, text) === "properties");
  const value = properties === undefined ? null : propertyValue(properties);
  const used = new Set(members(array).map((item) => text.slice(item.from, item.to)));
  return (value === null ? [] : members(value))
    .map((member) => propertyName(member, text))
    .filter((name) => name !== null && !used.has(JSON.stringify(name)))
    .filter((name) => name !== null);
}

function typesOf(schema: JsonObject): string[] {
  const type = schema["type"];
  if (typeof type === "string") return [type];
  return isList(type) ? type.filter((name) => typeof name === "string") : [];
}

function typeWords(schema: JsonObject): string {
  if (isList(schema["enum"])) return "one of a list";
  return typesOf(schema).join(" or ");
}

/** The end of the word under the cursor, so that a picked option replaces all of it. */
function wordEnd(text: string, position: number): number {
  return position + (/^[\w$-]*"?/u.exec(text.slice(position))?.[0].length ?? 0);
}
