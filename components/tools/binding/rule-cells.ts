/** A mock's rules as the cells of a table: a column for each argument, a text in each cell. Pure. */
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject, isList, parseJson } from "@/lib/stream/turn/json-read";
import type { MockRule } from "@/lib/tools/tool";

/** A column of the table. */
export type RuleColumn = {
  readonly name: string;
  /** A cell holds text as it is; otherwise it holds JSON. */
  readonly isText: boolean;
};

/** A cell's text as a value. Empty: the argument may be anything, or missing. */
export type ReadCell =
  | { readonly ok: true; readonly value: Json | undefined }
  | { readonly ok: false; readonly message: string };

/** The arguments of the schema, then those that only rules name. */
export function ruleColumns(parameters: JsonObject, rules: readonly MockRule[]): readonly RuleColumn[] {
  const properties = asObject(parameters["properties"]) ?? {};
  const named = rules.flatMap(({ when }) => (when === "*" ? [] : Object.keys(when)));
  return [...new Set([...Object.keys(properties), ...named])].map((name) => ({
    name,
    isText: isTextOnly(properties[name]),
  }));
}

/** What stands in a cell. */
export function cellText({ when }: MockRule, { name, isText }: RuleColumn): string {
  const value = when !== "*" && Object.hasOwn(when, name) ? when[name] : undefined;
  if (value === undefined) return "";
  return typeof value === "string" && (isText || value === "*") ? value : JSON.stringify(value);
}

/** Reads a cell. "*" stands for any value. */
export function readCell(text: string, { name, isText }: RuleColumn): ReadCell {
  if (text.trim() === "") return { ok: true, value: undefined };
  if (isText || text.trim() === "*") return { ok: true, value: isText ? text : "*" };
  const value = parseJson(text);
  return value === undefined
    ? { ok: false, message: `${name}: write JSON, such as 5, true or "text". This is not JSON: ${text}` }
    : { ok: true, value };
}

/** The rule with another value in one column. One without any value matches every call. */
export function withCell(rule: MockRule, { name }: RuleColumn, value: Json | undefined): MockRule {
  const { [name]: _old, ...others } = rule.when === "*" ? {} : rule.when;
  const when = value === undefined ? others : { ...others, [name]: value };
  return { ...rule, when: Object.keys(when).length === 0 ? "*" : when };
}

/** The list with the item at `from` moved to `to`; the same list where it cannot go there. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const item = list[from];
  if (item === undefined || to < 0 || to >= list.length) return list;
  return list.toSpliced(from, 1).toSpliced(to, 0, item);
}

function isTextOnly(schema: Json | undefined): boolean {
  const fields = asObject(schema);
  if (fields === null) return true;
  const { type, enum: values } = fields;
  if (type === "string") return true;
  return type === undefined && isList(values) && values.every((value) => typeof value === "string");
}
