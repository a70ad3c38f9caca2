/** Writes each lane of a comparison as a conversation in OpenAI's form, one line of JSON each. Pure. */
import { toBase64 } from "@/lib/link/base64";
import { openCallIds } from "@/lib/providers/dialects/shared/call-ids";
import {
  resultText,
  sendableCalls,
  sentArguments,
  sentName,
} from "@/lib/providers/dialects/shared/past-calls";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import type { Step } from "@/lib/stream/turn/turn";
import { type Notes, openNotes, type WrittenFile } from "@/lib/tape/formats/found";
import { type ComparedTurn, type Comparison, toolsOf, turnsOf } from "@/lib/tape/formats/turns/comparison";

/** One line `{ messages, tools }` for each lane that has an answer. */
export function writeMessages(comparison: Comparison): WrittenFile {
  const losses = openNotes();
  losses.add("Settings, times, other branches and errors have no place in OpenAI's messages.");
  const lines = comparison.lanes.flatMap((_lane, index) => {
    const turns = turnsOf(comparison, index);
    return turns.length === 0 ? [] : [JSON.stringify(writeLane(turns, comparison, losses))];
  });
  return { content: lines.map((line) => `${line}\n`).join(""), losses: losses.all() };
}

function writeLane(turns: readonly ComparedTurn[], comparison: Comparison, losses: Notes): JsonObject {
  const last = turns.at(-1);
  const systems = new Set(turns.map(({ setup }) => setup.system));
  if (systems.size > 1) losses.add("The system prompt changed along the way: the last one is written.");
  const system = last?.setup.system ?? "";
  const ids = openCallIds(false);
  const messages: Json[] = system.trim() === "" ? [] : [{ role: "system", content: system }];
  for (const turn of turns) {
    messages.push({ role: "user", content: promptContent(turn, losses) });
    for (const [index, step] of turn.turn.steps.entries()) {
      const isEnd = turn === last && index === turn.turn.steps.length - 1;
      messages.push(...writeStep(step, ids, isEnd, losses));
    }
  }
  const tools = last === undefined ? [] : toolsOf(last, comparison);
  const parallel = last?.setup.parallelToolCalls ?? null;
  return {
    messages,
    ...(tools.length === 0 ? {} : { tools: tools.map(writeTool) }),
    ...(tools.length === 0 || parallel === null ? {} : { parallel_tool_calls: parallel }),
  };
}

function writeTool({ name, description, parameters, strict }: ReturnType<typeof toolsOf>[number]): Json {
  return {
    type: "function",
    function: { name, description, parameters, ...(strict === null ? {} : { strict }) },
  };
}

function promptContent({ prompt, images }: ComparedTurn, losses: Notes): Json {
  if (images.length === 0) return prompt;
  const parts = images.flatMap(({ bytes, mediaType }): readonly Json[] => {
    if (bytes === null) {
      losses.add("An image whose bytes are not at hand is left out.");
      return [];
    }
    return [{ type: "image_url", image_url: { url: `data:${mediaType};base64,${toBase64(bytes)}` } }];
  });
  return [{ type: "text", text: prompt }, ...parts];
}

/** The answer of a step and the results of its calls. `isEnd`: calls without results may stay open. */
export function writeStep(
  step: Step,
  ids: ReturnType<typeof openCallIds>,
  isEnd: boolean,
  losses: Notes,
): readonly Json[] {
  const calls = sendableCalls(step, () => losses.add("Calls whose arguments were cut off are left out.")).map(
    (call) => ({ call, id: ids.take(call.callId, false, losses.add) }),
  );
  const text = step.parts.map((part) => (part.type === "text" ? part.text : "")).join("");
  const thought = step.parts.map((part) => (part.type === "reasoning" ? part.text : "")).join("");
  noteLeftOut(step, losses);
  if (text === "" && calls.length === 0) {
    losses.add("A step that ended without an answer is left out.");
    return [];
  }
  if (step.status.state !== "done")
    losses.add("An answer that was cut off is written as far as it was received.");
  if (thought !== "")
    losses.add("Thoughts stand in reasoning_content, a field that OpenAI's own API does not have.");
  const answer = {
    role: "assistant",
    content: text === "" ? null : text,
    ...(thought === "" ? {} : { reasoning_content: thought }),
    ...(calls.length === 0
      ? {}
      : {
          tool_calls: calls.map(({ call, id }) => ({
            id,
            type: "function",
            function: { name: sentName(call, losses.add), arguments: sentArguments(call) },
          })),
        }),
  };
  const isOpen = isEnd && calls.every(({ call }) => call.status.state !== "answered");
  const results = isOpen
    ? []
    : calls.map(({ call, id }) => ({
        role: "tool",
        tool_call_id: id,
        content: resultText(call, false, losses.add),
      }));
  return [answer, ...results];
}

function noteLeftOut({ parts }: Step, losses: Notes): void {
  const kinds = new Set(parts.map(({ type }) => type));
  if (kinds.has("image")) losses.add("Images that a model made are left out.");
  if (kinds.has("provider-call")) losses.add("Calls that a provider ran itself are left out.");
  if (kinds.has("unknown")) losses.add("Parts that Vitrine doesn't know are left out.");
}
