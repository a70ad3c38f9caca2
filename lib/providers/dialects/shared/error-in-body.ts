import type { RunError } from "@/lib/stream/turn/event";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, objectAt, textAt, writeJson } from "@/lib/stream/turn/json-read";

/** Kinds of in-stream failure that pass by themselves. */
const TRANSIENT = new Set([
  "server_error",
  "internal_error",
  "internal_server_error",
  "overloaded_error",
  "api_error",
  "rate_limit_error",
  "timeout_error",
  "rate_limit_exceeded",
  "unavailable_error",
]);

/** Longest raw detail kept, in UTF-16 units. */
const DETAIL_LENGTH = 4_000;

/**
 * The error in a chat server's JSON, with its own words: `{"error":{…}}`, `{"error":"…"}`, a bare
 * `{code,message,type}` or `{success:false,msg}`, FastAPI's `{detail}`. null where the value holds no error.
 * `status` is the HTTP status, used where the body names none.
 */
export function readChatError(value: Json, status: number | null = null): RunError | null {
  // Google wraps its error in a list.
  const body = Array.isArray(value) ? first(value) : value;
  return isObject(body) ? readBody(body, status) : null;
}

function readBody(value: JsonObject, status: number | null): RunError | null {
  const wrapped = readWrapped(value, status);
  if (wrapped !== null) return wrapped;
  if (value["object"] === "error" || value["type"] === "error") return build(value, status, null);
  if (ANSWERS.some((key) => holdsAnswer(value[key]))) return null;
  const several = Array.isArray(value["errors"]) ? readError(first(value["errors"]), value, status) : null;
  if (several !== null) return several;
  const bare = readBareError(value, status);
  if (bare !== null) return bare;
  const detail = value["detail"];
  if (detail !== undefined && detail !== null) return build({ message: detailText(detail) }, status, null);
  return status === null || textAt(value, "message") === null ? null : build(value, status, null);
}

/** The error under its usual key, in any of the forms that servers give it, or in MiniMax's. */
function readWrapped(value: JsonObject, status: number | null): RunError | null {
  const error = value["error"] ?? null;
  const wrapped = readError(Array.isArray(error) ? first(error) : error, value, status);
  if (wrapped !== null) return wrapped;
  const { status_code: code, status_msg: message } = objectAt(value, "base_resp") ?? {};
  if (typeof code !== "number" || code === 0) return null;
  return build({ code, message: message ?? null }, status, null);
}

function readError(error: Json | undefined, around: JsonObject, status: number | null): RunError | null {
  if (typeof error === "string" && error !== "")
    return build({ message: error, code: readStatus(around["status"]) }, status, null);
  if (isObject(error) && Object.keys(error).length > 0) {
    const inner = textAt(error, "message") === null ? objectAt(error, "error") : null;
    return build(inner ?? error, status, textAt(around, "message"));
  }
  if (error !== true && (typeof error !== "number" || error === 0)) return null;
  const message = wordsIn(around);
  return build({ message, code: error === true ? (around["code"] ?? null) : error }, status, null);
}

/** Fields that hold an answer in one of the dialects: what has one is no error. */
const ANSWERS = ["choices", "output", "candidates", "content", "delta", "response", "item"];
/** In the order they count, whatever their case and whether they are written with underscores. */
const CODES = ["code", "errorcode", "errcode", "statuscode", "status"];
const MESSAGES = ["message", "msg", "errormessage", "errormsg", "errmsg", "detail"];
const SUCCESS = /^(?:0+|2\d\d|ok|success|succeeded)$/i;

function holdsAnswer(value: Json | undefined): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

/** An object with a code and a message, or one that says it is no success. The message is in the server's words. */
function readBareError(value: JsonObject, status: number | null): RunError | null {
  const message = wordsIn(value);
  const fields = plainKeys(value);
  const code = CODES.map((key) => fields.get(key)).find(isCode);
  const refused = value["success"] === false || value["ok"] === false;
  if (!refused && (message === null || code === undefined || SUCCESS.test(String(code)))) return null;
  const { success: _success, ok: _ok, data: _data, ...rest } = value;
  return build({ ...rest, message, ...(code === undefined ? {} : { code }) }, status, null);
}

