/** Reads recordings of go-vcr (github.com/dnaeon/go-vcr), versions 1 and 2 of their format. Pure. */
import * as z from "zod/mini";

import type { Exchange, HeaderLine } from "@/lib/tape/exchange";
import { exactText, toBytes } from "@/lib/tape/formats/body-bytes";
import {
  MOST_EXCHANGES,
  type Notes,
  openNotes,
  places,
  type ReadFile,
  refuse,
} from "@/lib/tape/formats/found";
import { contentTypeOf, judged } from "@/lib/tape/formats/judge-exchange";
import { keptTimesSchema, saneDate, timesOf } from "@/lib/tape/formats/kept-times";
import { told, toldText } from "@/lib/tape/formats/lenient";
import { safeAddress, safeAnswerHeaders, safeRequestHeaders } from "@/lib/tape/formats/safe-request";
import { readYamlDocument } from "@/lib/tools/formats/yaml-document";

import { readDuration } from "./duration";

/** Characters of a recording that is read. */
const MOST_CHARS = 100_000_000;
/** About 2,000 exchanges, and levels that a recording never has. */
const YAML = { readsBytes: true, tokens: 400_000, levels: 40 };

const text = toldText();
const headers = z.nullish(z.record(z.string(), z.union([z.string(), z.array(z.string())])));
const body = z.nullish(z.union([z.string(), z.instanceof(Uint8Array)]));
const interactionSchema = z.object({
  request: z.object({
    // An address that is not known is "".
    url: z.string().check(z.refine((url) => url === "" || URL.canParse(url), "an address is expected")),
    method: text,
    headers,
    body,
  }),
  response: z.object({
    code: z.int().check(z.minimum(0), z.maximum(999)),
    status: text,
    headers,
    body,
    duration: told(z.union([z.string(), z.number()])),
  }),
  /** What Vitrine writes beside what go-vcr knows. */
  vitrine: keptTimesSchema,
  vitrine_started_at: told(z.string()),
});
const recordingSchema = z.object({
  version: z.union([z.literal(1), z.literal(2)]),
  interactions: z.array(interactionSchema).check(z.maxLength(MOST_EXCHANGES)),
});

type Interaction = z.infer<typeof interactionSchema>;

/** The exchanges of a recording in their order, or what is wrong with it and where. Never throws. */
export function readGoVcr(yaml: string): ReadFile {
  if (yaml.length > MOST_CHARS) return refuse(`The recording is longer than ${String(MOST_CHARS / 1e6)} MB.`);
  const document = readYamlDocument(yaml.startsWith("\uFEFF") ? yaml.slice(1) : yaml, YAML);
  if (!document.ok) return refuse(`The recording is not YAML: ${document.message.split("\n", 1)[0] ?? ""}.`);
  if (holdsPrototypeKey(document.value)) return refuse('The recording has a key named "__proto__".');
  const parsed = recordingSchema.safeParse(document.value);
  if (!parsed.success) return refuse(describe(parsed.error, document.value));
  const notes = openNotes();
  const exchanges = parsed.data.interactions.map((interaction, index) =>
    readInteraction(interaction, index, notes),
  );
  const untimed = exchanges.flatMap(({ timing }, index) => (timing === "missing" ? [index + 1] : []));
  if (untimed.length > 0)
    notes.add(
      `go-vcr records no times within an answer: ${places(["exchange", "exchanges"], untimed)} ${untimed.length === 1 ? "is" : "are"} replayed evenly.`,
    );
  return { ok: true, exchanges: exchanges.map(judged), notes: notes.all() };
}

function readInteraction(interaction: Interaction, index: number, notes: Notes): Exchange {
  const { request, response } = interaction;
  const lines = linesOf(response.headers);
  const times = {
    body: bytesOf(response.body),
    contentType: contentTypeOf({ headers: lines }),
    kept: interaction.vitrine,
    known: { headUs: null, endUs: readDuration(response.duration) },
    where: `interactions[${String(index)}]`,
  };
  return {
    method: request.method === "" ? "POST" : request.method,
    url: safeAddress(request.url, notes),
    requestHeaders: safeRequestHeaders(linesOf(request.headers), notes),
    requestBody: requestText(request.body, index, notes),
    startedAt: saneDate(interaction.vitrine_started_at),
    status: response.code,
    statusText: response.status.replace(/^\d{3} ?/u, "").slice(0, 200),
    headers: safeAnswerHeaders(lines),
    ...timesOf(times, notes),
  };
}

function linesOf(record: Interaction["request"]["headers"]): readonly HeaderLine[] {
  return Object.entries(record ?? {}).flatMap(([name, values]) =>
    (typeof values === "string" ? [values] : values).map((value): HeaderLine => [name, value]),
  );
}

function bytesOf(value: string | Uint8Array | null | undefined): Uint8Array<ArrayBuffer> {
  if (value === null || value === undefined) return new Uint8Array(0);
  return typeof value === "string" ? toBytes(value) : Uint8Array.from(value);
}

function requestText(value: string | Uint8Array | null | undefined, index: number, notes: Notes): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  const exact = exactText(value);
  if (exact === null)
    notes.add(`interactions[${String(index)}].request.body is not text: its bytes are shown as U+FFFD.`);
  return exact ?? new TextDecoder().decode(value);
}

/** Walks without recursion; the depth is bounded before. */
function holdsPrototypeKey(root: unknown): boolean {
  const open: unknown[] = [root];
  const seen = new Set<object>();
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== "object" || value === null || value instanceof Uint8Array || seen.has(value))
      continue;
    seen.add(value);
    if (Object.hasOwn(value, "__proto__")) return true;
    for (const child of Object.values(value)) open.push(child);
  }
  return false;
}

function describe(error: z.core.$ZodError, value: unknown): string {
  const [issue] = error.issues;
  const path = (issue?.path ?? []).map((key) =>
    typeof key === "number" ? `[${String(key)}]` : `.${String(key)}`,
  );
  const place = path.join("").replace(/^\./u, "");
  if (place === "version" && typeof value === "object" && value !== null && "version" in value) {
    const found = JSON.stringify(value.version) ?? "none";
    return `This is version ${found.slice(0, 40)} of go-vcr's format. Vitrine reads versions 1 and 2.`;
  }
  if (place === "version" || place === "interactions" || place === "")
    return "This is not a go-vcr recording: it has no version with a list of interactions.";
  return `The recording is broken at ${place}: ${issue?.message ?? "another value is expected"}.`;
}
