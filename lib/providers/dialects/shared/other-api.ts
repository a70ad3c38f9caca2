/** Knows a whole reply of another API than the one that was asked, by fields that no other has. Pure. */
import type { JsonObject } from "@/lib/stream/turn/json";
import { isList, isObject, listAt, objectAt, parseJson, textAt } from "@/lib/stream/turn/json-read";

export type OtherApi = {
  /** Whose reply it is, such as "a response of Ollama's own API". */
  readonly what: string;
  /** One sentence that says what to do. */
  readonly advice: string;
};

const WITH_V1 = "Vitrine uses the OpenAI-compatible API there: end the address with /v1.";

/** null where the body is no reply that is known. */
export function otherApi(body: string): OtherApi | null {
  // Ollama streams one object a line.
  const parsed = parseJson(body) ?? parseJson(body.trimStart().split("\n", 1)[0] ?? "");
  const first = isList(parsed) ? parsed[0] : parsed;
  return isObject(first) ? ofObject(first) : null;
}

function ofObject(reply: JsonObject): OtherApi | null {
  if (
    typeof reply["done"] === "boolean" &&
    (objectAt(reply, "message") ?? textAt(reply, "created_at")) !== null
  )
    return { what: "a response of Ollama's own API", advice: WITH_V1 };
  if (typeof reply["content"] === "string" && typeof reply["stop"] === "boolean")
    return { what: "a response of llama.cpp's own API", advice: WITH_V1 };
  if (reply["type"] === "message" && listAt(reply, "content") !== null)
    return { what: "an Anthropic message", advice: styleAdvice("Anthropic Messages") };
  if (listAt(reply, "candidates") !== null || objectAt(reply, "promptFeedback") !== null)
    return { what: "a Gemini response", advice: styleAdvice("Gemini") };
  if (reply["object"] === "response" && listAt(reply, "output") !== null)
    return { what: "a response of the Responses API", advice: styleAdvice("Responses") };
  const choices = listAt(reply, "choices");
  if (choices !== null) return { what: "a chat completion", advice: styleAdvice("Chat completions") };
  if (reply["object"] === "list" && (listAt(reply, "data") ?? listAt(reply, "models")) !== null)
    return { what: "a list of models", advice: "Check the address: it should end before /models." };
  return null;
}

function styleAdvice(dialect: string): string {
  return `Choose ${dialect} as the dialect, choose another server, or check the address.`;
}
