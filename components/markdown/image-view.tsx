import { ImageIcon } from "lucide-react";

import type { Inline } from "@/lib/markdown/block";
import { showMarks } from "@/lib/markdown/visible-marks";

import { LinkView } from "./link-view";

type ImageViewProps = { image: Extract<Inline, { type: "image" }> };

/**
 * An image of an answer. Bytes that came with the answer are drawn; an image elsewhere is a chip that names its host
 * and opens it in a tab of its own at a click, as merely loading it could reveal to that host what was said.
 */
export function ImageView({ image }: ImageViewProps) {
  const { source } = image;
  const alt = showMarks(image.alt);
  const title = image.title === null ? undefined : showMarks(image.title);
  switch (source.kind) {
    case "inline":
      return <img src={source.url} alt={alt} title={title} className="markdown-image" />;
    case "remote":
      return (
        <LinkView href={source.url} text={alt} title={showMarks(source.url)} className="markdown-chip">
          <ImageIcon size={14} aria-hidden />
          <span>{alt === "" ? "Image" : alt}</span>
          <span className="markdown-chip-host">{source.host}</span>
        </LinkView>
      );
    case "blocked":
      return (
        <span className="markdown-chip" title={showMarks(source.url)}>
          <ImageIcon size={14} aria-hidden />
          <span>{alt === "" ? "Image" : alt}</span>
          <span className="markdown-chip-host">not loaded</span>
        </span>
      );
  }
}
