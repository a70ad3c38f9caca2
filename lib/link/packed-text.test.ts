import { deflateRawSync } from "node:zlib";

import * as fc from "fast-check";
import { expect, it } from "vitest";

import { packText, unpackText } from "./packed-text";

const MAX = 1_000_000;

function packed(bytes: Uint8Array): string {
  return `1${Buffer.from(bytes).toString("base64url")}`;
}

it("any text that is whole comes back as it was, and needs no escaping in an address", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme" }), async (text) => {
      const packedText = await packText(text);
      expect(encodeURIComponent(packedText)).toBe(packedText);
      expect(await unpackText(packedText, MAX)).toEqual({ ok: true, text });
    }),
  );
});

it("a text that repeats itself becomes short", async () => {
  expect((await packText('{"name":"weather"},'.repeat(500))).length).toBeLessThan(200);
});

it("another version is named", async () => {
  expect(await unpackText("2abc", MAX)).toEqual({ ok: false, why: "version", version: "2" });
  expect(await unpackText("", MAX)).toEqual({ ok: false, why: "version", version: "" });
});

it.each([
  ["nothing", "1"],
  ["other characters", "1a b+c/"],
  ["no deflate", "1AAAA"],
  ["bytes that are not UTF-8", packed(deflateRawSync(Uint8Array.of(0xff, 0xfe)))],
])("%s is damaged", async (_, text) => {
  expect(await unpackText(text, MAX)).toEqual({ ok: false, why: "damaged" });
});

it("every part of a packed text is damaged", async () => {
  const whole = await packText(JSON.stringify({ prompt: "What is the weather in Florence?" }));
  for (let length = 1; length < whole.length; length += 1) {
    expect(await unpackText(whole.slice(0, length), MAX)).toEqual({ ok: false, why: "damaged" });
  }
});

it("a text that unpacks to more than the limit is given up at the limit", async () => {
  const bomb = packed(deflateRawSync(Buffer.alloc(200_000_000, "a"), { level: 9 }));
  expect(bomb.length).toBeLessThan(300_000);
  expect(await unpackText(bomb, 256_000)).toEqual({ ok: false, why: "too-large" });
  expect(await unpackText(await packText("x".repeat(1_000)), 1_000)).toEqual({
    ok: true,
    text: "x".repeat(1_000),
  });
  expect(await unpackText(await packText("x".repeat(1_001)), 1_000)).toEqual({ ok: false, why: "too-large" });
});
