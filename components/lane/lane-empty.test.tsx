import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";

import type { DemoModel } from "@/lib/contract/servers";

import { LaneEmpty } from "./lane-empty";

const nothing = () => undefined;

function draw(
  model: string,
  demo: DemoModel,
  usesDemo: boolean,
  isStarting = false,
  isSaidBelow = false,
): string {
  const html = renderToStaticMarkup(
    <LaneEmpty
      server={{ label: "llama.cpp", needsKey: false, status: "Ready." }}
      demo={demo}
      usesDemo={usesDemo}
      model={model}
      isStarting={isStarting}
      isSaidBelow={isSaidBelow}
      verdicts={null}
      onInstallDemo={nothing}
      onPickModel={nothing}
      onPasteKey={nothing}
    />,
  );
  return html.replaceAll(/<[^>]+>/gu, "|").replaceAll(/\|+/gu, "|");
}

const off: DemoModel = { state: "off", reason: "Switched off by VITRINE_LLAMA=off." };

describe("a lane before its first prompt", () => {
  it.each([true, false])("leads to a model where there is none, whatever the demo is (%j)", (usesDemo) => {
    expect(draw("", off, usesDemo)).toBe("|No model yet.|");
  });

  it("leaves it to the page below to say that no lane has a model", () => {
    expect(draw("", off, false, false, true)).toBe("|");
  });

  it("does not say that there is no model before the page has started", () => {
    const ready: DemoModel = { state: "ready", baseUrl: "http://127.0.0.1:1/v1", model: "smollm2" };
    expect(draw("", ready, false, true)).toBe("|Looking for a model …|");
    expect(draw("", ready, false)).toBe("|No model yet.|");
  });

  it("says what became of the demo model that the lane runs on", () => {
    expect(draw("smollm2", off, true)).toBe(
      "|The built-in demo is off (VITRINE_LLAMA=off). |Choose a model|",
    );
    const none: DemoModel = { state: "off", reason: "There is no build for this system." };
    expect(draw("smollm2", none, true)).toBe(
      "|The built-in demo is off. There is no build for this system. |Choose a model|",
    );
  });

  it("names the server that a key is for, so that no two buttons of the page have one name", () => {
    const html = renderToStaticMarkup(
      <LaneEmpty
        server={{ label: "Groq", needsKey: true, status: "Groq needs a key." }}
        demo={null}
        usesDemo={false}
        model="gpt-oss-120b"
        isStarting={false}
        isSaidBelow={false}
        verdicts={null}
        onInstallDemo={nothing}
        onPickModel={nothing}
        onPasteKey={nothing}
      />,
    );
    expect(html).toContain('aria-label="Paste a key for Groq"');
  });

  it("does not speak of the demo where another model is chosen", () => {
    expect(draw("gpt-5", off, false)).toBe("|Ready.|");
  });
});
