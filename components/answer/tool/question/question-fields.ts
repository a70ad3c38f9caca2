/** A tool's flat JSON Schema as the fields of a form, and back. Pure. */
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isList, isObject, textAt } from "@/lib/stream/turn/json-read";

type FieldFacts = {
  readonly name: string;
  /** What a person reads. */
  readonly title: string;
  readonly description: string;
  readonly isRequired: boolean;
};

export type FieldChoice = { readonly value: string; readonly label: string };

export type QuestionField = FieldFacts &
  (
    | {
        readonly kind: "text";
        /** Of the browser's own input. */
        readonly input: "text" | "email" | "url" | "date" | "datetime-local";
        readonly least: number | null;
        readonly most: number | null;
        readonly initial: string;
      }
    | {
        readonly kind: "number";
        readonly isInteger: boolean;
        readonly least: number | null;
        readonly most: number | null;
        readonly initial: string;
      }
    | { readonly kind: "switch"; readonly initial: boolean }
    | { readonly kind: "choice"; readonly choices: readonly FieldChoice[]; readonly initial: string }
    | {
        readonly kind: "choices";
        readonly choices: readonly FieldChoice[];
        readonly initial: readonly string[];
      }
  );

/** What was filled in, by the name of the field. */
export type FilledFields = Readonly<Record<string, string | boolean | readonly string[]>>;

/** More fields than any form has. */
const MOST_FIELDS = 50;

/** The fields of the schema, in its order. One of a kind that no form can ask for is a text. */
export function questionFields(schema: JsonObject): readonly QuestionField[] {
  const { properties, required } = schema;
  if (!isObject(properties)) return [];
  const needed = isList(required) ? required : [];
  return Object.entries(properties)
    .slice(0, MOST_FIELDS)
    .map(([name, property]) => readField(name, isObject(property) ? property : {}, needed.includes(name)));
}

/** What a form starts with. */
export function firstFilled(fields: readonly QuestionField[]): FilledFields {
  return Object.fromEntries(fields.map(({ name, initial }) => [name, initial]));
}

/** The filled-in form as the tool gets it; an optional field that is empty is left out. */
export function filledContent(fields: readonly QuestionField[], filled: FilledFields): JsonObject {
  const entries = fields.flatMap((field): readonly (readonly [string, Json])[] => {
    const value = filled[field.name];
    if (value === undefined) return [];
    if (typeof value !== "string") {
      const isLeftOut = typeof value !== "boolean" && value.length === 0 && !field.isRequired;
      return isLeftOut ? [] : [[field.name, value]];
    }
    if (value === "") return field.isRequired && field.kind === "text" ? [[field.name, value]] : [];
    if (field.kind === "number") return Number.isFinite(Number(value)) ? [[field.name, Number(value)]] : [];
    if (field.kind === "text" && field.input === "datetime-local") return [[field.name, withZone(value)]];
    return [[field.name, value]];
  });
  return Object.fromEntries(entries);
}

function readField(name: string, property: JsonObject, isRequired: boolean): QuestionField {
  const { type, items, format } = property;
  const initial = property["default"];
  const facts: FieldFacts = {
    name,
    title: textAt(property, "title") ?? name,
    description: textAt(property, "description") ?? "",
    isRequired,
  };
  if (type === "boolean") return { ...facts, kind: "switch", initial: initial === true };
  if (type === "number" || type === "integer") {
    return {
      ...facts,
      kind: "number",
      isInteger: type === "integer",
      least: numberOrNull(property["minimum"]),
      most: numberOrNull(property["maximum"]),
      initial: typeof initial === "number" ? String(initial) : "",
    };
  }
  if (type === "array" && isObject(items)) {
    const texts = isList(initial) ? initial.filter((each) => typeof each === "string") : [];
    return { ...facts, kind: "choices", choices: choicesOf(items), initial: texts };
  }
  const choices = choicesOf(property);
  const text = typeof initial === "string" ? initial : "";
  if (choices.length > 0) return { ...facts, kind: "choice", choices, initial: text };
  return {
    ...facts,
    kind: "text",
    input: inputOf(format),
    least: numberOrNull(property["minLength"]),
    most: numberOrNull(property["maxLength"]),
    initial: text,
  };
}

function choicesOf(schema: JsonObject): readonly FieldChoice[] {
  const titled = schema["oneOf"] ?? schema["anyOf"];
  if (isList(titled))
    return titled.flatMap((option) => {
      const value = isObject(option) ? textAt(option, "const") : null;
      if (value === null || !isObject(option)) return [];
      return [{ value, label: textAt(option, "title") ?? value }];
    });
  const values = schema["enum"];
  const names = schema["enumNames"];
  if (!isList(values)) return [];
  return values
    .filter((value) => typeof value === "string")
    .map((value, index) => ({
      value,
      label: nameAt(names, index) ?? value,
    }));
}

function nameAt(names: Json | undefined, index: number): string | null {
  const name = isList(names) ? names[index] : null;
  return typeof name === "string" ? name : null;
}

type TextInput = Extract<QuestionField, { readonly kind: "text" }>["input"];

const INPUTS: ReadonlyMap<Json | undefined, TextInput> = new Map([
  ["email", "email"],
  ["uri", "url"],
  ["date", "date"],
  ["date-time", "datetime-local"],
]);

function inputOf(format: Json | undefined): TextInput {
  return INPUTS.get(format) ?? "text";
}

/** The browser's own field gives a moment without a zone; the person's is meant. */
function withZone(local: string): string {
  const moment = new Date(local);
  return Number.isNaN(moment.getTime()) ? local : moment.toISOString();
}

function numberOrNull(value: Json | undefined): number | null {
  return typeof value === "number" ? value : null;
}
