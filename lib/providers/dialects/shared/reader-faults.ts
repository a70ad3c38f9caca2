/** What every dialect's reader says of answers that it cannot read or that hold nothing. */
import type { Finish, RunError } from "@/lib/stream/turn/event";
import { parseJson } from "@/lib/stream/turn/json-read";

import { readCutBody } from "./cut-body";
import type { EventQueue } from "./event-queue";
import { otherApi } from "./other-api";

/** Characters of foreign text shown in a message. */
export const EXCERPT = 200;
/** Unreadable events that are each shown; the rest are counted. */
const MOST_SHOWN = 3;

/** Events of one answer whose data is not a JSON object: keep-alives, and events that broke on the way. */
export type UnreadableEvents = {
  /** Names an event in a warning. True when it may have been a piece of the answer, false for a keep-alive. */
  readonly miss: (data: string) => boolean;
  /** An event could be read. */
  readonly hit: () => void;
  /** The answer is over: counts what was not shown. The error of an answer in which nothing could be read. */
  readonly end: () => RunError | null;
};

export function openUnreadable({ warn, warnOnce }: Pick<EventQueue, "warn" | "warnOnce">): UnreadableEvents {
  let first: string | null = null;
  let broken = 0;
  let wasRead = false;

  return {
    miss: (data) => {
      first ??= data;
      if (isKeepAlive(data)) {
        warnOnce(
          "keep-alive",
          `The server sent keep-alives as data; they were skipped: ${data.slice(0, EXCERPT)}`,
        );
        return false;
      }
      broken += 1;
      if (broken <= MOST_SHOWN)
        warn("unreadable-event", `An event is not JSON and was left out: ${data.slice(0, EXCERPT)}`);
      return true;
    },
    hit: () => {
      wasRead = true;
    },
    end: () => {
      const more = broken - MOST_SHOWN;
      const were =
        more === 1 ? "1 more event is not JSON and was" : `${String(more)} more events are not JSON and were`;
      if (more > 0) warn("unreadable-event", `${were} left out.`);
      return wasRead || first === null ? null : unreadableStream(first);
    },
  };
}

/** Words, numbers and punctuation: nothing that a piece of JSON is made of. */
function isKeepAlive(data: string): boolean {
  if (!/[{}[\]"]/.test(data)) return true;
  const value = parseJson(data);
  return value !== undefined && typeof value !== "object";
}

function unreadableStream(data: string): RunError {
  return {
    source: "provider",
    code: "UNREADABLE_STREAM",
    message: "The server sent events, but none of them is JSON.",
    retryable: true,
    detail: data.slice(0, EXCERPT),
  };
}

/** `what`: what the reply should have been, such as "a chat completion". */
export function unreadableBody(body: string, what: string): RunError {
  return {
    source: "provider",
    code: "UNREADABLE_BODY",
    message: whyUnreadable(body, what),
    retryable: false,
    detail: body.trim().slice(0, EXCERPT),
  };
}

function whyUnreadable(body: string, what: string): string {
  const came = otherApi(body);
  if (came !== null && came.what !== what) return `The reply is not ${what} but ${came.what}. ${came.advice}`;
  return readCutBody(body) === undefined
    ? `The reply is not ${what}. Check the address: it may need to end with /v1.`
    : "The reply is JSON that breaks off before any of the answer. Retry.";
}

export function emptyAnswer(finish: Finish): string {
  return finish.unified === "length"
    ? "The model sent nothing before its token limit. The prompt may fill the context."
    : "The model ended its turn without any text, reasoning or call.";
}
