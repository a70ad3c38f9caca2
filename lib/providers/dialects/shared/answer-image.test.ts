import { expect, it } from "vitest";

import { imageFromBase64, imageFromUrl } from "./answer-image";

it("the reader of pictures finds a picture from a data URL", () => {
  expect(imageFromUrl("data:image/png;base64,iVBORw0K")).toEqual({
    kind: "data",
    mediaType: "image/png",
    base64: "iVBORw0K",
  });
});

it("the reader of pictures keeps the URL of a picture elsewhere as text", () => {
  expect(imageFromUrl("https://example.com/cat.png")).toEqual({
    kind: "left-out",
    reason: "Vitrine does not load images from the network.",
    url: "https://example.com/cat.png",
  });
});

it.each([
  ["image/svg+xml", "PHN2Zy8+", "Its type is image/svg+xml; only PNG, JPEG, WebP and GIF are shown."],
  ["", "iVBORw0K", "Its type is missing; only PNG, JPEG, WebP and GIF are shown."],
  ["image/png", "<svg/>", "Its data is not base64."],
  ["image/png", "A".repeat(16_000_001), "It is larger than 12 MB."],
])(
  "the reader of pictures leaves out a picture of type %j that it cannot show",
  (mediaType, base64, reason) => {
    expect(imageFromBase64(mediaType, base64)).toEqual({ kind: "left-out", reason, url: null });
  },
);

it("the reader of pictures leaves out a data URL that is not base64, and reports where it began", () => {
  expect(imageFromUrl("data:image/png,abc")).toEqual({
    kind: "left-out",
    reason: "Its data is not base64.",
    url: "data:image/png,abc",
  });
});
