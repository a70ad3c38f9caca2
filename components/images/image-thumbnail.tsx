"use client";

import { useState } from "react";

import { cn } from "@/components/ui/cn";
import { loadedPart } from "@/components/ui/loaded-part";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { ImageRef } from "@/lib/session/store/session";

import { ImagePicture } from "./image-picture";

const ImageViewer = loadedPart(async () => (await import("./image-viewer")).ImageViewer);

/** A small picture that opens as a large one. */
export function ImageThumbnail({ image, className }: { image: ImageRef; className?: string }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-label={`Show ${showMarks(image.name)}`}
        title={image.name}
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}
        className={cn("rounded-inner border-line shrink-0 overflow-hidden border", className)}
      >
        <ImagePicture image={image} className="size-full object-cover" />
      </button>
      {isOpen ? <ImageViewer image={image} onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}
