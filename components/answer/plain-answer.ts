import type { Part, Turn } from "@/lib/stream/turn/turn";

/** Everything an answer holds as plain text, in the order in which it came: what is left to show when it cannot be drawn. */
export function plainAnswer(turn: Turn): string {
  return turn.steps.flatMap((step) => step.parts.flatMap(textsOf)).join("\n\n");
}

function textsOf(part: Part): readonly string[] {
  switch (part.type) {
    case "reasoning":
      return part.text === "" ? [] : [`Reasoning:\n${part.text}`];
    case "text":
      return [part.text];
    case "tool-call": {
      const call = `Tool call: ${part.name}(${part.input})`;
      return part.status.state === "answered" ? [call, `Result: ${part.status.result.output}`] : [call];
    }
    case "provider-call":
      return [`Call by the provider: ${part.name}(${part.input})`];
    case "image":
      return [part.image.kind === "data" ? "Picture" : `Picture not shown: ${part.image.reason}`];
    case "unknown":
      return [`${part.name}: ${JSON.stringify(part.json)}`];
  }
}
