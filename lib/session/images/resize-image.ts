import type { ImageBytes, ImageRef, ImageType, NewImage } from "@/lib/session/store/session";

/** A smaller copy of an image. In the browser only. */
import { sizeWithin } from "./image-size";
import { readImageHead } from "./read-image-head";

const QUALITY = 0.9;
/** Canvases cannot write GIF; PNG keeps its first frame sharp. */
const WRITTEN: Record<ImageType, string> = {
  "image/png": "image/png",
  "image/jpeg": "image/jpeg",
  "image/webp": "image/webp",
  "image/gif": "image/png",
};

/** The image with its longest side at `longest` px; null when the browser cannot do it. */
export async function resizeImage(
  image: ImageRef,
  bytes: ImageBytes,
  longest: number,
): Promise<NewImage | null> {
  const { width, height } = sizeWithin(image, longest);
  const bitmap = await createImageBitmap(new Blob([bytes], { type: image.mediaType })).catch(() => null);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (bitmap === null || context === null) return null;
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, WRITTEN[image.mediaType], QUALITY);
  });
  if (blob === null) return null;
  const written = new Uint8Array(await blob.arrayBuffer());
  // Safari writes PNG where it is asked for WebP.
  const mediaType = readImageHead(written)?.mediaType;
  return mediaType === undefined ? null : { name: image.name, mediaType, width, height, bytes: written };
}
