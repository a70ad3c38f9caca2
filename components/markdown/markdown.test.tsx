import { readFileSync } from "node:fs";
import path from "node:path";

import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";

import { Markdown } from "./markdown";

const URLS = [
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "java\tscript:alert(1)",
  "javascript&colon;alert(1)",
  "&#106;avascript:alert(1)",
  "&#x6A;avascript:alert(1)",
  "javascript%3Aalert(1)",
  "vbscript:msgbox(1)",
  "data:text/html,<script>alert(1)</script>",
  "data:text/html;base64,PHNjcmlwdD4=",
  "data:image/svg+xml,<svg onload=alert(1)>",
  "data:image/svg+xml;base64,PHN2Zz4=",
  "blob:https://e.example/1",
  "file:///etc/passwd",
  "ftp://e.example/",
  "//e.example/x",
  "..//e.example/x",
  "/api/chat",
  "\\\\e.example\\x",
  "intent://e#Intent;end",
  "view-source:javascript:1",
  "\u0001javascript:alert(1)",
  "jav\u0000ascript:alert(1)",
];

const PAYLOADS = [
  "<script>alert(1)</script>",
  "<SCRIPT SRC=//e.example/x.js></SCRIPT>",
  "<img src=x onerror=alert(1)>",
  "a <img src=x onerror=alert(1)> b",
  "<svg onload=alert(1)>",
  "<svg><script>alert(1)</script></svg>",
  "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
  "<object data=javascript:alert(1)>",
  "<embed src=javascript:alert(1)>",
  "<a href=javascript:alert(1)>x</a>",
  "<a href='https://e.example' ping='https://e.example'>x</a>",
  "<form action=javascript:alert(1)><input type=submit>",
  "<input type=image src=https://e.example>",
  "<picture><source srcset=https://e.example></picture>",
  "<video poster=https://e.example></video>",
  "<audio src=https://e.example>",
  "<link rel=prefetch href=https://e.example>",
  "<meta http-equiv=refresh content='0;url=https://e.example'>",
  "<base href=https://e.example>",
  "<style>@import 'https://e.example'</style>",
  "<div style='background:url(https://e.example)'>x</div>",
  "<details open ontoggle=alert(1)>",
  "<body onload=alert(1)>",
  "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
  "<template><script>alert(1)</script></template>",
  "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
  "<!--><img src=x onerror=alert(1)>-->",
  "<![CDATA[<script>alert(1)</script>]]>",
  '```"><script>alert(1)</script>\n<img src=x onerror=alert(1)>\n```',
  "```<img src=x onerror=alert(1)>\nx\n```",
  "`<script>alert(1)</script>`",
  "    <script>alert(1)</script>",
  "| <script>alert(1)</script> |\n|--|\n| <img src=x onerror=alert(1)> |",
  "- <script>alert(1)</script>\n- [x] <img src=x onerror=alert(1)>",
  "> <script>alert(1)</script>",
  "# <script>alert(1)</script>",
  "**<img src=x onerror=alert(1)>**",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "&#60;img src=x onerror=alert(1)&#62;",
  "\\<script>alert(1)\\</script>",
  "<scr<script>ipt>alert(1)</scr</script>ipt>",
  "<ſcript>alert(1)</ſcript>",
  "$\\href{javascript:alert(1)}{x}$",
  "$$\\includegraphics{https://e.example}$$",
  '$\\htmlData{x="onerror=alert(1)"}{y}$',
  '[x](https://e.example "\\" onmouseover=\\"alert(1)")',
  '![x" onerror="alert(1)](https://e.example)',
  "<javascript:alert(1)>",
  '<https://e.example/" onclick="alert(1)>',
  'https://e.example/"onclick="alert(1)',
  "www.e.example/<script>",
  ...URLS.flatMap((url) => [
    `[x](${url})`,
    `[x](<${url}>)`,
    `![x](${url})`,
    `[x][r]\n\n[r]: <${url}>\n`,
    `<${url}>`,
  ]),
];

/** Tags and attributes that the renderer itself writes; whatever else stands in the markup came from the text. */
const TAGS =
  /^(?:div|p|span|h[3-6]|ul|ol|li|blockquote|hr|br|strong|em|del|code|pre|figure|figcaption|section|table|thead|tbody|tr|th|td|a|img|input|button|svg|path|rect|circle|line|polyline|output)$/;

