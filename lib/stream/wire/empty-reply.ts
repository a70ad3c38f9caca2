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
