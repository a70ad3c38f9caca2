/** Which format a file has, by how its name ends and how it begins. */
import { asObject, isList, parseJson } from "@/lib/stream/turn/json-read";
import { sniffBody } from "@/lib/stream/wire/sniff-body";

import { READ_FORMATS, type ReadFormat } from "./found";

export type DetectedFormat =
  | { readonly ok: true; readonly format: ReadFormat }
  | { readonly ok: false; readonly reason: string };

/** The format of a file; `alsoRead`: formats that whoever asks reads itself, for the words of a refusal. The content decides; the ending does where the content fits several. */
export function detectFormat(
  fileName: string,
  text: string,
  alsoRead: readonly string[] = [],
): DetectedFormat {
  const start = text.replace(/^\uFEFF/u, "").trimStart();
  if (start === "") return { ok: false, reason: "The file is empty." };
  const ending = /\.([a-z0-9]+)$/iu.exec(fileName)?.[1]?.toLowerCase() ?? "";
  const format =
    start.startsWith("{") || start.startsWith("[") ? ofJson(start, ending) : ofText(start, ending);
  if (format !== null) return { ok: true, format };
  return { ok: false, reason: unknownFile(ending, start, alsoRead) };
}

function ofText(start: string, ending: string): ReadFormat | null {
  if (/^(?:---[^\n]*\n|#[^\n]*\n|\s)*(?:version|interactions):/u.test(start.slice(0, 4096))) return "go-vcr";
  const kind = sniffBody(start.slice(0, 4096), "");
  if (kind === "sse") return "sse";
  return ending === "yaml" || ending === "yml" ? "go-vcr" : null;
}

function ofJson(start: string, ending: string): ReadFormat | null {
  // A long file is parsed by its reader alone.
  if (/^\{\s*"log"\s*:/u.test(start)) return "har";
  const firstLine = start.split(/\r\n|\r|\n/u, 1)[0] ?? "";
  const whole = parseJson(start) ?? parseJson(firstLine);
  if (whole === undefined) return ofBroken(start, ending);
  const first = isList(whole) ? whole[0] : whole;
  const object = asObject(first);
  if (object === null) return null;
  if (asObject(object["log"]) !== null) return "har";
  if (isList(object["fixtures"])) return "aimock";
  // A cassette may be JSON, which is YAML.
  if (isList(object["interactions"])) return "go-vcr";
  if (isList(object["messages"]) || asObject(object["body"])?.["messages"] !== undefined)
    return "openai-messages";
  if (isList(whole) && typeof object["role"] === "string" && object["content"] !== undefined)
    return "openai-messages";
  return looksLikeAnswer(Object.keys(object)) ? "json" : null;
}

const ANSWER_KEYS = ["choices", "candidates", "output", "content", "error"];

function looksLikeAnswer(keys: readonly string[]): boolean {
  return ANSWER_KEYS.some((key) => keys.includes(key));
}

/** JSON that does not parse is given to the reader of its ending, which names the place. */
function ofBroken(start: string, ending: string): ReadFormat | null {
  if (ending === "har") return "har";
  if (ending === "jsonl" || ending === "ndjson") return "openai-messages";
  if (/^\{\s*"fixtures"\s*:/u.test(start)) return "aimock";
  return ending === "sse" || ending === "json" ? "json" : null;
}

function unknownFile(ending: string, start: string, alsoRead: readonly string[]): string {
  const named = ending === "" ? "has no ending" : `ends in .${ending.slice(0, 20)}`;
  const begins = JSON.stringify(start.slice(0, 40));
  const formats = [...alsoRead, ...Object.values(READ_FORMATS)].join(", ");
  return `The file ${named} and begins with ${begins}. Vitrine reads: ${formats}.`;
}
