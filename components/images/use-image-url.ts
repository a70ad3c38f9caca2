"use client";

import { useEffect, useState } from "react";

import { usePageActions } from "@/lib/session/hooks/use-page";
import type { ImageRef } from "@/lib/session/store/session";

export type ImageUrl =
  | { readonly state: "loading" }
  | { readonly state: "ready"; readonly url: string }
  /** Its bytes are not stored in this browser. */
  | { readonly state: "missing" };

const LOADING: ImageUrl = { state: "loading" };

/** An address under which an image can be shown while the component is. */
export function useImageUrl({ id, mediaType }: ImageRef): ImageUrl {
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
