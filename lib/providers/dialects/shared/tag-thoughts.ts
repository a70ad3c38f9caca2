import type { PastTurn } from "@/lib/providers/provider";
import { modelName } from "@/lib/providers/rules/model-name";
import type { Part, Step } from "@/lib/stream/turn/turn";

import type { Note } from "./note";

/** Models that were trained to find their earlier thoughts in the text, tags and all: MiniMax-M2's model card. */
const KEPT_IN_TEXT = /^minimax-m2/;

/**
 * The history with thoughts that were read from tags as the model wants them back: left out, or in the text where
 * they stood. Other thoughts are for the dialect to write.
 */
export function writeTagThoughts(
  history: readonly PastTurn[],
  model: string,
  note: Note,
): readonly PastTurn[] {
  const isKept = KEPT_IN_TEXT.test(modelName(model));
  const writeStep = (step: Step): Step => {
    if (!step.parts.some(isFromTags)) return step;
    note(
      isKept
        ? "Thoughts read from tags are sent back in the text, as this model expects."
        : "Thoughts read from tags are not sent back.",
    );
    return { ...step, parts: isKept ? inText(step.parts) : step.parts.filter((part) => !isFromTags(part)) };
  };
  return history.map((past) => ({ ...past, turn: { steps: past.turn.steps.map(writeStep) } }));
}

function isFromTags(part: Part): boolean {
  return part.type === "reasoning" && part.tags !== null;
}

/** Each thought as the text it was received as. */
function inText(parts: readonly Part[]): readonly Part[] {
  return parts.map((part): Part => {
    if (part.type !== "reasoning" || part.tags === null) return part;
    const { tags, text, ...rest } = part;
    return { ...rest, type: "text", text: tags.open + text + tags.close, phase: null, citations: [] };
  });
}
