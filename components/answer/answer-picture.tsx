"use client";

import { ImageOff } from "lucide-react";
import { memo, useMemo, useState } from "react";

import { fromBase64 } from "@/lib/link/base64";
import { showMarks } from "@/lib/markdown/visible-marks";
import { MAX_PIXELS } from "@/lib/session/images/image-limits";
import { readImageHead } from "@/lib/session/images/read-image-head";
import type { AnswerImage } from "@/lib/stream/turn/event";

/** A picture in an answer, or why there is none. Only bytes that came with the answer are drawn: nothing is loaded. */
export const AnswerPicture = memo(function AnswerPicture({ image }: { image: AnswerImage }) {
  const [isBroken, setIsBroken] = useState(false);
  const picture = useMemo(() => drawable(image), [image]);
  if (picture.kind === "left-out") return <Placeholder reason={picture.reason} url={picture.url} />;
  if (isBroken) return <Placeholder reason="The browser can't display it." url={null} />;
  const { mediaType, base64, width, height } = picture;
  return (
    <img
      data-part="image"
      src={`data:${mediaType};base64,${base64}`}
      alt="From the answer"
      width={width}
      height={height}
      decoding="async"
      onError={() => setIsBroken(true)}
      className="answer-part rounded-outer border-line block h-auto max-h-[32rem] w-auto max-w-full border"
    />
  );
});

type Drawable =
  | {
      readonly kind: "data";
      readonly mediaType: string;
      readonly base64: string;
      readonly width: number;
      readonly height: number;
    }
  | { readonly kind: "left-out"; readonly reason: string; readonly url: string | null };

/** What the bytes say they are counts, not what they are called. */
function drawable(image: AnswerImage): Drawable {
  if (image.kind === "left-out") return image;
  const bytes = fromBase64(image.base64);
  const head = bytes && readImageHead(bytes);
  if (head === null) return { kind: "left-out", reason: "The data is not an image.", url: null };
  const { mediaType, width, height } = head;
  if (width * height > MAX_PIXELS)
    return {
      kind: "left-out",
      reason: `At ${width} × ${height} pixels it is too large to display.`,
      url: null,
    };
  return { kind: "data", mediaType, base64: image.base64, width, height };
}

function Placeholder({ reason, url }: { reason: string; url: string | null }) {
  return (
    <div
      data-part="image"
      className="answer-part rounded-outer border-line bg-surface text-muted flex min-w-0 items-start gap-2 border px-3 py-2 text-[13px]"
    >
      <ImageOff size={14} aria-hidden className="mt-1 shrink-0" />
      <div className="min-w-0">
        <p>Image not shown. {showMarks(reason)}</p>
        {url === null ? null : <p className="figures [overflow-wrap:anywhere]">{showMarks(url)}</p>}
      </div>
    </div>
  );
}
