import type { AnswerImage, ImageType } from "@/lib/stream/turn/event";
import type { Json } from "@/lib/stream/turn/json";
/** What a tool gave beside the text that the model got, as it can be shown. Pure. */
import { isList, isObject, textAt } from "@/lib/stream/turn/json-read";

/** One piece of a result that is no text of its own. */
export type ReceivedBlock =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "image"; readonly image: AnswerImage }
  /** `url` is a data URL; null where the type is none that a page may play. */
  | {
      readonly kind: "audio";
      readonly mediaType: string;
      readonly bytes: number;
      readonly url: string | null;
    }
  | { readonly kind: "link"; readonly uri: string; readonly name: string; readonly description: string }
  | {
      readonly kind: "resource";
      readonly uri: string;
      readonly mediaType: string;
      readonly text: string | null;
      readonly bytes: number;
    }
  /** A page of the server's app, which is never drawn. */
  | { readonly kind: "app"; readonly uri: string }
  | { readonly kind: "unknown"; readonly json: Json };

export type Received = {
  readonly blocks: readonly ReceivedBlock[];
  /** null = none */
  readonly structured: Json;
  /** What was odd about the result, one sentence each. */
  readonly notes: readonly string[];
};

const IMAGE_TYPES: readonly ImageType[] = ["image/png", "image/jpeg", "image/webp", "image/gif"];
const AUDIO_TYPE = /^audio\/[a-z0-9.+-]+$/u;
const BASE64 = /^[A-Za-z0-9+/=\s]*$/u;

/** Reads what an MCP server's result held besides `output`, which the model got. Texts that are in it are not repeated. */
export function readReceived(received: Json, output: string): Received {
  if (!isObject(received) || !isList(received["content"]))
    return { blocks: [{ kind: "unknown", json: received }], structured: null, notes: [] };
  const { structured = null, notes } = received;
  return {
    blocks: received["content"]
      .map(readBlock)
      .filter((block) => block.kind !== "text" || !output.includes(block.text)),
    structured,
    notes: isList(notes) ? notes.filter((note) => typeof note === "string") : [],
  };
}

function readBlock(block: Json): ReceivedBlock {
  if (!isObject(block)) return { kind: "unknown", json: block };
  const type = block["type"];
  const text = textAt(block, "text");
  if (type === "text" && text !== null) return { kind: "text", text };
  if (type === "image" || type === "audio") {
    const mediaType = (textAt(block, "mimeType") ?? "").toLowerCase();
    const base64 = textAt(block, "data") ?? "";
    return type === "image" ? readImage(mediaType, base64) : readAudio(mediaType, base64);
  }
  if (type === "resource_link") {
    const uri = textAt(block, "uri") ?? "";
    if (isApp(uri)) return { kind: "app", uri };
    const description = textAt(block, "description") ?? "";
    return { kind: "link", uri, name: textAt(block, "name") ?? "", description };
  }
  if (type === "resource" && isObject(block["resource"])) {
    const resource = block["resource"];
    const uri = textAt(resource, "uri") ?? "";
    if (isApp(uri)) return { kind: "app", uri };
    return {
      kind: "resource",
      uri,
      mediaType: textAt(resource, "mimeType") ?? "",
      text: textAt(resource, "text"),
      bytes: bytesOf(textAt(resource, "blob") ?? ""),
    };
  }
  return { kind: "unknown", json: block };
}

function readImage(mediaType: string, base64: string): ReceivedBlock {
  const known = IMAGE_TYPES.find((candidate) => candidate === mediaType);
  if (known !== undefined && BASE64.test(base64))
    return { kind: "image", image: { kind: "data", mediaType: known, base64 } };
  const reason = `It is ${mediaType === "" ? "of no type" : mediaType}, which is not displayed.`;
  return { kind: "image", image: { kind: "left-out", reason, url: null } };
}

function readAudio(mediaType: string, base64: string): ReceivedBlock {
  const isPlayable = AUDIO_TYPE.test(mediaType) && BASE64.test(base64);
  const url = isPlayable ? `data:${mediaType};base64,${base64}` : null;
  return { kind: "audio", mediaType, bytes: bytesOf(base64), url };
}

function isApp(uri: string): boolean {
  return uri.trim().toLowerCase().startsWith("ui:");
}

function bytesOf(base64: string): number {
  return Math.floor((base64.replace(/=+$/u, "").length * 3) / 4);
}
