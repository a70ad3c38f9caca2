/** Writes HAR 1.2 files: the network panel of a browser opens them. Pure. */
import { toBase64 } from "@/lib/link/base64";
import { sniffBody } from "@/lib/stream/wire/sniff-body";
import type { Exchange, HeaderLine } from "@/lib/tape/exchange";
import { bodyOf, exactText, toBytes } from "@/lib/tape/formats/body-bytes";
import { openNotes, type WrittenFile } from "@/lib/tape/formats/found";
import { contentTypeOf } from "@/lib/tape/formats/judge-exchange";
import { writeKeptTimes } from "@/lib/tape/formats/kept-times";
import { UNKNOWN_ADDRESS } from "@/lib/tape/formats/safe-request";

import { eventMessages } from "./event-messages";

/** The exchanges as one HAR file. `version` is the version of Vitrine that writes it. */
export function writeHar(exchanges: readonly Exchange[], version: string): WrittenFile {
  const losses = openNotes();
  if (exchanges.some(({ startedAt }) => startedAt === null))
    losses.add("HAR requires a date: 1970 stands where it is not known.");
  if (exchanges.some(({ url }) => url === ""))
    losses.add(`HAR requires an address: ${UNKNOWN_ADDRESS} stands where it is not known.`);
  const log = {
    version: "1.2",
    creator: { name: "Vitrine", version },
    pages: [],
    entries: exchanges.map(writeEntry),
  };
  return { content: `${JSON.stringify({ log }, null, 1)}\n`, losses: losses.all() };
}

function writeEntry(exchange: Exchange): object {
  const { startedAt, headUs, chunks, end } = exchange;
  const totalUs = end?.us ?? chunks.at(-1)?.us ?? headUs ?? 0;
  const waitUs = Math.min(headUs ?? chunks[0]?.us ?? totalUs, totalUs);
  const events = isStream(exchange) ? eventMessages(exchange, startedAt ?? 0) : [];
  return {
    startedDateTime: new Date(startedAt ?? 0).toISOString(),
    time: totalUs / 1000,
    request: writeRequest(exchange),
    response: writeResponse(exchange),
    cache: {},
    timings: {
      blocked: -1,
      dns: -1,
      connect: -1,
      ssl: -1,
      send: 0,
      wait: waitUs / 1000,
      receive: (totalUs - waitUs) / 1000,
    },
    _resourceType: "fetch",
    ...(events.length === 0 ? {} : { _eventSourceMessages: events }),
    _vitrine: writeKeptTimes(exchange),
    ...(startedAt === null ? { _vitrineStartUnknown: true } : {}),
  };
}

function isStream(exchange: Exchange): boolean {
  const start = new TextDecoder().decode(bodyOf(exchange).subarray(0, 512));
  return sniffBody(start, contentTypeOf(exchange)) === "sse";
}

function writeRequest({ method, url, requestHeaders, requestBody }: Exchange): object {
  const address = url === "" ? UNKNOWN_ADDRESS : url;
  const query = URL.canParse(address) ? [...new URL(address).searchParams] : [];
  const mimeType = contentTypeOf({ headers: requestHeaders }) || "application/json";
  return {
    method,
    url: address,
    httpVersion: "HTTP/1.1",
    cookies: [],
    headers: requestHeaders.map(writeHeader),
    queryString: query.map(([name, value]) => ({ name, value })),
    ...(requestBody === "" ? {} : { postData: { mimeType, text: requestBody } }),
    headersSize: -1,
    bodySize: toBytes(requestBody).length,
  };
}

function writeResponse(exchange: Exchange): object {
  const { status, statusText, headers, end } = exchange;
  const body = bodyOf(exchange);
  const text = exactText(body);
  return {
    status,
    statusText,
    httpVersion: "HTTP/1.1",
    cookies: [],
    headers: headers.map(writeHeader),
    content: {
      size: body.length,
      mimeType: contentTypeOf(exchange) || "x-unknown",
      ...(text === null ? { text: toBase64(body), encoding: "base64" } : { text }),
    },
    redirectURL: "",
    headersSize: -1,
    bodySize: body.length,
    _transferSize: body.length,
    ...(end?.how === "broken" ? { _error: end.message ?? "The connection broke off." } : {}),
  };
}

function writeHeader([name, value]: HeaderLine): object {
  return { name, value };
}
