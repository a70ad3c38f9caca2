/** What a number field may hold. */
export type NumberRule = {
  readonly integer?: boolean;
  readonly min?: number;
  readonly max?: number;
};

export type ParsedNumber =
  /** null = empty: not sent. */
  { readonly ok: true; readonly value: number | null } | { readonly ok: false; readonly message: string };

const NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i;

/** A comma that is a decimal mark in some countries and parts thousands in others. */
const THOUSANDS = /^([+-]?[1-9]\d{0,2}),(\d{3})$/;

/** Reads what a person typed: empty is "not sent", a comma is a decimal point where it can be nothing else, never NaN or infinite. Pure. */
export function parseNumber(typed: string, rule: NumberRule): ParsedNumber {
  const text = typed.trim().replace("\u2212", "-");
  if (text === "") return { ok: true, value: null };
  if (!NUMBER.test(text)) return { ok: false, message: `“${text}” is not a number.` };
  const [, whole, digits] = THOUSANDS.exec(text) ?? [];
  if (whole !== undefined && digits !== undefined)
    return { ok: false, message: `Write ${whole}${digits} or ${whole}.${digits}: a comma can mean both.` };
  const value = Number(text.replace(",", "."));
  if (!Number.isFinite(value)) return { ok: false, message: "This number is too large." };
  if (rule.integer === true && !Number.isSafeInteger(value)) {
    return { ok: false, message: "Use a whole number." };
  }
  if (rule.min !== undefined && value < rule.min) return { ok: false, message: `At least ${rule.min}.` };
  if (rule.max !== undefined && value > rule.max) return { ok: false, message: `At most ${rule.max}.` };
  return { ok: true, value };
}
