import type { Turn } from "@/lib/stream/turn";

/** What Copy gives: the answer's text as the Markdown that came, its calls and results as fenced blocks, no reasoning. */
export function answerText(turn: Turn): string {
  const pieces: string[] = [];
  for (const part of turn.steps.flatMap((step) => step.parts)) {
    if (part.type === "text" && part.text.trim() !== "") pieces.push(part.text.trim());
    if (part.type !== "tool-call") continue;
    pieces.push(fenced("json", `${part.name}(${part.input})`));
    if (part.status.state === "answered") pieces.push(fenced("", part.status.result.output));
  }
  return pieces.join("\n\n");
}

function fenced(language: string, text: string): string {
  // A fence must be longer than any run of backticks inside it.
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = "`".repeat(Math.max(3, longest + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}
