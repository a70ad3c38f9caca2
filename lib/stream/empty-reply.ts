import type { RunError } from "./event";

/** The error of a reply without a single event or character. */
export function emptyReply(): RunError {
  return {
    source: "provider",
    code: "EMPTY_REPLY",
    message: "Empty reply: the server answered and closed without sending anything. Its log may say why.",
    retryable: true,
  };
}
