import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { toBase64 } from "@/lib/link/base64";
import { withImageBytes } from "@/lib/run/image-reference";
import { imageId } from "@/lib/session/store/ids";
import type { ImageId, ImageRef } from "@/lib/session/store/session";

import { referencesIn, renameReferences, withReferences, withSizes } from "./wire-images";

const ref = (id: string, bytes: number): ImageRef => ({
  id: imageId(id),
  name: `${id}.png`,
  mediaType: "image/png",
  width: 1,
  height: 1,
  bytes,
});
const photo = ref("photo", 143_210);
const base64 = new Map<ImageId, string>([[photo.id, "aGVsbG8="]]);
const sent = '{"url":"data:image/png;base64,aGVsbG8=","again":"aGVsbG8="}';
const recorded =
  '{"url":"data:image/png;base64,vitrine-image(photo,143210)","again":"vitrine-image(photo,143210)"}';

describe("a recorded request", () => {
  it("names its images in place of their bytes", () => {
    expect(withReferences(sent, [photo], base64)).toBe(recorded);
    expect(referencesIn(recorded)).toEqual(["photo"]);
  });

  it("shows people how large they are", () => {
    expect(withSizes(recorded)).toBe('{"url":"data:image/png;base64,… 143 kB","again":"… 143 kB"}');
  });

  it("keeps a reference whose bytes are gone", () => {
    expect(withImageBytes(recorded, new Map())).toBe(recorded);
  });

  it("follows its images to new ids", () => {
    expect(renameReferences(recorded, (id) => imageId(`${id}-2`))).toBe(
      recorded.replaceAll("(photo,", "(photo-2,"),
    );
  });

  it("gives back the exact text, whichever images it holds and however they repeat or contain each other", () => {
    // No image is shorter than this, and none fits between the marks of a reference.
    const image = fc.uint8Array({ minLength: 10, maxLength: 24 });
    const piece = fc.oneof(fc.string(), fc.nat(4));
    fc.assert(
      fc.property(fc.array(image, { minLength: 1, maxLength: 5 }), fc.array(piece), (images, pieces) => {
        const refs = images.map((bytes, index) => ref(`i${index}`, bytes.length));
        const data = new Map(refs.map(({ id }, index) => [id, toBase64(images[index] ?? new Uint8Array())]));
        const texts = [...data.values()];
        const request = pieces
          .map((part) => (typeof part === "number" ? (texts[part] ?? "") : part))
          .join("");
        expect(withImageBytes(withReferences(request, refs, data), data)).toBe(request);
      }),
      { numRuns: 1_000 },
    );
  });
});
