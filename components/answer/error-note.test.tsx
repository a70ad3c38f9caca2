import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";

import { buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";
import type { RunError } from "@/lib/stream/turn/event";

import { StepEndNote } from "./step-end-note";

const refused: RunError = {
  source: "provider",
  code: "HTTP_429",
  status: 429,
  message: "slow down <b>now</b>\u202E",
  retryable: true,
};

function draw(step: Parameters<typeof buildStep>[0], onRetry?: () => void): string {
  return renderToStaticMarkup(<StepEndNote step={buildStep(step)} onRetry={onRetry} />);
}

describe("StepEndNote", () => {
  it("says what failed, where, in whose words, and what next", () => {
    const html = draw({ status: { state: "failed", error: refused } }, () => {});
    expect(html).toContain('role="alert"');
    const text = html.replaceAll(/<[^>]*>/gu, "|");
    expect(text).toContain("Too many requests");
    expect(text).toContain("provider, HTTP 429");
    expect(text).toContain("The server said: slow down &lt;b&gt;now&lt;/b&gt;U+202E");
    expect(text).toContain("Wait a moment, then retry.");
    expect(text).toContain("Retry");
  });

  it("offers no retry where none can be made", () => {
    expect(draw({ status: { state: "failed", error: refused } })).not.toContain(">Retry<");
  });

  it("says that an answer may be cut off, or that none came, where a stream ended without a reason", () => {
    const truncated = { state: "truncated", error: null } as const;
    expect(draw({ status: truncated, parts: [buildText()] })).toContain(
      "The stream ended without a finish reason, so the answer may be cut off.",
    );
    expect(draw({ status: truncated })).toContain(
      "The server ended the stream without an answer or a finish reason.",
    );
  });

  it("heads an error inside a good reply as what it is", () => {
    const error: RunError = { ...refused, code: "HTTP_500", status: 500, inStatus: 200 };
    const text = draw({ status: { state: "failed", error } }).replaceAll(/<[^>]*>/gu, "|");
    expect(text).toContain("The server failed|| · server error 500 in a 200 response");
    expect(text).not.toContain("HTTP 500");
  });

  it("takes a stop for an end and no error", () => {
    const html = draw({ status: { state: "stopped" }, parts: [buildText()] });
    expect(html).toContain("Stopped.");
    expect(html).not.toContain("alert");
  });

  it("is silent where all went well", () => {
    expect(draw({ parts: [buildText()] })).toBe("");
  });
});
