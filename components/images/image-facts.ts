import { sizeInWords } from "@/lib/session/images/image-limits";
import type { ImageRef } from "@/lib/session/store/session";

/** "1568 × 1176 px · 143 kB" */
export function imageFacts({ width, height, bytes }: ImageRef): string {
  return `${width} × ${height} px · ${sizeInWords(bytes)}`;
}
