import { describe, expect, it } from "vitest";

import { imageId } from "@/lib/session/store/ids";
import type { ImageRef } from "@/lib/session/store/session";

import { imageProblem, sizeInWords, inMegabytes } from "./image-limits";

const image = (name: string, bytes: number): ImageRef => ({
  id: imageId(name),
  name,
  mediaType: "image/jpeg",
  width: 1,
  height: 1,
  bytes,
});

describe("images fit one request", () => {
  it("when each is at most 5 MB and all are at most 7 MB as base64", () => {
    expect(imageProblem([image("a", 5_000_000)], [])).toBeNull();
    expect(imageProblem([image("a", 2_625_000), image("b", 2_625_000)], [])).toBeNull();
    expect(imageProblem([], [image("a", 9_000_000)])).toBeNull();
  });

  it("else the reason names the image, its size and a way out", () => {
    expect(imageProblem([image("a.jpg", 10), image("b.jpg", 5_000_001)], [])).toBe(
      "b.jpg is 5.1 MB; images can be at most 5 MB. Choose a smaller size, or remove it.",
    );
  });

  it("else the reason counts base64, and the images that go out again with the earlier turns", () => {
    expect(imageProblem([image("a", 2_625_000), image("b", 2_625_003)], [])).toBe(
      "These images take 7.1 MB of a request, which has room for 7 MB. Choose smaller sizes, or remove some.",
    );
    expect(imageProblem([image("a", 3_000_000)], [image("b", 3_000_000)])).toBe(
      "These images and the earlier ones take 8 MB of a request, which has room for 7 MB. Choose smaller sizes, or remove some.",
    );
  });
});

describe("a size in words", () => {
  it.each([
    [1, "1 B"],
    [999, "999 B"],
    [1_499, "1 kB"],
    [143_210, "143 kB"],
    [999_499, "999 kB"],
    [999_500, "1 MB"],
    [5_763_000, "5.8 MB"],
  ])("%d bytes are %s", (bytes, words) => {
    expect(sizeInWords(bytes)).toBe(words);
  });

  it("never rounds a size down to its limit", () => {
    expect([5_000_000, 5_000_001, 20_000_000].map(inMegabytes)).toEqual(["5 MB", "5.1 MB", "20 MB"]);
  });
});
