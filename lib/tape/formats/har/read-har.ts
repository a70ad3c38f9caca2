/** Reads HAR 1.2 files as browsers, proxies and Vitrine write them. Pure. */
import * as z from "zod/mini";

import { fromBase64 } from "@/lib/link/base64";
import { asObject, isList } from "@/lib/stream/turn/json-read";
import type { Exchange, HeaderLine } from "@/lib/tape/exchange";
import { toBytes } from "@/lib/tape/formats/body-bytes";
import { checkedJson } from "@/lib/tape/formats/checked-json";
import type { KnownTimes } from "@/lib/tape/formats/even-times";
import {
  MOST_EXCHANGES,
  type Notes,
  openNotes,
  places,
  type ReadFile,
  refuse,
} from "@/lib/tape/formats/found";
import { contentTypeOf, judged } from "@/lib/tape/formats/judge-exchange";
import { keptTimesSchema, saneDate, saneUs, type Timed, timesOf } from "@/lib/tape/formats/kept-times";
import { told, toldList, toldText } from "@/lib/tape/formats/lenient";
import { safeAddress, safeAnswerHeaders, safeRequestHeaders } from "@/lib/tape/formats/safe-request";

import { timedByMessages, writeStream } from "./event-messages";

const headers = toldList(z.object({ name: z.string(), value: z.string() }));
const entrySchema = z.object({
  startedDateTime: told(z.string()),
  time: told(z.number()),
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers,
    postData: told(z.object({ text: told(z.string()) })),
  }),
  response: z.object({
    status: z.int().check(z.minimum(0), z.maximum(999)),
    statusText: toldText(),
    headers,
    content: told(
      z.object({ text: told(z.string()), encoding: told(z.string()), mimeType: told(z.string()) }),
    ),
  }),
  timings: told(z.record(z.string(), z.unknown())),
  _eventSourceMessages: told(
    z.array(
      z.object({
        time: told(z.number()),
        eventName: told(z.string()),
        eventId: told(z.string()),
        data: told(z.string()),
      }),
    ),
  ),
  /** What Vitrine writes beside what HAR knows. */
  _vitrine: keptTimesSchema,
  _vitrineStartUnknown: told(z.literal(true)),
});

type Entry = z.infer<typeof entrySchema>;

/** The exchanges of a HAR file in its order, or why there are none. An entry that is broken is left out with a note. */
export function readHar(text: string): ReadFile {
  const json = checkedJson(text, "The HAR file");
  if (!json.ok) return json;
  const log = asObject(asObject(json.value)?.["log"]);
  const entries = log?.["entries"];
  if (log === null || !isList(entries))
    return refuse("This is not a HAR file: it has no log with a list of entries.");
  if (entries.length > MOST_EXCHANGES)
    return refuse(
      `The HAR file has ${entries.length.toLocaleString("en-US")} entries. Vitrine reads at most ${MOST_EXCHANGES.toLocaleString("en-US")}.`,
    );
  const notes = openNotes();
  const exchanges: Exchange[] = [];
  let broken: string | null = null;
  for (const [index, value] of entries.entries()) {
    const parsed = entrySchema.safeParse(value);
    const read = parsed.success ? readEntry(parsed.data, index, notes) : describe(parsed.error, index);
    if (typeof read !== "string") exchanges.push(read);
    else {
      broken ??= read;
      notes.add(`${read} The entry is left out.`);
    }
  }
  if (exchanges.length === 0 && broken !== null) return refuse(broken);
  noteUntimed(exchanges, notes);
  return { ok: true, exchanges: exchanges.map(judged), notes: notes.all() };
}

function noteUntimed(exchanges: readonly Exchange[], notes: Notes): void {
  const untimed = exchanges.flatMap(({ timing, chunks }, index) =>
    timing === "missing" && chunks.length > 1 ? [index + 1] : [],
  );
  if (untimed.length > 0)
    notes.add(
      `The times within the answer are missing in ${places(["exchange", "exchanges"], untimed)}: replayed evenly.`,
    );
}

