/** OTLP's JSON form of attributes: integers as decimal strings, all else as JSON has it. */

export type AnyValue =
  | { readonly stringValue: string }
  | { readonly intValue: string }
  | { readonly doubleValue: number }
  | { readonly boolValue: boolean }
  | { readonly arrayValue: { readonly values: readonly AnyValue[] } };

export type Attribute = { readonly key: string; readonly value: AnyValue };

/** A text; nothing for null and "". */
export function text(key: string, value: string | null | undefined): readonly Attribute[] {
  return value === null || value === undefined || value === ""
    ? []
    : [{ key, value: { stringValue: value } }];
}

/** A text that may be "". */
export function anyText(key: string, value: string): readonly Attribute[] {
  return [{ key, value: { stringValue: value } }];
}

/** A whole number; nothing for any other value. */
export function int(key: string, value: unknown): readonly Attribute[] {
  return typeof value === "number" && Number.isSafeInteger(value)
    ? [{ key, value: { intValue: String(value) } }]
    : [];
}

/** A finite number; nothing for any other value. */
export function double(key: string, value: unknown): readonly Attribute[] {
  return typeof value === "number" && Number.isFinite(value) ? [{ key, value: { doubleValue: value } }] : [];
}

export function bool(key: string, value: boolean): readonly Attribute[] {
  return [{ key, value: { boolValue: value } }];
}

/** Texts; nothing for an empty list. */
export function texts(key: string, values: readonly string[]): readonly Attribute[] {
  if (values.length === 0) return [];
  return [{ key, value: { arrayValue: { values: values.map((each) => ({ stringValue: each })) } } }];
}

/** A structure as JSON text: what spans hold where structured values are not supported. */
export function json(key: string, value: unknown): readonly Attribute[] {
  return [{ key, value: { stringValue: JSON.stringify(value) } }];
}
