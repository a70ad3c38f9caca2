export const PARTS = ["relay", "memory", "page", "long", "load", "tools", "inspector", "verify"] as const;
export type PartName = (typeof PARTS)[number];

export type Options = {
  readonly parts: readonly PartName[];
  /** How much is measured: "smoke" only shows that the bench itself works. */
  readonly size: "full" | "quick" | "smoke";
  /** Runs of each figure; the middle one counts. */
  readonly runs: number;
  /** Where the JSON goes. */
  readonly out: string;
};

type Parsed =
  | { readonly ok: true; readonly options: Options }
  | { readonly ok: false; readonly message: string };

/** Reads the command line: `[relay|memory|page|long|load|tools|inspector|verify …] [--quick] [--smoke] [--runs N] [--out FILE]`. */
export function parseOptions(words: readonly string[]): Parsed {
  const parts: PartName[] = [];
  let size: Options["size"] = "full";
  let runs: number | null = null;
  let out = "bench-results.json";
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const part = PARTS.find((name) => name === word);
    if (part !== undefined) parts.push(part);
    else if (word === "--quick") size = "quick";
    else if (word === "--smoke") size = "smoke";
    else if (word === "--runs") runs = Number(rest.shift());
    else if (word === "--out") out = rest.shift() ?? "";
    else return { ok: false, message: `Unknown: ${word}. Parts are ${PARTS.join(", ")}.` };
  }
  runs ??= size === "full" ? 3 : 1;
  if (!Number.isInteger(runs) || runs < 1)
    return { ok: false, message: "--runs takes a whole number from 1 on." };
  if (out === "") return { ok: false, message: "--out takes a file name." };
  return { ok: true, options: { parts: parts.length === 0 ? PARTS : parts, size, runs, out } };
}
