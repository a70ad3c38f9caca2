/** Deeper values overflow what walks them; more of them take seconds. */
const MOST_LEVELS = 200;
const MOST_VALUES = 1_000_000;

/** Why a value is not read at all: it is nested too deep or holds too much. null where it may be. Never overflows. */
export function tooLarge(value: unknown): string | null {
  let level: unknown[] = [value];
  let count = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MOST_LEVELS) return `It is nested more than ${String(MOST_LEVELS)} levels deep.`;
    count += level.length;
    if (count > MOST_VALUES) return `It holds more than ${MOST_VALUES.toLocaleString("en-US")} values.`;
    const next: unknown[] = [];
    for (const item of level) {
      if (typeof item !== "object" || item === null) continue;
      for (const child of Object.values(item)) next.push(child);
    }
    level = next;
  }
  return null;
}
