"use client";

import { Panel } from "@/components/ui/panel/panel";
import type { ImageRef } from "@/lib/session/store/session";

import { imageFacts } from "./image-facts";
import { ImagePicture } from "./image-picture";

/** One image as large as the page allows. */
export function ImageViewer({ image, onClose }: { image: ImageRef; onClose: () => void }) {
  return (
    <Panel
      title={image.name}
      kind="dialog"
      onClose={onClose}
      className="min-[720px]:top-[5vh] min-[720px]:max-h-[90vh] min-[720px]:w-[min(72rem,calc(100vw-3rem))]"
    >
      <div className="grid min-h-0 flex-1 place-items-center overflow-hidden p-4">
        <ImagePicture image={image} className="max-h-[72vh] min-h-16 w-auto max-w-full object-contain" />
      </div>
      <p className="figures text-muted border-line border-t px-4 py-2">
        {`${image.mediaType} · ${imageFacts(image)}`}
      </p>
    </Panel>
  );
}
