/** The longest name that every provider takes. */
const LONGEST = 64;

/** A name like the wanted one that is not taken: "weather", "weather_2", …, at most 64 characters. Pure. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count += 1) {
    const suffix = count === 1 ? "" : `_${count}`;
    const name = wanted.slice(0, LONGEST - suffix.length) + suffix;
    if (!taken.has(name)) return name;
  }
}

/** A name that every provider takes, as near to the wanted one as can be; "" where nothing of it is left. Pure. */
export function legalName(wanted: string): string {
  if (/^[A-Za-z_][\w-]{0,63}$/.test(wanted) && wanted !== "__proto__") return wanted;
  const name = wanted
    .replace(/[^\w-]+/g, "_")
    .replace(/_{2,}/g, "_")
    .replace(/^[_-]+|[_-]+$/g, "")
    .slice(0, LONGEST);
  return /^\d/.test(name) ? `_${name}`.slice(0, LONGEST) : name;
}
