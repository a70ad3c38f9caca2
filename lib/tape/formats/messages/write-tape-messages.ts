/** Writes what is on a tape as conversations in OpenAI's form. Pure. */
import { openCallIds } from "@/lib/providers/dialects/shared/call-ids";
import type { AttemptRecord } from "@/lib/run/record";
import { replayTurn } from "@/lib/run/replay";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject, listAt, parseJson } from "@/lib/stream/turn/json-read";
import type { Step } from "@/lib/stream/turn/turn";
import { type Follow, findFollows, toldOf } from "@/lib/tape/conversations/follows";
import { type Notes, openNotes, READ_FORMATS, type WrittenFile } from "@/lib/tape/formats/found";
import type { Tape, TapeTurn } from "@/lib/tape/tape";
import { comparisonOfTape } from "@/lib/tape/to-comparison";

import { writeMessages, writeStep } from "./write-messages";

/** One line for each lane; where the tape was made from another format, one for each conversation in its requests. */
export function writeTapeMessages(tape: Tape): WrittenFile {
  if (Object.values<string>(READ_FORMATS).includes(tape.source)) return writeRequests(tape.turns);
  const { comparison, leftOut } = comparisonOfTape(tape);
  const { content, losses } = writeMessages(comparison);
  return {
    content,
    losses: leftOut === 0 ? losses : [...losses, "Turns on branches that were not shown are left out."],
  };
}

/** A step of a tape with the last request that was sent for it. */
type Asked = {
  readonly turn: TapeTurn;
  readonly step: Step;
  readonly record: AttemptRecord;
};

/** A request holds its whole conversation, so one that a later request goes on from is written with that one. */
function writeRequests(turns: readonly TapeTurn[]): WrittenFile {
  const losses = openNotes();
  losses.add("Addresses, status, settings, times and errors have no place in OpenAI's messages.");
  const asked = turns.flatMap(askedIn).filter(({ step }) => hasAnswer(step));
  const follows = findFollows(
    asked.map(({ record, step }) => toldOf({ url: record.url, body: record.request, step })),
  );
  const followed = new Set(follows.map((follow) => follow?.after ?? null));
  const lines = asked.flatMap((last, index) => {
    if (followed.has(index)) return [];
    const conversation = isChat(last)
      ? chatConversation(last, losses)
      : { messages: otherConversation(asked, follows, index, losses) };
    return [`${JSON.stringify(conversation)}\n`];
  });
  return { content: lines.join(""), losses: losses.all() };
}

function askedIn(turn: TapeTurn): readonly Asked[] {
  return replayTurn(turn.events, turn.records).turn.steps.flatMap((step) => {
    const record = turn.records.findLast(({ stepId }) => stepId === step.id);
    return record === undefined ? [] : [{ turn, step, record }];
  });
}

/** What stands in a message: whatever else an answer has is noted where it is left out. */
function hasAnswer(step: Step): boolean {
  return writeStep(step, openCallIds(false), true, openNotes()).length > 0;
}

function isChat({ record }: Asked): boolean {
  return record.speech?.dialect === "chat-completions" && messagesOf(record) !== null;
}

function messagesOf({ request }: AttemptRecord): readonly Json[] | null {
  return listAt(asObject(parseJson(request)) ?? {}, "messages");
}

function chatConversation({ record, step }: Asked, losses: Notes): JsonObject {
  const body = asObject(parseJson(record.request));
  const kept = ["tools", "parallel_tool_calls"].flatMap((key) => {
    const field = body?.[key];
    return field === undefined ? [] : [[key, field] as const];
  });
  const answer = writeStep(step, openCallIds(false), true, losses);
  return { messages: [...(messagesOf(record) ?? []), ...answer], ...Object.fromEntries(kept) };
}

/** The prompts and answers up to this one, as far as they were recorded. */
function otherConversation(
  asked: readonly Asked[],
  follows: readonly (Follow | null)[],
  last: number,
  losses: Notes,
): readonly Json[] {
  losses.add(
    "Of requests in another wire format than chat completions only recorded prompts, answers and results are written.",
  );
  const path: number[] = [];
  for (let at: number | null = last; at !== null; at = follows[at]?.after ?? null) path.unshift(at);
  const ids = openCallIds(false);
  const messages: Json[] = [];
  for (const place of path) {
    const each = asked[place];
    if (each === undefined) continue;
    const { turn, step } = each;
    if (follows[place]?.how !== "step" && turn.prompt !== "")
      messages.push({ role: "user", content: turn.prompt });
    messages.push(...writeStep(step, ids, place === last, losses));
  }
  return messages;
}
