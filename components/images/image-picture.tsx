"use client";

import { ImageOff } from "lucide-react";
import { useEffect, useState } from "react";

import { cn } from "@/components/ui/cn";
import { showMarks } from "@/lib/markdown/visible-marks";
import { usePageActions } from "@/lib/session/hooks/use-page";
import type { ImageRef } from "@/lib/session/store/session";

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

type ImageUrl =
  | { readonly state: "loading" }
  | { readonly state: "ready"; readonly url: string }
  /** Its bytes are not stored in this browser. */
  | { readonly state: "missing" };

const LOADING: ImageUrl = { state: "loading" };

/** An address under which an image can be shown while the component is. */
function useImageUrl({ id, mediaType }: ImageRef): ImageUrl {
  const page = usePageActions();
  const [image, setImage] = useState<ImageUrl>(LOADING);
  useEffect(() => {
    let url: string | null = null;
    let current = true;
    const load = async () => {
      const bytes = await page.readImage(id);
      if (!current) return;
      url = bytes && URL.createObjectURL(new Blob([bytes], { type: mediaType }));
      setImage(url === null ? { state: "missing" } : { state: "ready", url });
    };
    void load();
    return () => {
      current = false;
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [page, id, mediaType]);
  return image;
}
