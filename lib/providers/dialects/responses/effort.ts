import type { Note } from "@/lib/providers/dialects/shared/note";
import type { RequestInput, ResponsesQuirks } from "@/lib/providers/provider";
import { effortFamily } from "@/lib/providers/rules/effort";
import { thinksByDefault } from "@/lib/providers/rules/thinks-by-default";

import type { ResponsesEffort, ResponsesReasoning } from "./body";

type Input = RequestInput<ResponsesQuirks>;

/** The fields about thinking: `reasoning` and, at local servers, a thinking token limit. */
export function writeResponsesEffort(input: Input, note: Note): ResponsesEffort {
  const effort = sentEffort(input, note);
  const asksSummary = input.quirks.summary && reasons(input) && effort !== "none";
  const reasoning: ResponsesReasoning = {
    ...(effort === null ? {} : ({ effort } satisfies ResponsesReasoning)),
    ...(asksSummary ? ({ summary: "auto" } satisfies ResponsesReasoning) : {}),
  };
  return {
    ...(Object.keys(reasoning).length === 0 ? {} : ({ reasoning } satisfies ResponsesEffort)),
    ...writeLimit(input, note),
  };
}

/** Whether the model reasons, as far as that is known: others refuse to be asked for a summary or encrypted reasoning. */
export function reasons({ setup, quirks }: Input): boolean {
  if (effortFamily(setup.model)?.neverThinks === true) return false;
  return thinksByDefault(setup.model) || (setup.effort !== null && quirks.effortShape === "native");
}

function sentEffort({ provider, quirks, setup }: Input, note: Note): string | null {
  const { effort, model } = setup;
  if (effort === null) return null;
  if (quirks.effortShape === "none") {
    note(`Effort is not sent: ${provider.label} has no effort setting.`);
    return null;
  }
  if (effortFamily(model)?.neverThinks === true) {
    note(`Effort is not sent: ${model} does not think.`);
    return null;
  }
  if (effort !== "on") return effort;
  note('The effort "on" has no word in this wire format: it is left to the model.');
  return null;
}

function writeLimit({ provider, quirks, setup }: Input, note: Note): ResponsesEffort {
  const { thinkingTokens, effort } = setup;
  if (thinkingTokens === null) return {};
  if (quirks.thinkingLimitShape !== "reasoning-budget") {
    note(`The thinking token limit is not sent: ${provider.label} has no such setting.`);
    return {};
  }
  if (effort === "none") {
    note("The thinking token limit is not sent: thinking is off.");
    return {};
  }
  return { reasoning_budget_tokens: thinkingTokens };
}
