import { templateEffort } from "@/lib/providers/dialects/shared/body-fields";
import type { Note } from "@/lib/providers/dialects/shared/note";
import type { ChatQuirks, RequestInput, ThinkingLimitShape } from "@/lib/providers/provider";
import { effortFamily, effortOptions } from "@/lib/providers/rules/effort";

import type { ChatEffort } from "./body";

/** The fields that ask for an effort and a thinking token limit, in the provider's own shape. */
export function writeEffort(input: RequestInput<ChatQuirks>, note: Note): ChatEffort {
  const { provider, quirks, setup } = input;
  const limit = thinkingLimitFields(input, note);
  if (setup.effort === null) return limit ?? {};
  const effort = effortFields(input, setup.effort, note);
  if (limit === null) return effort;
  const shape = quirks.thinkingLimitShape;
  if (shape === "reasoning-object" || shape === "thinking-object") {
    note(`${provider.label} accepts an effort or a thinking token limit, not both: the effort is not sent.`);
    return limit;
  }
  return { ...limit, ...effort };
}

function effortFields(input: RequestInput<ChatQuirks>, effort: string, note: Note): ChatEffort {
  const { provider, quirks, setup } = input;
  const off = effort === "none";
  switch (quirks.effortShape) {
    case "none":
      note(`Effort is not sent: ${provider.label} has no effort setting.`);
      return {};
    case "reasoning_effort":
      return asWord(effort);
    case "effort-and-template":
      return templateFields(effort, setup.model);
    case "reasoning-object":
      return { reasoning: effort === "on" ? { enabled: true } : { effort } };
    case "reasoning-enabled":
      return { reasoning: off || effort === "on" ? { enabled: !off } : { enabled: true, effort } };
    case "thinking-type":
      return {
        ...({ thinking: { type: off ? "disabled" : "enabled" } } satisfies ChatEffort),
        ...(off || !takesLevel(input, effort, note) ? {} : asWord(effort)),
      };
    case "thinking-adaptive":
      takesLevel(input, effort, note);
      return { thinking: { type: off ? "disabled" : "adaptive" } };
    case "enable-thinking":
      takesLevel(input, effort, note);
      return { enable_thinking: !off };
  }
}

/** Older llama.cpp builds hand only the template's own arguments on, newer ones prefer the top level: both are sent. */
function templateFields(effort: string, model: string): ChatEffort {
  const kwargs = templateEffort(effort, model);
  return {
    ...(effort === "on" ? {} : asWord(effort)),
    ...({ chat_template_kwargs: kwargs } satisfies ChatEffort),
  };
}

function asWord(effort: string): ChatEffort {
  return { reasoning_effort: effort };
}

function takesLevel({ provider, quirks, setup }: RequestInput, effort: string, note: Note): boolean {
  if (effort === "on" || effort === "none") return false;
  const switchOnly =
    quirks.effortShape !== "thinking-type" ||
    (effortFamily(setup.model) !== null &&
      effortOptions(provider, quirks, setup.model).values.includes("on"));
  if (switchOnly)
    note(`${provider.label} can only switch thinking on or off here: "${effort}" is sent as on.`);
  return !switchOnly;
}

/** null when no limit is set or the provider has no field for one. */
function thinkingLimitFields(
  { provider, quirks, setup }: RequestInput<ChatQuirks>,
  note: Note,
): ChatEffort | null {
  const { thinkingTokens } = setup;
  const shape = quirks.thinkingLimitShape;
  if (thinkingTokens === null) return null;
  if (shape === undefined) {
    note(`The thinking token limit is not sent: ${provider.label} has no such setting.`);
    return null;
  }
  if (setup.effort === "none") {
    note("The thinking token limit is not sent: thinking is off.");
    return null;
  }
  return limitFields(shape, thinkingTokens);
}

function limitFields(shape: ThinkingLimitShape, tokens: number): ChatEffort {
  switch (shape) {
    case "reasoning-budget":
      return { reasoning_budget_tokens: tokens };
    case "reasoning-object":
      return { reasoning: { max_tokens: tokens } };
    case "thinking-object":
      return { thinking: { type: "enabled", budget_tokens: tokens } };
    case "thinking-budget":
      return { enable_thinking: true, thinking_budget: tokens };
  }
}
