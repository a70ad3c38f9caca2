import type { JsonObject } from "@/lib/stream/json";

import type { AnthropicQuirks, RequestInput } from "../provider";
import type { Thinking } from "./anthropic-thinking";
import { claudeGeneration, claudeThinking } from "./claude-thinking";
import type { Note } from "./note";
import { writeSamplers } from "./write-samplers";

const WRITTEN_ELSEWHERE: ReadonlySet<string> = new Set(["system", "max_tokens", "anthropic_version"]);
const SAMPLING: ReadonlySet<string> = new Set(["temperature", "top_p", "top_k"]);

/** The lane's samplers, without those that the lane's own settings decide or that its Claude model refuses. */
export function writeAnthropicSamplers(
  { quirks, setup }: RequestInput<AnthropicQuirks>,
  thinking: Thinking,
  note: Note,
): JsonObject {
  const samplers = writeSamplers(setup.samplers, note);
  const refusal = quirks.effortShape === "native" ? whyRefused(setup.model, thinking) : null;
  return Object.fromEntries(
    Object.entries(samplers).filter(([name]) => {
      const why = WRITTEN_ELSEWHERE.has(name)
        ? "the lane's own setting decides it"
        : SAMPLING.has(name)
          ? (refusal ?? whyAlone(name, samplers, setup.model))
          : null;
      if (why !== null) note(`${name} is not sent: ${why}.`);
      return why === null;
    }),
  );
}

function whyRefused(model: string, thinking: Thinking): string | null {
  const mode = claudeThinking(model);
  if (mode === "adaptive" || mode === "adaptive-by-default") return `${model} refuses it`;
  return thinking.kind === "unasked" ? null : "it may not be set while the model thinks";
}

/** Claude 4.1 and later take a temperature or top_p, not both. */
function whyAlone(name: string, samplers: JsonObject, model: string): string | null {
  const isSecond = name === "top_p" && samplers["temperature"] !== undefined;
  return isSecond && (claudeGeneration(model) ?? 0) >= 4.1
    ? `${model} takes no top_p beside a temperature`
    : null;
}
