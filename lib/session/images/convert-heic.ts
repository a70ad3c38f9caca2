/** Photos as phones save them, which no provider reads. */
import type { ImageBytes, NewImage } from "@/lib/session/store/session";

export type ReadFile =
  | { readonly ok: true; readonly image: NewImage }
  /** What is wrong with which file, and what to do. */
  | { readonly ok: false; readonly reason: string };

const BRANDS: ReadonlySet<string> = new Set(["heic", "heix", "hevc", "heim", "heis", "mif1", "msf1"]);
const QUALITY = 0.9;

/** Whether the first bytes are those of a HEIC or HEIF file. */
export function isHeic(bytes: ImageBytes): boolean {
  const text = String.fromCharCode(...bytes.subarray(4, 12));
  return text.startsWith("ftyp") && BRANDS.has(text.slice(4));
}

/** As JPEG, where the browser can open it (Safari can). Never rejects. */
export async function convertHeic(name: string, bytes: ImageBytes): Promise<ReadFile> {
  const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/heic" })).catch(() => null);
  const canvas = bitmap === null ? null : document.createElement("canvas");
  const context = canvas?.getContext("2d") ?? null;
  if (bitmap === null || canvas === null || context === null) return refuse(name);
  const { width, height } = bitmap;
  canvas.width = width;
  canvas.height = height;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, "image/jpeg", QUALITY);
  });
  if (blob === null) return refuse(name);
  const written = new Uint8Array(await blob.arrayBuffer());
  return { ok: true, image: { name, mediaType: "image/jpeg", width, height, bytes: written } };
}

function refuse(name: string): ReadFile {
  const reason = `${name} is a HEIC photo, which this browser cannot open. Export it as JPEG and attach that.`;
  return { ok: false, reason };
}
