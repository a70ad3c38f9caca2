"use client";

import { ImageOff } from "lucide-react";

import { cn } from "@/components/ui/cn";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { ImageRef } from "@/lib/session/store/session";

import { useImageUrl } from "./use-image-url";

type ImagePictureProps = { image: ImageRef; className?: string };

/** The picture itself, named after its file; keeps its place while it loads. */
export function ImagePicture({ image, className }: ImagePictureProps) {
  const picture = useImageUrl(image);
  switch (picture.state) {
    case "loading":
      return <span className={cn("bg-sunken block", className)} />;
    case "ready":
      return (
        <img
          src={picture.url}
          alt={showMarks(image.name)}
          width={image.width}
          height={image.height}
          decoding="async"
          className={className}
        />
      );
    case "missing":
      return (
        <span className={cn("bg-sunken text-muted flex items-center justify-center", className)}>
          <ImageOff size={16} aria-hidden />
          <span className="sr-only">{`${image.name}, not stored here`}</span>
        </span>
      );
  }
}
