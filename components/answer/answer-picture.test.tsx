import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";

import { ONE_PIXEL_PNG } from "@/lib/stream/turn/__fixtures__/build-step";
import type { AnswerImage } from "@/lib/stream/turn/event";

import { AnswerPicture } from "./answer-picture";

function draw(image: AnswerImage): string {
  return renderToStaticMarkup(<AnswerPicture image={image} />);
}

describe("a picture of an answer", () => {
  it("is drawn from the bytes that came, as what they are", () => {
    const html = draw({ kind: "data", mediaType: "image/gif", base64: ONE_PIXEL_PNG });
    expect(html).toContain(`src="data:image/png;base64,${ONE_PIXEL_PNG}"`);
    expect(html).toContain('width="1" height="1"');
  });

  it("is never loaded from elsewhere: its address is text", () => {
    const html = draw({ kind: "left-out", reason: "It is elsewhere.", url: "https://e.example/cat.png" });
    expect(html).toContain("Image not shown. It is elsewhere.");
    expect(html).toContain("https://e.example/cat.png");
    expect(html).not.toMatch(/src=|href=/u);
  });

  it("is left out with a reason where its bytes are no picture", () => {
    const html = draw({ kind: "data", mediaType: "image/png", base64: "AAAA" });
    expect(html).toContain("The data is not an image.");
    expect(html).not.toContain("<img");
  });

  it("is left out where it has too many pixels to draw", () => {
    // The head of a PNG of 60,000 × 60,000 pixels.
    const base64 = btoa("\u0089PNG\r\n\u001A\n\0\0\0\u000DIHDR\0\0\u00EA\u0060\0\0\u00EA\u0060");
    expect(draw({ kind: "data", mediaType: "image/png", base64 })).toContain("60000 × 60000 pixels");
  });
});
