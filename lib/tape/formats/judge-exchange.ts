/** Whether an exchange can be replayed, judged by its address and its bytes. */
import type { DialectId } from "@/lib/providers/dialect-id";
import type { JsonObject } from "@/lib/stream/turn/json";
import { asObject, isList, parseJson } from "@/lib/stream/turn/json-read";
import type { Exchange } from "@/lib/tape/exchange";

import { bodyOf } from "./body-bytes";
import type { FoundExchange } from "./found";

/** The exchange with the reason why it cannot be replayed, where there is one. */
export function judged(exchange: Exchange): FoundExchange {
  return { exchange, refusal: refusalOf(exchange) };
}

function refusalOf(exchange: Exchange): string | null {
  const where = `${exchange.method} ${shortAddress(exchange.url)}`;
  if (isBinaryStream(exchange))
    return `The answer of ${where} is a binary event stream of Amazon Bedrock, which Vitrine does not read. Record the call without streaming.`;
  if (dialectOf(exchange) === null) return `${where} is not a call of a wire format that Vitrine knows.`;
  return null;
}

function shortAddress(url: string): string {
  if (url === "") return "an unknown address";
  const [path = ""] = url.split(/[?#]/u, 1);
  return path.length > 120 ? `${path.slice(0, 119)}…` : path;
}

const BINARY_STREAM = "application/vnd.amazon.eventstream";

/** Whether a body is an event stream in Amazon's binary framing: as declared, or as its first message says. */
export function isBinaryStream(exchange: Pick<Exchange, "headers" | "chunks">): boolean {
  if (contentTypeOf(exchange).startsWith(BINARY_STREAM)) return true;
  const body = bodyOf({ chunks: exchange.chunks.slice(0, 1) });
  if (body.length < 16) return false;
  const view = new DataView(body.buffer);
  const total = view.getUint32(0);
  const headers = view.getUint32(4);
  if (total < 16 || total > 16_777_216 || headers > total - 16) return false;
  return new TextDecoder("latin1").decode(body.subarray(12, 12 + headers)).includes(":message-type");
}

/** The declared type of the answer in lower case; "" where none is declared. */
export function contentTypeOf({ headers }: Pick<Exchange, "headers">): string {
  const line = headers.find(([name]) => name.toLowerCase() === "content-type");
  return line?.[1].trim().toLowerCase() ?? "";
}

/** The wire format of an exchange, by its address or, where that does not tell, by its answer; null = another one. */
export function dialectOf(exchange: Exchange): DialectId | null {
  return dialectOfAddress(exchange.url) ?? dialectOfBody(exchange);
}

/** The wire format that an address belongs to; null where it does not tell. */
export function dialectOfAddress(url: string): DialectId | null {
  if (!URL.canParse(url)) return null;
  const { pathname } = new URL(url);
  if (pathname.endsWith("/chat/completions")) return "chat-completions";
  if (pathname.endsWith("/responses")) return "responses";
  if (/:(?:streamGenerateContent|generateContent)$/.test(pathname)) return "gemini";
  return /\/messages$|:(?:streamRawPredict|rawPredict)$|\/invoke/.test(pathname) ? "anthropic" : null;
}

/** Bytes of an answer that are looked at. A JSON answer is looked at whole. */
const LOOKED_AT = 65_536;

function dialectOfBody(exchange: Exchange): DialectId | null {
  const body = bodyOf(exchange);
  const start = new TextDecoder().decode(body.subarray(0, LOOKED_AT)).trimStart();
  if (start.startsWith("{") || start.startsWith("[")) {
    const whole = parseJson(new TextDecoder().decode(body));
    const first = isList(whole) ? whole[0] : whole;
    return dialectOfJson(asObject(first));
  }
  for (const line of start.split(/\r\n|\r|\n/u)) {
    if (!line.startsWith("data:")) continue;
    const found = dialectOfJson(asObject(parseJson(line.slice(5))));
    if (found !== null) return found;
  }
  return null;
}

function dialectOfJson(json: JsonObject | null): DialectId | null {
  if (json === null) return null;
  const { type, object, choices, candidates } = json;
  if (isList(choices) || object === "chat.completion" || object === "chat.completion.chunk")
    return "chat-completions";
  if (object === "response" || (typeof type === "string" && type.startsWith("response."))) return "responses";
  if (isList(candidates) || isList(json["safetyRatings"])) return "gemini";
  return type === "message" || type === "message_start" ? "anthropic" : null;
}
