import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";

import { buildProviderCall } from "@/lib/stream/turn/__fixtures__/build-step";
import type { ProviderOutcome, Source } from "@/lib/stream/turn/event";
import type { ProviderCallPart } from "@/lib/stream/turn/turn";

import { ProviderCallCard } from "./provider-call-card";

function draw(part: Partial<ProviderCallPart>): string {
  return renderToStaticMarkup(<ProviderCallCard call={buildProviderCall(part)} />);
}

function done(outcome: Partial<ProviderOutcome>): string {
  return draw({
    status: { state: "done", outcome: { output: null, sources: [], error: null, ...outcome } },
  });
}

/** The text of each item of the list of sources. */
function items(html: string): readonly string[] {
  return [...html.matchAll(/<li[^>]*>(.*?)<\/li>/gu)].map(([, item = ""]) =>
    item.replaceAll(/<[^>]*>/gu, ""),
  );
}

const page = (number: number): Source => ({
  url: `https://e.example/${String(number)}`,
  title: `Page ${String(number)}`,
});

describe("ProviderCallCard", () => {
  it("says that the provider ran it, and what it was asked", () => {
    const html = draw({});
    expect(html).toContain('aria-label="Provider call: web_search"');
    expect(html).toContain("ran at the provider");
    expect(html).toContain("weather in Florence");
    expect(html).not.toMatch(/<textarea|<button/u);
  });

  it("shows what is asked as it arrives, and that it never ended where the answer was cut", () => {
    expect(draw({ input: '{"query":"wea', status: { state: "running" } })).toContain(
      "running at the provider",
    );
    expect(draw({ input: '{"query":"wea', status: { state: "unfinished" } })).toContain("unfinished");
  });

  it("shows the provider's own words when it failed", () => {
    expect(done({ error: "max_uses_exceeded" })).toContain("max_uses_exceeded");
  });

  it("links its sources with their hosts", () => {
    const html = done({ sources: [page(1), { url: "https://plain.example/a?b=c", title: null }] });
    expect(items(html)).toEqual(["Page 1 e.example", "plain.example/a?b=c"]);
    expect(html).toContain('rel="noopener noreferrer"');
  });

  it("folds a long list and shows how long it is", () => {
    const html = done({ sources: Array.from({ length: 20 }, (_, index) => page(index)) });
    expect(items(html)).toHaveLength(4);
    expect(html).toContain("Show all 20 sources");
    expect(done({ sources: Array.from({ length: 6 }, (_, index) => page(index)) })).not.toContain("Show all");
  });

  it("cuts an endless address on the page, never in the link", () => {
    const url = `https://e.example/${"a".repeat(2000)}`;
    const html = done({ sources: [{ url, title: null }] });
    expect(items(html)[0]).toHaveLength(161);
    expect(html).toContain(`href="${url}"`);
  });

  it.each(["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "/api/chat", "java\tscript:x"])(
    "shows %j as text, never as a link",
    (url) => {
      const html = done({ sources: [{ url, title: "Free money" }] });
      expect(html).not.toMatch(/href/u);
      expect(items(html)[0]).toContain("Free money");
    },
  );

  it("shows markup and hidden characters of all it is given as text", () => {
    const payload = "<img src=x onerror=alert(1)>\u202E";
    const outcome = { output: payload, sources: [{ url: payload, title: payload }], error: payload };
    const html = draw({ name: payload, input: payload, status: { state: "done", outcome } });
    expect(html).not.toContain("<img");
    expect(html).not.toContain("\u202E");
  });
});
