import type { RunError, StreamEvent } from "@/lib/stream/turn/event";

import { brokenReply } from "./break-off";
import { emptyReply } from "./empty-reply";
import { readRelayError } from "./relay-frames";
import type { BodyKind } from "./sniff-body";
import { limitError } from "./sse";
import { INVALID_UTF8, openUtf8 } from "./utf8";
import { pageInsteadOfAnswer, quotedTitle } from "./web-page";
import type { BodyOptions, WireBody } from "./wire-body";

const MB = 1024 * 1024;
/** Decoded bytes of a body that must be read whole. */
const LARGEST = 16 * MB;
const EXCERPT = 200;
const QUOTED = 100;
/** What a binary reply holds and text does not: control characters but white space, and bytes that are not UTF-8. */
const NOT_TEXT = /[\p{Cc}\uFFFD](?<![\t\r])/u;
const INVALID: StreamEvent = { type: "warning", warning: { code: "invalid-utf8", message: INVALID_UTF8 } };
const RELAY_ERROR = "\n\nevent: relay-error\ndata: ";

/** A body that is understood only once it is complete: a JSON answer, a web page, anything else. */
export function openWholeBody({ reader, head, isRelayed }: BodyOptions, kind: BodyKind): WireBody {
  const utf8 = openUtf8();
  let text = "";
  let size = 0;

  const read = (body: string): readonly StreamEvent[] => {
    if (body.trim() === "") return fail(emptyReply(head.status, 0));
    if (kind === "html") return fail(htmlReply(body, head.status));
    if (kind === "json") return [...(utf8.isBroken() ? [INVALID] : []), ...reader.readBody(body)];
    return fail(unknownReply(body, head.contentType));
  };
  const breakOff = (body: string, error: RunError): readonly StreamEvent[] =>
    brokenReply(kind === "json" ? reader.readBody(body).map(withStatus) : [], error);
  const withStatus = (event: StreamEvent): StreamEvent => {
    if (event.type !== "step-fail" || head.status < 400 || event.error.status !== undefined) return event;
    return { ...event, error: { ...event.error, status: head.status } };
  };
  return {
    push: (bytes) => {
      if (size > LARGEST) return [];
      size += bytes.byteLength;
      if (size > LARGEST) {
        text += utf8.push(bytes.subarray(0, bytes.byteLength - (size - LARGEST)));
        return breakOff(text, limitError(`${String(LARGEST / MB)} MB per reply`));
      }
      text += utf8.push(bytes);
      return [];
    },
    end: (error) => {
      if (size > LARGEST) return [];
      text += utf8.end();
      const cut = isRelayed ? splitRelayError(text) : { body: text, error: null };
      const reason = error ?? cut.error;
      return reason === null ? read(cut.body).map(withStatus) : breakOff(cut.body, reason);
    },
  };
}

function fail(error: RunError): readonly StreamEvent[] {
  return [{ type: "step-fail", error }];
}

/** The relay's closing frame at the very end of a body that is not a stream of frames. */
export function splitRelayError(text: string): { readonly body: string; readonly error: RunError | null } {
  const at = text.lastIndexOf(RELAY_ERROR);
  if (at === -1 || !text.endsWith("\n\n")) return { body: text, error: null };
  const error = readRelayError(text.slice(at + RELAY_ERROR.length).trimEnd());
  return error === null ? { body: text, error: null } : { body: text.slice(0, at), error };
}

/** A gateway's error page does not mean that the address is wrong; a page in place of an answer does. */
function htmlReply(body: string, status: number): RunError {
  return {
    source: "provider",
    code: status < 400 ? "HTML_NOT_API" : "NO_MESSAGE",
    message:
      status < 400
        ? pageInsteadOfAnswer(body)
        : `The server returned ${String(status)} with a web page${quotedTitle(body)}.`,
    retryable: false,
    detail: body.trim().slice(0, EXCERPT),
  };
}

function unknownReply(body: string, contentType: string): RunError {
  return {
    source: "provider",
    code: "NOT_A_STREAM",
    message: `The reply is neither a stream of events nor JSON (${contentType === "" ? "no content type" : contentType})${quotedStart(body)}`,
    retryable: false,
    detail: body.trim().slice(0, EXCERPT),
  };
}

/** ": “no upstream available”", the first line as far as a message holds it; "." where it is not text. */
function quotedStart(body: string): string {
  const [line = ""] = body.trim().split("\n", 1);
  if (NOT_TEXT.test(line)) return ".";
  return `: “${line.length <= QUOTED ? line.trim() : `${line.slice(0, QUOTED)}…`}”`;
}
