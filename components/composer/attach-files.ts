import { MAX_IMAGES } from "@/lib/session/images/image-limits";
import { readImageFile } from "@/lib/session/images/read-image-file";
import type { SessionActions } from "@/lib/session/store/session";

/** Attaches the files that are images, in their order; returns why the others were not. */
export async function attachFiles(
  files: readonly File[],
  attach: SessionActions["attachImage"],
): Promise<readonly string[]> {
  const reasons: string[] = [];
  for (const file of files) {
    const read = await readImageFile(file);
    if (!read.ok) reasons.push(read.reason);
    else if (!attach(read.image)) {
      reasons.push(
        `${read.image.name} was not attached: a prompt can have at most ${MAX_IMAGES} images. Remove one first.`,
      );
    }
  }
  return reasons;
}
