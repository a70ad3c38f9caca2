import type { Note } from "@/lib/providers/dialects/shared/note";
import { writeSamplers } from "@/lib/providers/dialects/shared/samplers";
import type { AnthropicQuirks, RequestInput } from "@/lib/providers/provider";
import type { JsonObject } from "@/lib/stream/turn/json";

const WRITTEN_ELSEWHERE: ReadonlySet<string> = new Set(["system", "max_tokens", "anthropic_version"]);

/** The lane's samplers, without those that the lane's own settings decide. What Claude refuses is left out later. */
export function writeAnthropicSamplers({ setup }: RequestInput<AnthropicQuirks>, note: Note): JsonObject {
  return Object.fromEntries(
    Object.entries(writeSamplers(setup.samplers, note)).filter(([name]) => {
      const isOurs = WRITTEN_ELSEWHERE.has(name);
      if (isOurs) note(`${name} is not sent: the lane's own setting decides it.`);
      return !isOurs;
    }),
  );
}
