/** What every dialect's reader says of answers that it cannot read or that hold nothing. */
import type { Finish, RunError } from "@/lib/stream/event";

/** Unreadable events in a row after which a stream is given up. */
export const MOST_UNREADABLE = 3;
/** Characters of foreign text shown in a message. */
export const EXCERPT = 200;

export function unreadableEvent(data: string): string {
  return `One event is not JSON and was left out: ${data.slice(0, EXCERPT)}`;
}

export function unreadableStream(data: string): RunError {
  return {
    source: "provider",
    code: "UNREADABLE_STREAM",
    message: `${String(MOST_UNREADABLE)} events in a row were not JSON, so Vitrine stopped reading. What came before is kept.`,
    retryable: true,
    detail: data.slice(0, EXCERPT),
  };
}

/** `what`: what the reply should have been, such as "a chat completion". */
export function unreadableBody(body: string, what: string): RunError {
  return {
    source: "provider",
    code: "UNREADABLE_BODY",
    message: `The reply is not ${what}. Check the address: it may need /v1 at its end.`,
    retryable: false,
    detail: body.trim().slice(0, EXCERPT),
  };
}

export function emptyAnswer(finish: Finish): string {
  return finish.unified === "length"
    ? "The model sent nothing before its token limit. The prompt may fill the context."
    : "The model ended its turn without text, reasoning or a call.";
}
