import { canonicalJson } from "@/lib/stream/turn/canonical-json";
/** Changes of one object schema, as a form makes them. All keep what they do not change, and its order. Pure. */
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject, isList, isObject } from "@/lib/stream/turn/json-read";
import { freeName } from "@/lib/tools/free-name";

/** The properties of an object schema, in order. */
export function propertiesOf(schema: JsonObject): readonly (readonly [string, Json])[] {
  return Object.entries(asObject(schema["properties"]) ?? {});
}

export function isRequired(schema: JsonObject, name: string): boolean {
  const { required } = schema;
  return isList(required) && required.includes(name);
}

/** Adds a text property under a name that is free; the new name comes with it. */
export function addProperty(schema: JsonObject): { readonly schema: JsonObject; readonly name: string } {
  const all = propertiesOf(schema);
  const name = freeName("property", new Set(all.map(([other]) => other)));
  return { schema: withProperties(schema, [...all, [name, { type: "string" }]]), name };
}

export function removeProperty(schema: JsonObject, name: string): JsonObject {
  const rest = propertiesOf(schema).filter(([other]) => other !== name);
  return setRequired(withProperties(schema, rest), name, false);
}

export function setProperty(schema: JsonObject, name: string, part: Json): JsonObject {
  return withProperties(
    schema,
    propertiesOf(schema).map(([other, before]) => [other, other === name ? part : before]),
  );
}

/** Why a property can't have a name; null where it can. */
export function nameProblem(schema: JsonObject, from: string, to: string): string | null {
  if (to === "") return "A property needs a name.";
  if (to === "__proto__") return 'A property cannot be named "__proto__".';
  const isTaken = to !== from && propertiesOf(schema).some(([other]) => other === to);
  return isTaken ? `Another property is named ${to}.` : null;
}

/** Gives a property another name, in its place and in `required`. Without effect where the name can't be had. */
export function renameProperty(schema: JsonObject, from: string, to: string): JsonObject {
  if (nameProblem(schema, from, to) !== null) return schema;
  const renamed = withProperties(
    schema,
    propertiesOf(schema).map(([other, part]) => [other === from ? to : other, part]),
  );
  const { required } = renamed;
  return isList(required)
    ? { ...renamed, required: required.map((other) => (other === from ? to : other)) }
    : renamed;
}

/** Moves a property to another place among the others. */
export function moveProperty(schema: JsonObject, name: string, to: number): JsonObject {
  const all = propertiesOf(schema);
  const moved = all.find(([other]) => other === name);
  if (moved === undefined) return schema;
  const rest = all.filter(([other]) => other !== name);
  const at = Math.max(0, Math.min(rest.length, to));
  return withProperties(schema, [...rest.slice(0, at), moved, ...rest.slice(at)]);
}

export function setRequired(schema: JsonObject, name: string, isOn: boolean): JsonObject {
  const { required, ...rest } = schema;
  const names = isList(required) ? required : [];
  if (names.includes(name) === isOn) return schema;
  const next = isOn ? [...names, name] : names.filter((other) => other !== name);
  // A list that was there stays, also empty.
  return next.length === 0 && required === undefined ? rest : { ...schema, required: next };
}

/** Sets a keyword of a part, or takes it out: undefined. */
export function setKeyword(part: JsonObject, keyword: string, value: Json | undefined): JsonObject {
  if (value !== undefined) return { ...part, [keyword]: value };
  return Object.fromEntries(Object.entries(part).filter(([other]) => other !== keyword));
}

function withProperties(schema: JsonObject, all: readonly (readonly [string, Json])[]): JsonObject {
  return { ...schema, properties: Object.fromEntries(all) };
}

export const FORM_TYPES = ["string", "number", "integer", "boolean", "object", "array"] as const;
export type FormType = (typeof FORM_TYPES)[number];

