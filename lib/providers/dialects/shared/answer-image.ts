import type { AnswerImage, ImageType } from "@/lib/stream/turn/event";

/** Characters of base64 of one picture that is kept: 12 MB of bytes. */
const MOST_BASE64 = 16_000_000;
/** Characters of a URL that are kept. */
const MOST_URL = 2_000;

const SAFE_TYPES: ReadonlyMap<string, ImageType> = new Map([
  ["image/png", "image/png"],
  ["image/jpeg", "image/jpeg"],
  ["image/jpg", "image/jpeg"],
  ["image/webp", "image/webp"],
  ["image/gif", "image/gif"],
]);

/** A picture given by its URL. Only a `data:` URL is drawn; any other is kept as text, and nothing is loaded from it. */
export function imageFromUrl(url: string): AnswerImage {
  if (!/^data:/i.test(url)) return leftOut("Vitrine does not load images from the network.", url);
  const comma = url.indexOf(",");
  const [mediaType = "", ...flags] = url.slice("data:".length, comma).split(";");
  if (comma === -1 || !flags.some((flag) => flag.trim().toLowerCase() === "base64"))
    return leftOut("Its data is not base64.", url);
  return imageFromBase64(mediaType, url.slice(comma + 1));
}

/** A picture given by its bytes. */
export function imageFromBase64(mediaType: string, base64: string): AnswerImage {
  const type = SAFE_TYPES.get(mediaType.trim().toLowerCase());
  if (type === undefined)
    return leftOut(
      `Its type is ${mediaType.slice(0, 100) || "missing"}; only PNG, JPEG, WebP and GIF are shown.`,
    );
  if (base64.length > MOST_BASE64) return leftOut("It is larger than 12 MB.");
  if (!/^[\w+/\s-]+={0,2}\s*$/.test(base64)) return leftOut("Its data is not base64.");
  const plain = base64.replaceAll(/\s/g, "").replaceAll("-", "+").replaceAll("_", "/");
  return { kind: "data", mediaType: type, base64: plain };
}

function leftOut(reason: string, url: string | null = null): AnswerImage {
  return { kind: "left-out", reason, url: url === null ? null : url.slice(0, MOST_URL) };
}
