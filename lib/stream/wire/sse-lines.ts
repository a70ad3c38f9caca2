import { parseJson } from "@/lib/stream/turn/json-read";

/** One event of a server-sent stream. `event` is null where the server named none. */
export type SseFrame = { readonly event: string | null; readonly data: string };

/** What the lines of a stream say. */
export type SseLinesOut = {
  readonly frame: (frame: SseFrame) => void;
  readonly comment: (text: string) => void;
  /** A line that is not a field of an event stream. */
  readonly oddLine: (line: string) => void;
  /** The stream ended inside an event. */
  readonly cut: (data: string) => void;
  /** An event grew past the cap. */
  readonly tooLong: () => void;
};

/** Reads decoded text, line by line. */
export type SseLines = {
  readonly push: (text: string) => void;
  readonly end: () => void;
};

/**
 * Reads the lines of an event stream, more leniently than its standard:
 * - A `data:` line that is a whole JSON document is an event of its own when another one follows without a
 *   blank line. A document over several lines stays one event.
 * - A whole document at the end of the stream is an event, with or without its blank line or line end.
 */
export function openSseLines(out: SseLinesOut, eventChars: number): SseLines {
  let held = "";
  let holdsCr = false;
  let name: string | null = null;
  /** The `data:` lines of the open event. */
  let data: string[] = [];
  let size = 0;

  const dispatch = (): void => {
    for (const part of splitData(data)) out.frame({ event: name, data: part });
    data = [];
    size = 0;
  };
  const addData = (value: string): void => {
    const [only] = data;
    if (only !== undefined && data.length === 1 && standsAlone(only, value)) dispatch();
    data.push(value);
    size += value.length + 1;
    if (size > eventChars + 1) out.tooLong();
  };
  const addField = (field: string, value: string, line: string): void => {
    switch (field) {
      case "data":
        return addData(value);
      case "event":
        if (name !== null && data.length === 1 && data.every(isDocument)) dispatch();
        name = value === "" ? null : value;
        return;
      // llama.cpp of 2025 wrote its failures as a field of its own: `error: {…}`.
      case "error":
        return out.frame({ event: "error", data: value });
      case "id":
      case "retry":
        return;
      default:
        return out.oddLine(line);
    }
  };
  const readLine = (line: string): void => {
    if (line === "") {
      dispatch();
      name = null;
      return;
    }
    const colon = line.indexOf(":");
    if (colon === 0) return out.comment(line.slice(1).trim());
    const field = colon === -1 ? line : line.slice(0, colon);
    const from = line.charAt(colon + 1) === " " ? colon + 2 : colon + 1;
    addField(field, colon === -1 ? "" : line.slice(from), line);
  };
  const readLines = (text: string): void => {
    let from = 0;
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", from)) {
      const line = text.slice(from, at);
      readLine(held === "" ? line : held + line);
      held = "";
      from = at + 1;
    }
    held += text.slice(from);
    if (held.length > eventChars) out.tooLong();
  };

  return {
    push: (text) => {
      // A CR at the end of a read is held: an LF may follow it.
      const whole = holdsCr ? `\r${text}` : text;
      holdsCr = whole.endsWith("\r");
      const ready = holdsCr ? whole.slice(0, -1) : whole;
      readLines(ready.includes("\r") ? ready.replaceAll(/\r\n?/g, "\n") : ready);
    },
    end: () => {
      if (holdsCr) readLines("\n");
      const line = held;
      held = "";
      if (line !== "") readLine(line);
      if (data.length === 0) return;
      const parts = splitData(data);
      if (parts.every(isDocument)) dispatch();
      else out.cut(data.join("\n"));
    },
  };
}

/** Whether a `data:` line is an event by itself, now that another one follows it. */
function standsAlone(data: string, next: string): boolean {
  // Text that is not JSON must be an event of its own if a document follows it.
  return startsDocument(data) ? isDocument(data) : next.startsWith("{") && isDocument(next);
}

/** The events in the lines of one: those that are whole documents, where all together are none. */
function splitData(lines: readonly string[]): readonly string[] {
  if (lines.length < 2) return lines;
  const whole = lines.join("\n");
  if (isDocument(whole) || !lines.some(isDocument)) return [whole];
  const parts: string[] = [];
  let rest: string[] = [];
  const takeRest = (): void => {
    if (rest.length > 0) parts.push(rest.join("\n"));
    rest = [];
  };
  for (const line of lines) {
    if (!isDocument(line)) {
      rest.push(line);
      continue;
    }
    takeRest();
    parts.push(line);
  }
  takeRest();
  return parts;
}

function startsDocument(text: string): boolean {
  const first = text.trimStart().charAt(0);
  return first === "{" || first === "[";
}

/** A whole JSON object or list, or the word that ends a stream. */
function isDocument(text: string): boolean {
  return text === "[DONE]" || (startsDocument(text) && parseJson(text) !== undefined);
}
