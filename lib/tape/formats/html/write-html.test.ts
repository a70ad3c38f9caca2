import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { buildCall, buildReasoning, buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";
import { buildComparison, buildTurn } from "@/lib/tape/formats/__fixtures__/build-comparison";
import type { Comparison } from "@/lib/tape/formats/turns/comparison";

import { writeHtml } from "./write-html";

const EXPORTED = Date.parse("2026-11-29T12:00:00Z");

function page(comparison: Comparison): string {
  return writeHtml(comparison, EXPORTED).content;
}

/** Every tag that a page may have, with every attribute. */
const TAG =
  /<\/?(?:html|head|meta|title|style|body|header|main|footer|section|div|article|h[1-6]|p|details|summary|pre|code|ul|ol|li|table|thead|tbody|tr|th|td|strong|em|del|a|img|blockquote|hr|br|span|dl|dt|dd)(?: (?:lang|charset|http-equiv|content|name|class|dir|style|start|href|rel|title|src|alt)="[^"<>]*")*>/gu;

/** What is left of a page without these tags and the doctype: no "<" may be in it. */
function withoutTags(html: string): string {
  return html.replace("<!doctype html>", "").replaceAll(TAG, "");
}

describe("a comparison as a page", () => {
  const html = page(buildComparison());

  it("has every prompt, thought, call, result, text, number and failure of every lane", () => {
    for (const words of [
      "Weather of two models",
      "2 lanes: smollm2-135m · gpt-6",
      "What is the weather in Florence?",
      "Be short.",
      "effort low · at most 200 tokens · temperature 0.2 · top_k 40 · seed 7 · tools weather",
      "I need to look up Florence.",
      "{&quot;location&quot;: &quot;Florence&quot;}",
      "{&quot;degrees&quot;:22}",
      "It is <strong>22 degrees</strong> and sunny.",
      "<dt>output</dt><dd>29 tokens</dd><dd>reported by the server</dd>",
      "A thought that the server does not show.",
      'src="data:image/png;base64,',
      "future_item",
      "The call was cut off and never ran.",
      "failed: Overloaded",
      "Another lane streamed from the same server, which affected these times.",
      "The picture was made smaller.",
      "Exported from Vitrine on 2026-11-29 12:00 UTC.",
    ])
      expect(html).toContain(words);
  });

  it("puts the lanes of a prompt side by side", () => {
    expect(html.match(/style="--lanes:2"/gu)).toHaveLength(2);
  });

  it("has no script, loads nothing, and tells the browser so", () => {
    expect(html).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`,
    );
    expect(withoutTags(html)).not.toContain("<");
    expect(html).not.toMatch(/(?:src|url)\s*[=(]\s*["']?(?!["']?data:)[a-z]+:/iu);
  });
});

const HOSTILE = fc.oneof(
  fc.constantFrom(
    "<script>alert(1)</script>",
    "</style></head><body onload=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "<!-- ",
    "![x](javascript:alert(1))",
    "![x](https://example.com/x.png)",
    "[x](javascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    '<https://example.com/?a="b">',
    "```html\n<b>\n```",
    "| a | b |\n|---|:-:|\n| <b> | \"' |",
    "1. a\n   - [x] <i>\n> <q>",
    "$<x>$",
    "\u0000\u202e</p>",
    "&lt;script&gt;",
  ),
  fc.string({ unit: "binary", maxLength: 30 }),
);

it("no text, wherever it stands, becomes a tag or an attribute of the page", () => {
  fc.assert(
    fc.property(fc.array(HOSTILE, { minLength: 8, maxLength: 8 }), (texts) => {
      const [a = "", b = "", c = "", d = "", e = "", f = "", g = "", h = ""] = texts;
      const call = buildCall({
        name: c,
        input: d,
        status: {
          state: "answered",
          args: { valid: true, value: {} },
          result: { output: e, isError: true, origin: { by: "typed" } },
          at: 1,
        },
      });
      const citations = [{ url: h, title: g, quote: null, start: null, end: null }];
      const step = buildStep({
        parts: [buildReasoning({ text: a }), buildText({ text: b, citations }), call],
      });
      const turn = buildTurn({
        prompt: f,
        notes: [g],
        images: [{ name: h, mediaType: a, bytes: Uint8Array.of(1) }],
        turn: { steps: [step] },
      });
      const setup = { ...turn.setup, system: h, model: b, samplers: { [a]: b } };
      const html = page(
        buildComparison({ name: g, lanes: [{ label: h }, { label: a }], rows: [[{ ...turn, setup }, null]] }),
      );
      expect(withoutTags(html)).not.toContain("<");
      expect(html).not.toMatch(/<[^>]* href="(?!https?:|mailto:)/iu);
      expect(html).not.toMatch(/<[^>]* src="(?!data:image\/)/iu);
    }),
  );
});