/** What a body says under one of the names that servers have for a message. */
function wordsIn(value: JsonObject): string | null {
  const fields = plainKeys(value);
  const words = MESSAGES.map((key) => fields.get(key)).find(
    (text) => typeof text === "string" && text !== "",
  );
  return typeof words === "string" ? words : null;
}

/** The fields under their names in lower case and without underscores. */
function plainKeys(value: JsonObject): ReadonlyMap<string, Json> {
  return new Map(Object.entries(value).map(([key, item]) => [plainKey(key), item]));
}

function plainKey(key: string): string {
  return key.toLowerCase().replaceAll("_", "");
}

function isCode(value: Json | undefined): value is string | number {
  return typeof value === "number" || (typeof value === "string" && value !== "");
}

/** The error of a frame that is one by its name: a bare object and plain text count as well. */
export function readErrorFrame(value: Json | undefined, text: string): RunError {
  const wrapped = value === undefined ? null : readChatError(value);
  if (wrapped !== null) return wrapped;
  if (isObject(value)) return build(value, null, null);
  return build({ message: typeof value === "string" ? value : text }, null, null);
}

function build(error: JsonObject, httpStatus: number | null, outer: string | null): RunError {
  const status = readStatus(error["code"]) ?? readStatus(error["status"]) ?? httpStatus;
  const type = textAt(error, "type");
  const word = readWord(error["code"]) ?? (type === "error" ? null : type);
  const code = word ?? (status === null ? "provider_error" : `HTTP_${String(status)}`);
  const detail = readDetail(error);
  return {
    source: "provider",
    code,
    message: readMessage(error) ?? outer ?? `The provider reported an error (${code}) without a message.`,
    retryable: isTransient(status, code, type),
    ...(status === null ? {} : { status }),
    ...(detail === null ? {} : { detail }),
  };
}

function readMessage(error: JsonObject): string | null {
  const message = error["message"];
  if (typeof message === "string") return message === "" ? null : message;
  return message === undefined || message === null ? null : writeJson(message);
}

function readStatus(code: Json | undefined): number | null {
  const status = typeof code === "string" && /^\d{3}$/.test(code) ? Number(code) : code;
  return typeof status === "number" && Number.isInteger(status) && status >= 100 && status < 600
    ? status
    : null;
}

function readWord(code: Json | undefined): string | null {
  if (typeof code === "number") return readStatus(code) === null ? String(code) : null;
  return typeof code === "string" && code !== "" && readStatus(code) === null ? code : null;
}

function isTransient(status: number | null, code: string, type: string | null): boolean {
  if (type === "exceed_context_size_error" || code === "insufficient_quota") return false;
  if (TRANSIENT.has(code) || (type !== null && TRANSIENT.has(type))) return true;
  return status !== null && (status === 408 || status === 409 || status === 429 || status >= 500);
}

/** What the error says beyond code, type and message. Account names outside `error` never get here. */
function readDetail(error: JsonObject): string | null {
  const raw = textAt(objectAt(error, "metadata") ?? {}, "raw") ?? textAt(error, "failed_generation");
  if (raw !== null) return raw.slice(0, DETAIL_LENGTH);
  const rest = Object.entries(error).filter(
    ([key, value]) => value !== null && !["type", "code", "object", ...MESSAGES].includes(plainKey(key)),
  );
  return rest.length === 0 ? null : writeJson(Object.fromEntries(rest)).slice(0, DETAIL_LENGTH);
}

function detailText(detail: Json): string {
  if (typeof detail === "string") return detail;
  const reason = Array.isArray(detail) ? first(detail) : detail;
  const words = isObject(reason) ? textAt(reason, "msg") : null;
  return words ?? writeJson(detail);
}

function first(list: readonly Json[]): Json {
  return list[0] ?? null;
}