/** What a form can show of a part. "other": only its description, with the reason. */
export type FormPart =
  | {
      readonly kind: "typed";
      readonly type: FormType;
      readonly isNullable: boolean;
      readonly part: JsonObject;
      readonly hidden: readonly string[];
    }
  | { readonly kind: "other"; readonly why: string };

const SHOWN = new Set(["type", "description", "enum", "default", "properties", "required", "items"]);

/** How a form shows a part: its type, and the keywords that it has no field for. */
export function formPart(part: Json): FormPart {
  if (!isObject(part)) return { kind: "other", why: "true or false" };
  const odd = ["$ref", "anyOf", "oneOf", "allOf", "not", "if", "const", "prefixItems"].filter(
    (keyword) => keyword in part,
  );
  if (odd.length > 0) return { kind: "other", why: odd.join(", ") };
  const { type } = part;
  const names = isList(type) ? type : [type];
  const [only, ...others] = names.filter((name) => name !== "null");
  if (!isFormType(only) || others.length > 0)
    return { kind: "other", why: type === undefined ? "no type" : `type ${JSON.stringify(type)}` };
  const hidden = Object.keys(part).filter(
    (keyword) => !SHOWN.has(keyword) && !(keyword === "additionalProperties" && part[keyword] === false),
  );
  return { kind: "typed", type: only, isNullable: names.includes("null"), part, hidden };
}

function isFormType(value: Json | undefined): value is FormType {
  return FORM_TYPES.some((type) => type === value);
}

/** The part with another type. What belongs to the old type alone goes: its items, properties, values. */
export function withType(part: JsonObject, type: FormType, isNullable: boolean): JsonObject {
  const { type: before, properties, required, items, enum: values, default: usual, ...rest } = part;
  const same = (isList(before) ? before : [before]).includes(type);
  const written: Json = isNullable ? [type, "null"] : type;
  if (same) return { ...part, type: written };
  if (type === "object")
    return {
      type: written,
      ...rest,
      properties: properties ?? {},
      ...(required === undefined ? {} : { required }),
    };
  if (type === "array") return { type: written, ...rest, items: items ?? { type: "string" } };
  const isNumber = type === "number" || type === "integer";
  const keeps = isNumber && (before === "number" || before === "integer");
  return {
    type: written,
    ...rest,
    ...(keeps && values !== undefined ? { enum: values } : {}),
    ...(keeps && usual !== undefined ? { default: usual } : {}),
  };
}

/** What a person types for a value of a type; undefined where it is none. */
export function readFormValue(type: FormType, text: string): Json | undefined {
  const trimmed = text.trim();
  if (type === "string") return text;
  if (type === "boolean") return trimmed === "true" ? true : trimmed === "false" ? false : undefined;
  if (type !== "number" && type !== "integer") return undefined;
  // A comma is a decimal mark, except where it may part thousands.
  const written =
    /^-?\d*,\d+$/.test(trimmed) && !/,\d{3}$/.test(trimmed) ? trimmed.replace(",", ".") : trimmed;
  const value = written === "" ? Number.NaN : Number(written);
  return Number.isFinite(value) && (type === "number" || Number.isInteger(value)) ? value : undefined;
}

/** What is wrong with the allowed values that a person types, one a line; null = nothing. */
export function valuesProblem(type: FormType, lines: readonly string[]): string | null {
  const seen = new Set<string>();
  for (const line of lines) {
    const value = readFormValue(type, line);
    if (value === undefined) return `${line} is not of type ${type}.`;
    const key = JSON.stringify(value);
    if (seen.has(key)) return `${line} is there twice. Remove one of them.`;
    seen.add(key);
  }
  return null;
}

/** Whether a property's default, or the value given, is one of its allowed values; also where it lists none. */
export function isAllowedValue({ enum: values }: JsonObject, value: Json | undefined): boolean {
  if (value === undefined || !isList(values)) return true;
  const key = canonicalJson(JSON.stringify(value));
  return values.some((each) => canonicalJson(JSON.stringify(each)) === key);
}
