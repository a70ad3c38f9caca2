/** Writes what is on a tape as conversations in OpenAI's form. Pure. */
import { openCallIds } from "@/lib/providers/dialects/shared/call-ids";
import { replayTurn } from "@/lib/run/replay";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject, listAt, parseJson } from "@/lib/stream/turn/json-read";
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

type Conversation = {
  readonly before: readonly Json[];
  readonly answer: readonly Json[];
  readonly rest: JsonObject;
};

/** A request holds its whole conversation, so one that a later request goes on from is written with that one. */
function writeRequests(turns: readonly TapeTurn[]): WrittenFile {
  const losses = openNotes();
  losses.add("Addresses, status, settings, times and errors have no place in OpenAI's messages.");
  const all = turns.map((turn) => conversationOf(turn, losses)).filter(({ answer }) => answer.length > 0);
  const later = openPaths();
  const lines: string[] = [];
  for (const { before, answer, rest } of all.toReversed()) {
    const messages = [...before, ...answer];
    if (!later.holds(messages)) lines.push(`${JSON.stringify({ messages, ...rest })}\n`);
    later.add(before);
  }
  return { content: lines.toReversed().join(""), losses: losses.all() };
}

function conversationOf({ prompt, events, records }: TapeTurn, losses: Notes): Conversation {
  const [record] = records;
  const body = asObject(parseJson(record?.request ?? ""));
  const messages = listAt(body ?? {}, "messages");
  const steps = replayTurn(events, records).turn.steps;
  const ids = openCallIds(false);
  const answer = steps.flatMap((step) => writeStep(step, ids, true, losses));
  if (record?.speech?.dialect === "chat-completions" && messages !== null) {
    const kept = ["tools", "parallel_tool_calls"].flatMap((key) => {
      const field = body?.[key];
      return field === undefined ? [] : [[key, field] as const];
    });
    return { before: messages, answer, rest: Object.fromEntries(kept) };
  }
  if (answer.length > 0)
    losses.add("Of requests in another wire format than chat completions only the last prompt is written.");
  return { before: prompt === "" ? [] : [{ role: "user", content: prompt }], answer, rest: {} };
}

type Place = Map<string, Place>;

/** Beginnings of conversations, each message once. */
function openPaths(): {
  readonly add: (messages: readonly Json[]) => void;
  readonly holds: (messages: readonly Json[]) => boolean;
} {
  const start: Place = new Map();
  return {
    add: (messages) => {
      let place = start;
      for (const message of messages) {
        const key = meaning(message);
        const next: Place = place.get(key) ?? new Map();
        place.set(key, next);
        place = next;
      }
    },
    holds: (messages) => {
      let place: Place | undefined = start;
      for (const message of messages) place = place?.get(meaning(message));
      return place !== undefined;
    },
  };
}

/** What a message says, without what differs between ways of writing it: reasoning, the ids of calls, empty content. */
function meaning(message: Json): string {
  const { role = null, content = null, ...fields } = asObject(message) ?? {};
  const calls = (listAt(fields, "tool_calls") ?? []).map((call) => {
    const called = asObject(asObject(call)?.["function"]);
    return [called?.["name"] ?? null, called?.["arguments"] ?? null];
  });
  return JSON.stringify([role, content === "" ? null : content, calls]);
}
