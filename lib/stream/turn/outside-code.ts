const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** Markdown with its fenced blocks and inline code made blank. Every other character keeps its place. */
export function outsideCode(text: string): string {
  let fence: string | null = null;
  const lines = text.split("\n").map((line) => {
    const mark = FENCE.exec(line)?.[1] ?? null;
    if (fence !== null) {
      const closes = mark !== null && mark.startsWith(fence) && line.trim() === mark;
      if (closes) fence = null;
      return " ".repeat(line.length);
    }
    if (mark === null) return blankInline(line);
    fence = mark;
    return " ".repeat(line.length);
  });
  return lines.join("\n");
}

/** Blanks what stands between two runs of equally many backticks. */
function blankInline(line: string): string {
  if (!line.includes("`")) return line;
  const runs = [...line.matchAll(/`+/g)].map((run) => ({ at: run.index, length: run[0].length }));
  const later = new Map<number, number[]>();
  for (const { at, length } of runs.toReversed()) {
    const offsets = later.get(length);
    if (offsets === undefined) later.set(length, [at]);
    else offsets.push(at);
  }
  let blanked = "";
  let from = 0;
  for (const run of runs) {
    const offsets = later.get(run.length) ?? [];
    while (offsets.length > 0 && (offsets.at(-1) ?? 0) <= run.at) offsets.pop();
    const end = offsets.at(-1);
    if (run.at < from || end === undefined) continue;
    blanked += line.slice(from, run.at) + " ".repeat(end + run.length - run.at);
    from = end + run.length;
  }
  return blanked + line.slice(from);
}
