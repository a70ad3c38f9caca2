import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { createRedactor, redactText } from "./redact";

const KEY = "sk-CANARY-7f3a9c";

function inChunks(chunks: readonly Uint8Array[], secrets: readonly string[]): string {
  const redactor = createRedactor(secrets);
  return Buffer.concat([...chunks.map((chunk) => redactor.push(chunk)), redactor.flush()]).toString("latin1");
}

/** The plain definition: every byte covered by any occurrence of any secret. */
function wholeText(text: string, secrets: readonly string[]): string {
  const bytes = text.split("");
  for (const secret of secrets) {
    for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + 1)) {
      bytes.fill("*", at, at + secret.length);
    }
  }
  return bytes.join("");
}

describe("redactor", () => {
  it("sec:T12/redact overwrites an echoed key with filler of the same length", () => {
    expect(redactText(`Bearer ${KEY}!`, [KEY])).toBe(`Bearer ${"*".repeat(KEY.length)}!`);
  });

  it("sec:T12/redact finds the key however the bytes are split", () => {
    // Few letters and keys that overlap themselves and each other make the hard cases common.
    const letters = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 8, maxLength: 12 });
    const property = fc.property(
      fc.array(letters, { minLength: 1, maxLength: 3 }),
      fc.array(fc.oneof(letters, fc.constantFrom("", "a", "b", "ab", "c")), { maxLength: 12 }),
      fc.array(fc.nat(200), { maxLength: 12 }),
      (secrets, pieces, cuts) => {
        const text = [...pieces, secrets[0] ?? "", ...pieces.toReversed()].join("");
        const bytes = Buffer.from(text);
        const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
        const chunks = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
        expect(inChunks(chunks, secrets)).toBe(wholeText(text, secrets));
      },
    );
    fc.assert(property, { numRuns: 3000 });
  });

  it("passes any bytes through untouched when they hold no key", () => {
    const property = fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), (chunks) => {
      expect(inChunks(chunks, [KEY])).toBe(Buffer.concat(chunks).toString("latin1"));
    });
    fc.assert(property);
  });

  it("holds back only what could be the beginning of a key", () => {
    const redactor = createRedactor([KEY]);
    expect(redactor.push(Buffer.from("data: hello\n\n")).length).toBe(13);
    expect(redactor.push(Buffer.from("data: sk-CAN")).length).toBe(6);
    expect(Buffer.from(redactor.push(Buffer.from("!"))).toString()).toBe("sk-CAN!");
  });

  it("leaves placeholders alone that are too short to be a key", () => {
    expect(redactText("none of it", ["none"])).toBe("none of it");
  });
});