/** The exchange of an entry, or what is wrong with it. */
function readEntry(entry: Entry, index: number, notes: Notes): Exchange | string {
  const { request, response } = entry;
  const body = readBody(entry, index, notes);
  if (typeof body === "string") return body;
  const lines = linesOf(response.headers);
  return {
    method: request.method,
    url: safeAddress(request.url, notes),
    requestHeaders: safeRequestHeaders(linesOf(request.headers), notes),
    requestBody: request.postData?.text ?? "",
    startedAt: startOf(entry),
    status: response.status,
    statusText: response.statusText.slice(0, 200),
    headers: safeAnswerHeaders(lines),
    ...readTimes(entry, body, lines, index, notes),
  };
}

function startOf(entry: Entry): number | null {
  return entry["_vitrineStartUnknown"] === true ? null : saneDate(entry.startedDateTime);
}

function linesOf(list: Entry["request"]["headers"]): readonly HeaderLine[] {
  return list.map(({ name, value }): HeaderLine => [name, value]);
}

/** The bytes of an answer, or what is wrong with them. */
function readBody(entry: Entry, index: number, notes: Notes): Uint8Array<ArrayBuffer> | string {
  const { content } = entry.response;
  const messages = entry["_eventSourceMessages"] ?? [];
  const text = content?.text ?? "";
  if (text === "" && messages.length > 0) {
    notes.add(
      `The body of ${place(index)} is not in the file: it is rebuilt from the events, and may differ in line ends and comments.`,
    );
    return writeStream(messages.map(withoutGaps));
  }
  if (content?.text === null || content?.text === undefined) {
    if (entry.response.status >= 200 && entry.response.status !== 204)
      notes.add(`The body of ${place(index)} is not in the file.`);
    return new Uint8Array(0);
  }
  if (content.encoding?.toLowerCase() !== "base64") return toBytes(text);
  return fromBase64(text) ?? `The body of ${place(index)} is not base64.`;
}

function place(index: number): string {
  return `entry ${String(index + 1)}`;
}

type Messages = NonNullable<Entry["_eventSourceMessages"]>;

function withoutGaps({ time, eventName, eventId, data }: Messages[number]) {
  return {
    ...(typeof time === "number" ? { time } : {}),
    ...(typeof eventName === "string" ? { eventName } : {}),
    ...(typeof eventId === "string" ? { eventId } : {}),
    ...(typeof data === "string" ? { data } : {}),
  };
}

function readTimes(
  entry: Entry,
  body: Uint8Array<ArrayBuffer>,
  lines: readonly HeaderLine[],
  index: number,
  notes: Notes,
): Timed {
  const known = knownTimes(entry);
  const contentType = contentTypeOf({ headers: lines }) || (entry.response.content?.mimeType ?? "");
  const timed = timesOf({ body, contentType, kept: entry["_vitrine"], known, where: place(index) }, notes);
  const messages = entry["_eventSourceMessages"] ?? [];
  if (timed.timing === "measured" || messages.length === 0) return timed;
  const clock = { startedAt: startOf(entry), headUs: known.headUs };
  const chunks = timedByMessages(body, messages.map(withoutGaps), clock);
  if (chunks === null) {
    notes.add(`The times of the events in ${place(index)} do not fit its body and are left out.`);
    return timed;
  }
  const lastUs = chunks.at(-1)?.us ?? 0;
  const headUs = known.headUs !== null && known.headUs <= (chunks[0]?.us ?? 0) ? known.headUs : null;
  const end = timed.end === null ? null : { ...timed.end, us: Math.max(lastUs, known.endUs ?? lastUs) };
  return { chunks, headUs, timing: "measured", end };
}

/** What came before the answer's head, and when all was over. */
function knownTimes({ timings, time }: Entry): KnownTimes {
  const before = ["blocked", "dns", "connect", "send", "wait"].map((phase) => timings?.[phase]);
  const ms = before.map((each) => (typeof each === "number" && each > 0 ? each : 0));
  const hasWait = typeof timings?.["wait"] === "number" && timings["wait"] >= 0;
  const headUs = hasWait ? saneUs(ms.reduce((sum, each) => sum + each, 0) * 1000) : null;
  const endUs = time === null || time === undefined || time <= 0 ? null : saneUs(time * 1000);
  return { headUs: headUs !== null && endUs !== null && headUs > endUs ? null : headUs, endUs };
}

function describe(error: z.core.$ZodError, index: number): string {
  const [issue] = error.issues;
  const path = (issue?.path ?? []).map(String).join(".");
  return `Entry ${String(index + 1)} is broken at ${path === "" ? "its top" : path}: ${issue?.message ?? "another value is expected"}.`;
}
