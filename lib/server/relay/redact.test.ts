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
  it("overwrites an echoed key with filler of the same length", () => {
    expect(redactText(`Bearer ${KEY}!`, [KEY])).toBe(`Bearer ${"*".repeat(KEY.length)}!`);
  });

  it("finds the key however the bytes are split", () => {
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
    fc.assert(property, { numRuns: 1000 });
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

  it("leaves a placeholder such as none alone in an answer, and takes it out of an error's words", () => {
    expect(inChunks([Buffer.from("none of it")], ["none"])).toBe("none of it");
    expect(redactText("Wrong key: abc-12. abc-123 is none.", ["abc-12"])).toBe(
      "Wrong key: ******. abc-123 is none.",
    );
  });
});

const escapeAll = (text: string) =>
  text.replaceAll(/./gu, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
const percentAll = (text: string) =>
  text.replaceAll(/./gu, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
const base64 = (before: string) => (text: string) =>
  Buffer.from(`${before}${text} and more`).toString("base64");

/** How a key may come back, and what a reader makes of it again. */
const SPELLINGS: Readonly<Record<string, readonly [(key: string) => string, (text: string) => string]>> = {
  "as it is": [(key) => key, (text) => text],
  "JSON escapes": [escapeAll, (text) => JSON.parse(`"${text}"`)],
  "escapes of JSON inside JSON": [
    (key) => JSON.stringify(escapeAll(key)).slice(1, -1),
    (text) => JSON.parse(`"${JSON.parse(`"${text}"`)}"`),
  ],
  "percent escapes": [
    percentAll,
    (text) =>
      text.replaceAll(/%([\dA-F]{2})/gu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  ],
  "base64, first place": [
    base64(""),
    (text) => Buffer.from(text.replaceAll("*", "A"), "base64").toString("latin1"),
  ],
  "base64, second place": [
    base64("x"),
    (text) => Buffer.from(text.replaceAll("*", "A"), "base64").toString("latin1"),
  ],
  "base64, third place": [
    base64("me"),
    (text) => Buffer.from(text.replaceAll("*", "A"), "base64").toString("latin1"),
  ],
};

const cut = (text: string, cuts: readonly number[]): readonly Buffer[] => {
  const bytes = Buffer.from(text);
  const ends = [...cuts.map((one) => one % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
};
/** None is empty: a few strings of the same field may lie between two pieces, and no more. */
const pieces = (text: string, cuts: readonly number[]) =>
  cut(text, cuts)
    .map(String)
    .filter((piece) => piece !== "");
const cutsAnywhere = fc.array(fc.nat(5000), { maxLength: 40 });
const event = (content: string, more: object = {}) =>
  `data: {"id":"chatcmpl-1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"${content}"},"finish_reason":null}],"model":"m"}\n\n${
    "second" in more ? `data: {"choices":[{"index":1,"delta":{"content":"other words"}}]}\n\n` : ""
  }`;
const contentOf = (stream: string): string =>
  stream
    .split("\n\n")
    .filter((frame) => frame.startsWith("data: "))
    .map((frame) => JSON.parse(frame.slice(6)).choices[0])
    .filter(({ index }) => index === 0)
    .map(({ delta }) => delta.content)
    .join("");

describe("a key in another form", () => {
  it.each(Object.entries(SPELLINGS))(
    "%s is overwritten whole when it comes in one piece",
    (_form, [spell, read]) => {
      for (const text of [`{"echo":"${spell(KEY)}"}`, `data: {"error":{"message":"${spell(KEY)}!"}}\n\n`]) {
        const clean = redactText(text, [KEY]);
        expect(clean).toHaveLength(text.length);
        expect(clean).toContain("*".repeat(8));
        const inside = /"(?:echo|message)":"([^"]*)"/u.exec(clean)?.[1] ?? "";
        for (let at = 0; at + 4 <= KEY.length; at += 1)
          expect(inside.includes("*\\") ? "" : read(inside)).not.toContain(KEY.slice(at, at + 4));
      }
    },
  );

  it.each(Object.entries(SPELLINGS))(
    "%s never comes out, however its bytes are cut",
    (_form, [spell, read]) => {
      const property = fc.property(cutsAnywhere, (cuts) => {
        const text = `data: {"content":"so: ${spell(KEY)}"}\n\n`;
        const clean = inChunks(cut(text, cuts), [KEY]);
        expect(clean).toHaveLength(text.length);
        expect(read(JSON.parse(clean.slice(6)).content.replace("so: ", ""))).not.toContain(KEY);
        expect(clean).toContain("*".repeat(4));
      });
      fc.assert(property, { numRuns: 100 });
    },
  );

  it("never comes out of the text of an answer that spells it over several events", () => {
    const property = fc.property(
      cutsAnywhere,
      fc.array(fc.nat(60), { maxLength: 16 }),
      fc.constantFrom("as it is", "JSON escapes", "base64, second place"),
      fc.boolean(),
      (cuts, letters, form, hasSecond) => {
        const spell = form === "JSON escapes" ? escapeAll : (text: string) => text;
        const spelled = form === "base64, second place" ? base64("x")(KEY) : KEY;
        const more = hasSecond ? { second: true } : {};
        const stream = ["The key is ", ...pieces(spelled, letters), ", you see."]
          .map((piece) => event(spell(piece), more))
          .join("");
        const clean = inChunks(cut(stream, cuts), [KEY]);
        expect(clean).toHaveLength(stream.length);
        const text = contentOf(clean);
        expect(text).not.toContain(KEY);
        expect(Buffer.from(text.slice("The key is ".length), "base64").toString("latin1")).not.toContain(KEY);
        expect(text.startsWith("The key is ") && text.endsWith(", you see.")).toBe(true);
        expect(text.replaceAll(/[^*]/gu, "").length).toBeGreaterThanOrEqual(Math.floor(KEY.length / 2));
      },
    );
    fc.assert(property, { numRuns: 200 });
  });

  it("leaves every stream as it is that spells only the beginning of a key", () => {
    const property = fc.property(
      cutsAnywhere,
      fc.array(fc.oneof(fc.string(), fc.constantFrom("sk-", "s", "k-CAN", "%73k", "\\", '"', "\u0073")), {
        maxLength: 20,
      }),
      (cuts, words) => {
        const stream = words.map((word) => event(JSON.stringify(word).slice(1, -1))).join("");
        fc.pre(!words.join("").includes(KEY.slice(0, 8)));
        expect(Buffer.concat(cut(stream, cuts)).toString("latin1")).toBe(inChunks(cut(stream, cuts), [KEY]));
      },
    );
    fc.assert(property, { numRuns: 200 });
  });

  it("holds nothing back of an event that ends, though the answer may go on with a key", () => {
    const redactor = createRedactor([KEY]);
    for (const piece of ["sk", "-C", "A"]) {
      const bytes = Buffer.from(event(piece));
      expect(redactor.push(bytes)).toEqual(bytes);
    }
  });

  it("spelled letter by letter shows at most its first half", () => {
    const stream = KEY.split("")
      .map((letter) => event(letter))
      .join("");
    expect(contentOf(inChunks([...cut(stream, [])], [KEY])).length).toBe(KEY.length);
    const clean = contentOf(
      inChunks(
        KEY.split("").map((letter) => Buffer.from(event(letter))),
        [KEY],
      ),
    );
    expect(clean).toBe(`${KEY.slice(0, 7)}${"*".repeat(9)}`);
  });
});
