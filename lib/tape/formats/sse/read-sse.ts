/** Reads one answer as its bytes crossed the wire, an event stream or JSON, saved without anything around it. Pure. */
import { parseJson } from "@/lib/stream/turn/json-read";
import { sniffBody } from "@/lib/stream/wire/sniff-body";
import type { Exchange } from "@/lib/tape/exchange";
import { spreadEvenly } from "@/lib/tape/formats/even-times";
import { type ReadFile, refuse } from "@/lib/tape/formats/found";
import { dialectOf, judged } from "@/lib/tape/formats/judge-exchange";

/** Bytes of an answer that is read. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The one exchange of a saved answer, or why the bytes are none. */
export function readSse(bytes: Uint8Array<ArrayBuffer>): ReadFile {
  if (bytes.length > MOST_BYTES) return refuse("The answer is longer than 64 MB.");
  if (bytes.length === 0) return refuse("The file is empty.");
  const kind = sniffBody(new TextDecoder().decode(bytes.subarray(0, 4096)), "");
  if (kind !== "sse" && kind !== "json")
    return refuse("This is neither an event stream nor a JSON answer: it begins with no field of either.");
  if (kind === "json" && parseJson(new TextDecoder().decode(bytes)) === undefined)
    return refuse("This begins like a JSON answer, and is not JSON.");
  const contentType = kind === "sse" ? "text/event-stream" : "application/json";
  const exchange: Exchange = {
    method: "POST",
    url: "",
    requestHeaders: [],
    requestBody: "",
    startedAt: null,
    status: 200,
    statusText: "",
    headers: [["content-type", contentType]],
    ...spreadEvenly(bytes, contentType, { headUs: null, endUs: null }),
  };
  const notes = [
    "The file holds the bytes of an answer alone: its address, request, status and times are not known. It is replayed evenly, as a status 200.",
  ];
  if (dialectOf(exchange) === null)
    return refuse("The answer is of no wire format that Vitrine knows: its first events name none.");
  return { ok: true, exchanges: [judged(exchange)], notes };
}
