import type { Json } from "@/lib/stream/turn/json";
import { isObject, parseJson } from "@/lib/stream/turn/json-read";

import { isCurl, modelRequest, readCurl } from "./curl/read-curl";
import { nothingFound, type ReadTools } from "./format";
import { readToolValue, type ReadContext, takeItems } from "./read-value";
import { tooLarge } from "./too-large";

/** Longer texts are not read. */
const MOST_CHARACTERS = 8_000_000;
/** YAML takes far longer to read than JSON. */
const MOST_YAML_CHARACTERS = 1_500_000;

/**
 * Reads the tools in a text that was pasted, dropped or opened: JSON or YAML of any known format, or curl commands.
 * Never rejects: what cannot be read is told in `notes`. Nothing is added anywhere.
 */
export async function readTools(text: string, context: ReadContext): Promise<ReadTools> {
  const trimmed = unfenced(text.replace(/^\uFEFF/, "").trim());
  if (trimmed === "") return nothingFound("There is nothing here yet.");
  if (trimmed.length > MOST_CHARACTERS)
    return nothingFound(
      `The text is ${millions(trimmed.length)} characters long. At most ${millions(MOST_CHARACTERS)} are read.`,
    );
  if (isCurl(trimmed)) {
    const request = modelRequest(trimmed);
    const offered = request === null ? null : readBounded(request, context);
    return offered !== null && offered.found.length > 0 ? offered : takeItems(readCurl(trimmed), context);
  }
  const json = parseJson(trimmed) ?? streamedReply(trimmed) ?? oneAfterTheOther(trimmed);
  if (json !== undefined) return readBounded(json, context);
  const yaml = await readYaml(assigned(trimmed));
  if (yaml.ok) return readBounded(yaml.value, context);
  return nothingFound(/^[[{]/.test(trimmed) ? whyNotJson(trimmed) : yaml.message);
}

/** What stands in a Markdown block of code, if the text is one. */
function unfenced(text: string): string {
  return (/^(`{3,}|~{3,})[^\n`]*\n([^]*)\n\1$/.exec(text)?.[2] ?? text).trim();
}

/** The reply in a saved event stream, as MCP servers answer: the first message with a result. */
function streamedReply(text: string): Json | undefined {
  if (!/^(?:event|id|retry|data):/.test(text)) return undefined;
  return text
    .split(/\r?\n\r?\n/)
    .map((frame) => parseJson(frame.replace(/^(?!data:).*$/gm, "").replace(/^data: ?/gm, "")))
    .find((message) => isObject(message) && "result" in message);
}

/** JSON values with a line for each, or with a comma between them. A line break in a string of JSON is written as \\n. */
function oneAfterTheOther(text: string): Json | undefined {
  return text.startsWith("{") ? parseJson(`[${text.replaceAll(/\}\s*,?\s*\n\s*\{/g, "},\n{")}]`) : undefined;
}

/** What a program sets a name to, where that is a list or an object: `const tools = [ … ];`, `tools = [ … ]`. */
function assigned(text: string): string {
  const [whole] =
    /^(?:export\s+)?(?:(?:const|let|var)\s+)?[\w$]+\s*(?::[^=\n]*)?=\s*(?=[[{])/.exec(text) ?? [];
  if (whole === undefined) return text;
  return text.slice(whole.length).replace(/(?:\s+as\s+const|\s+satisfies\s+[\w$.[\]<>]+)?\s*;?$/, "");
}

function readBounded(value: Json, context: ReadContext): ReadTools {
  const why = tooLarge(value);
  return why === null ? readToolValue(value, context) : nothingFound(why);
}

async function readYaml(text: string) {
  if (text.length > MOST_YAML_CHARACTERS)
    return {
      ok: false,
      message: `This is not JSON. As YAML at most ${millions(MOST_YAML_CHARACTERS)} characters are read.`,
    } as const;
  const { parseYaml } = await import("./parse-yaml");
  return parseYaml(text);
}

function whyNotJson(text: string): string {
  try {
    JSON.parse(text);
    return "This can't be read.";
  } catch (error) {
    return `This is not JSON: ${error instanceof Error ? error.message.slice(0, 200) : String(error)}.`;
  }
}

function millions(characters: number): string {
  return `${(characters / 1_000_000).toLocaleString("en-US", { maximumFractionDigits: 1 })} million`;
}
