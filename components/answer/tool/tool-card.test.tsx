import "fake-indexeddb/auto";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { inAnswer } from "@/components/__fixtures__/in-answer";
import type { Answering } from "@/components/answer/answer-scope";
import { startTestApp, type TestApp } from "@/lib/session/__fixtures__/test-app";
import { buildCall, buildStep } from "@/lib/stream/turn/__fixtures__/build-step";
import { parseArguments } from "@/lib/stream/turn/parse-arguments";
import type { ToolCallPart } from "@/lib/stream/turn/turn";
import type { ToolDefinition } from "@/lib/tools/tool";

import { ToolCard } from "./tool-card";

const weather: ToolDefinition = {
  id: "weather",
  name: "weather",
  description: "",
  parameters: { type: "object", properties: { location: { type: "string" } }, required: ["location"] },
  strict: null,
  exampleResult: "22 degrees and sunny",
  binding: { kind: "ask" },
};

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ fetch: () => Promise.reject(new Error("no server")) });
  app.actions.saveTool(weather);
});
afterAll(() => app.end());

function draw(call: ToolCallPart, answering: Answering = "open"): string {
  const card = (
    <ToolCard
      step={buildStep({ parts: [call] })}
      call={call}
      place={{ index: 0, count: 1, isNameShared: false }}
      answering={answering}
      isLive={false}
    />
  );
  return renderToStaticMarkup(inAnswer(app, card));
}

describe("ToolCard", () => {
  it("offers a named field for the result of a complete call", () => {
    const html = draw(buildCall());
    expect(html).toContain('aria-label="Tool call: weather"');
    expect(html).toMatch(/<label[^>]*>Result for weather<\/label>/u);
    expect(html).toContain("Use example");
    expect(html).toContain(">valid<");
  });

  it("does not call the input of a custom tool, a shell or a patch unknown", () => {
    const custom = buildCall({ name: "run_script", form: "text", input: "ls" });
    for (const call of [custom, buildCall({ name: "local_shell" }), buildCall({ name: "apply_patch" })])
      expect(draw(call)).not.toContain("unknown tool");
    expect(draw(buildCall({ name: "book_trip" }))).toContain("unknown tool");
  });

  it("names the failing path of arguments that do not fit the schema", () => {
    const status = { state: "awaiting-result", args: { valid: true, value: { place: "Florence" } } } as const;
    const html = draw(buildCall({ status }));
    expect(html).toContain(">invalid<");
    expect(html).toMatch(/<li[^>]*>\/location: /u);
  });

  it.each(["", "0", "false"])("shows that %j went back as a result", (output) => {
    const result = { output, isError: false, origin: "typed" } as const;
    const args = { valid: true, value: {} } as const;
    const html = draw(buildCall({ status: { state: "answered", args, result, at: 2000 } }));
    expect(html).toContain('aria-label="Result for weather"');
    expect(html).toContain(output === "" ? "empty result" : `${output}</pre>`);
    expect(html).not.toContain("<textarea");
  });

  it("says that an unfinished call was not sent, and takes no result for it", () => {
    const html = draw(buildCall({ input: '{"location": "Flo', status: { state: "unfinished" } }));
    expect(html).toContain("incomplete, not sent");
    expect(html).not.toContain("<textarea");
  });

  it("takes no result where none can be given", () => {
    expect(draw(buildCall(), "closed")).not.toContain("<textarea");
  });

  it("shows numbers as the model wrote them", () => {
    const input = '{"order_id": 7960607143101464577, "limit": 1e400, "price": 1.50}';
    const html = draw(
      buildCall({ input, status: { state: "awaiting-result", args: parseArguments(input) } }),
    );
    for (const number of ["7960607143101464577", "1e400", "1.50"]) expect(html).toContain(`>${number}<`);
  });

  it("draws hidden characters of names and arguments as marks", () => {
    const args = { valid: true, value: { location: "Flor\u202Eecne" } } as const;
    const input = JSON.stringify(args.value);
    const html = draw(
      buildCall({ name: "wea\u200Bther", input, status: { state: "awaiting-result", args } }),
    );
    expect(html).toContain("weaU+200Bther");
    expect(html).toContain("FlorU+202Eecne");
    expect(html).not.toMatch(/[\u200B\u202E]/u);
  });

  it("shows markup in names, arguments and results as text", () => {
    const payload = "<img src=x onerror=alert(1)>";
    const result = { output: payload, isError: true, origin: "typed" } as const;
    const args = { valid: true, value: { [payload]: payload } } as const;
    const html = draw(buildCall({ name: payload, status: { state: "answered", args, result, at: 2000 } }));
    expect(html).not.toContain("<img");
  });
});
