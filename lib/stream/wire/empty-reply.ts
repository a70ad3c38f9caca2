import { formatPlural } from "@/lib/stream/figures/format-number";
import type { RunError } from "@/lib/stream/turn/event";

/** The error of a reply without a single event or character; `comments` are those lines of a stream that mean nothing. */
export function emptyReply(status: number, comments: number): RunError {
  const only = comments === 0 ? "" : ` but ${formatPlural(comments, "keep-alive")}`;
  return {
    source: "provider",
    code: "EMPTY_REPLY",
    message: `Empty reply: the server answered ${String(status)} and closed without sending anything${only}. Its log may say why.`,
    retryable: true,
  };
}

/** The error of a reply that is called a stream of events and has none; `start` is the beginning of what was received. */
export function unreadableStream(start: string): RunError {
  return {
    source: "provider",
    code: "UNREADABLE_STREAM",
    message: "The server declares a stream of events, but nothing in it can be read as one.",
    retryable: false,
    detail: start,
  };
}
