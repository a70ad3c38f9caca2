/** Writes recordings that go-vcr (versions 3 and 4 of the library) replays, with times in a key that it ignores. Pure. */
import type { Exchange, HeaderLine } from "@/lib/tape/exchange";
import { bodyOf, toBytes } from "@/lib/tape/formats/body-bytes";
import { openNotes, type WrittenFile } from "@/lib/tape/formats/found";
import { writeKeptTimes } from "@/lib/tape/formats/kept-times";

import { writeDuration } from "./duration";
import { bodyScalar, quoted } from "./yaml-scalar";

/** The exchanges as one recording of version 2. */
export function writeGoVcr(exchanges: readonly Exchange[]): WrittenFile {
  const losses = openNotes();
  losses.add(
    "go-vcr compares all request headers by default, and those that could hold a key are not in the file: give it a matcher of your own.",
  );
  if (exchanges.some(({ end }) => end !== null && end.how !== "closed"))
    losses.add("go-vcr replays an answer that broke off or was stopped as if it were whole.");
  if (exchanges.some(({ timing }) => timing === "measured"))
    losses.add("go-vcr replays each answer at once. The times of its reads are kept for Vitrine.");
  const head = "---\nversion: 2\ninteractions:";
  const rows = exchanges.map(writeInteraction);
  const content = exchanges.length === 0 ? `${head} []\n` : `${head}\n${rows.join("\n")}\n`;
  return { content, losses: losses.all() };
}

const INDENT = "      ";

function writeInteraction(exchange: Exchange, id: number): string {
  const { method, url, status, statusText, headers, requestHeaders, end } = exchange;
  const requestBody = toBytes(exchange.requestBody);
  const address = URL.canParse(url) ? new URL(url) : null;
  const body = bodyOf(exchange);
  const lines = [
    `- id: ${String(id)}`,
    "  request:",
    "    proto: HTTP/1.1",
    "    proto_major: 1",
    "    proto_minor: 1",
    `    content_length: ${String(requestBody.length)}`,
    `    host: ${quoted(address?.host ?? "")}`,
    `    body: ${bodyScalar(requestBody, INDENT)}`,
    ...formLines(address),
    ...headerLines(requestHeaders),
    `    url: ${quoted(url)}`,
    `    method: ${quoted(method)}`,
    "  response:",
    "    proto: HTTP/1.1",
    "    proto_major: 1",
    "    proto_minor: 1",
    "    content_length: -1",
    `    body: ${bodyScalar(body, INDENT)}`,
    ...headerLines(headers),
    `    status: ${quoted(`${String(status).padStart(3, "0")} ${statusText}`.trim())}`,
    `    code: ${String(status)}`,
    `    duration: ${writeDuration(end?.us ?? exchange.chunks.at(-1)?.us ?? 0)}`,
    ...timeLines(exchange),
  ];
  return lines.join("\n");
}

/** What go-vcr's matcher compares with the query of a request. */
function formLines(address: URL | null): readonly string[] {
  return listLines("form", [...(address?.searchParams ?? [])]);
}

function headerLines(lines: readonly HeaderLine[]): readonly string[] {
  return listLines(
    "headers",
    lines.map(([name, value]) => [canonical(name), value]),
  );
}

/** Go looks headers up by their canonical names only. */
function canonical(name: string): string {
  return name
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    .join("-");
}

/** A map of lists; values of one name stand together. */
function listLines(key: string, pairs: readonly (readonly [string, string])[]): readonly string[] {
  const lists = new Map<string, string[]>();
  for (const [name, value] of pairs) lists.set(name, [...(lists.get(name) ?? []), value]);
  // The name would reach a prototype where a careless reader copies the map.
  lists.delete("__proto__");
  if (lists.size === 0) return key === "headers" ? ["    headers: {}"] : [];
  const rows = [...lists].flatMap(([name, values]) =>
    [`      ${quoted(name)}:`].concat(values.map((value) => `      - ${quoted(value)}`)),
  );
  return [`    ${key}:`, ...rows];
}

/** Side keys: go-vcr decodes what it knows and passes over the rest. */
function timeLines(exchange: Exchange): readonly string[] {
  const { startedAt } = exchange;
  const started =
    startedAt === null ? [] : [`  vitrine_started_at: ${quoted(new Date(startedAt).toISOString())}`];
  const { end, reads, head_us } = writeKeptTimes(exchange);
  const ending =
    end === null
      ? "null"
      : `{ us: ${String(end.us)}, how: ${end.how}${end.message === undefined ? "" : `, message: ${quoted(end.message)}`} }`;
  return [
    ...started,
    "  vitrine:",
    ...(head_us === undefined ? [] : [`    head_us: ${String(head_us)}`]),
    ...(reads === undefined ? [] : [`    reads: ${quoted(reads)}`]),
    `    end: ${ending}`,
  ];
}