function draw(text: string): string {
  return renderToStaticMarkup(<Markdown text={text} live={false} />);
}

describe("Markdown", () => {
  it.each(PAYLOADS)("draws %j as harmless text", (payload) => {
    const tags = [...draw(payload).matchAll(/<\/?([^\s>/]+)([^>]*)>/g)];
    for (const [whole, name = "", attributes = ""] of tags) {
      expect(name, whole).toMatch(TAGS);
      expect(attributes.replaceAll(/"[^"]*"/g, '""'), whole).not.toMatch(
        /\s(?:on\w+|srcset|srcdoc|style|ping|formaction)=/i,
      );
      for (const [, url = ""] of attributes.matchAll(/\shref="([^"]*)"/g))
        expect(url).toMatch(/^(?:https?:\/\/|mailto:)/);
      for (const [, url = ""] of attributes.matchAll(/\ssrc="([^"]*)"/g))
        expect(url).toMatch(/^data:image\/(?!svg)/);
    }
  });

  it("opens links in a tab of their own that knows nothing of this one", () => {
    expect(draw("[a](https://e.example/x)")).toContain(
      '<a href="https://e.example/x" title="https://e.example/x" target="_blank" rel="noopener noreferrer">a</a>',
    );
  });

  it("names the host of an image elsewhere and loads nothing", () => {
    const markup = draw("![plan](https://e.example/p.png?q=secret)");
    expect(markup).toContain("e.example");
    expect(markup).not.toContain("<img");
  });

  it("draws an image whose bytes came with the answer", () => {
    expect(draw("![dot](data:image/png;base64,AAAA)")).toContain(
      '<img src="data:image/png;base64,AAAA" alt="dot"',
    );
  });

  it("gives each block the direction of its own language", () => {
    const markup = draw(
      readFileSync(path.join(import.meta.dirname, "../../fixtures/cases/rtl-paragraphs.md"), "utf8"),
    );
    const [list = "", ordered = ""] = [...markup.matchAll(/<(?:ul|ol)[^>]*>/g)].map(([tag]) => tag);
    expect([list, ordered]).toEqual(['<ul dir="rtl">', '<ol dir="rtl" start="1">']);
    expect(markup).toContain('<blockquote dir="rtl">');
    expect(markup).toContain('<table dir="rtl">');
    for (const tag of markup.match(/<(?:p|h3|th|td)[ >][^>]*/g) ?? []) expect(tag).toContain('dir="auto"');
    expect(draw("- one\n\n> said\n\n| a |\n|---|\n| b |")).not.toContain('dir="rtl"');
  });

  it("marks hidden characters in an image's words and in the source of a formula", () => {
    const markup = draw("![a\u202Eb](https://e.example/p.png) and $x\u202Ey$ and\n\n<div>\u202Ez</div>");
    expect(markup).not.toContain("\u202E");
    expect(markup).toContain("aU+202Eb");
    expect(markup).toContain('aria-label="xU+202Ey"');
    expect(markup).toContain("U+202Ez");
  });

  it("says how many rows a long table has, and draws those at its start", () => {
    const rows = Array.from({ length: 1_200 }, (_, index) => `| ${index} | x |\n`).join("");
    const markup = draw(`| a | b |\n|---|---|\n${rows}`);
    expect(markup).toContain('aria-rowcount="1201"');
    expect(markup).toContain('<tr aria-rowindex="2">');
    expect(markup.split("<td").length).toBeLessThan(800);
    // The rest stands there as text, each line about where its row will be.
    expect(markup).toContain("1100\tx\n1101\tx");
    expect(markup).toContain("height:9900px;line-height:33px");
  });

  it("numbers the items of a long list on from those that are not drawn", () => {
    const markup = draw(Array.from({ length: 415 }, (_, index) => `${index + 5}. x\n`).join(""));
    expect(markup.split("<li").length).toBeLessThan(100);
    expect(markup).toContain('<li value="405" aria-posinset="401" aria-setsize="415">');
  });

  it("draws paragraphs of a tight list without paragraph marks, and of a loose one with them", () => {
    expect([draw("- a").includes("<p "), draw("- a\n\n- b").includes("<p ")]).toEqual([false, true]);
  });
});
