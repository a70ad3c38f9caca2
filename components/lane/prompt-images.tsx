"use client";

import { X } from "lucide-react";

import { ImageThumbnail } from "@/components/images/image-thumbnail";
import { IconButton } from "@/components/ui/icon-button";
import type { ImageId, ImageRef } from "@/lib/session/store/session";

type PromptImagesProps = {
  images: readonly ImageRef[];
  /** Absent where the images cannot be changed. */
  onRemove?: (id: ImageId) => void;
};

/** The images that were sent with a prompt. */
export function PromptImages({ images, onRemove }: PromptImagesProps) {
  return (
    <ul aria-label="Images of this prompt" className="flex flex-wrap gap-2 pt-1">
      {images.map((image) => (
        <li key={image.id} className="flex items-start">
          <ImageThumbnail image={image} className="size-16" />
          {onRemove === undefined ? null : (
            <IconButton label={`Remove ${image.name}`} onClick={() => onRemove(image.id)}>
              <X size={14} aria-hidden />
            </IconButton>
          )}
        </li>
      ))}
    </ul>
  );
}
