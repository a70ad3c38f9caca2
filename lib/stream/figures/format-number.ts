/** The one way numbers are written on the page. Pure and the same in every locale, so that lanes compare digit by digit. */

/** Shown in place of an unknown number. */
export const UNKNOWN = "–";

/** ms as seconds with two decimals, `0.31 s`; from 100 s whole seconds, `128 s`; from 10 min `12 min 05 s`. null → "–". */
export function formatSeconds(ms: number | null): string {
  if (ms === null) return UNKNOWN;
  if (ms > 0 && ms < 5) return "<0.01 s";
  const seconds = Math.max(ms, 0) / 1000;
  if (seconds < 99.995) return `${seconds.toFixed(2)} s`;
  const whole = Math.round(seconds);
  if (whole < 600) return `${whole} s`;
  return `${formatCount(Math.floor(whole / 60))} min ${String(whole % 60).padStart(2, "0")} s`;
}

/** Tokens per second without its unit: `92`, below ten `9.4`. null → "–". */
export function formatRate(perSecond: number | null): string {
  if (perSecond === null) return UNKNOWN;
  return perSecond < 9.95 ? perSecond.toFixed(1) : formatCount(Math.round(perSecond));
}

/** A whole number with thousands parted: `1,234`. null → "–". */
export function formatCount(count: number | null): string {
  if (count === null) return UNKNOWN;
  return String(Math.round(count)).replaceAll(/\B(?=(?:\d{3})+$)/gu, ",");
}

/**
 * US dollars: `$3.40`, below a cent with two significant digits `$0.0012`, `<$0.0001` for less than that, `$0` for
 * nothing. null → "–".
 */
export function formatCost(usd: number | null): string {
  if (usd === null) return UNKNOWN;
  if (usd === 0) return "$0";
  if (usd < 0.0001) return "<$0.0001";
  const digits = usd.toPrecision(2);
  if (Number(digits) < 0.01) return `$${digits}`;
  return `$${usd.toFixed(2).replaceAll(/\B(?=(?:\d{3})+\.)/gu, ",")}`;
}

/** An estimate in a sentence: `about $0.04`, `less than $0.0001`; `about $0` for nothing. */
export function aboutCost(usd: number): string {
  const cost = formatCost(usd);
  return cost.startsWith("<") ? `less than ${cost.slice(1)}` : `about ${cost}`;
}

/** `1 token`, `8 tokens`, `– tokens`. */
export function formatPlural(count: number | null, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
