import type { AnswerImage } from "@/lib/stream/turn/event";
import type { Part, Turn } from "@/lib/stream/turn/turn";

/** What Copy gives: the answer's text as the Markdown that came, its calls and results as fenced blocks, no reasoning. */
export function answerText(turn: Turn): string {
  return turn.steps
    .flatMap((step) => step.parts)
    .flatMap(piecesOf)
    .join("\n\n");
}

function piecesOf(part: Part): readonly string[] {
  switch (part.type) {
    case "text":
      return part.text.trim() === "" ? [] : [part.text.trim()];
    case "tool-call": {
      const call = fenced("json", `${part.name}(${part.input})`);
      return part.status.state === "answered" ? [call, fenced("", part.status.result.output)] : [call];
    }
    case "image":
      return [`[${nameOf(part.image)}]`];
    case "unknown":
      return [`${part.name}:`, fenced("json", JSON.stringify(part.json, null, 2))];
    case "reasoning":
    case "provider-call":
      return [];
  }
}

/** Words in place of the picture: its bytes would bury the text. */
function nameOf(image: AnswerImage): string {
  if (image.kind === "data") return `Image: ${image.mediaType}`;
  return `Image not shown: ${image.reason}${image.url === null ? "" : ` ${image.url}`}`;
}

function fenced(language: string, text: string): string {
  // A fence must be longer than any run of backticks inside it.
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = "`".repeat(Math.max(3, longest + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

/** Everything an answer holds as plain text, in the order in which it came: what is left to show when it cannot be drawn. */
export function plainAnswer(turn: Turn): string {
  return turn.steps.flatMap((step) => step.parts.flatMap(textsOf)).join("\n\n");
}

function textsOf(part: Part): readonly string[] {
  switch (part.type) {
    case "reasoning":
      return part.text === "" ? [] : [`Thought:\n${part.text}`];
    case "text":
      return [part.text];
    case "tool-call": {
      const call = `Tool call: ${part.name}(${part.input})`;
      return part.status.state === "answered" ? [call, `Result: ${part.status.result.output}`] : [call];
    }
    case "provider-call":
      return [`Call by the provider: ${part.name}(${part.input})`];
    case "image":
      return [part.image.kind === "data" ? "Image" : `Image not shown: ${part.image.reason}`];
    case "unknown":
      return [`${part.name}: ${JSON.stringify(part.json)}`];
  }
}
