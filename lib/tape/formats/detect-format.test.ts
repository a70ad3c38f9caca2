import { describe, expect, it } from "vitest";

import { detectFormat } from "./detect-format";

describe("the format of a file", () => {
  it.each([
    ["a.yaml", "---\nversion: 2\ninteractions: []\n", "go-vcr"],
    ["cassette", "# Modified\n---\nversion: 1\ninteractions:\n- request:", "go-vcr"],
    ["a.yml", "broken: [", "go-vcr"],
    ["a.json", '{"version": 2, "interactions": []}', "go-vcr"],
    ["a.har", '{"log": {"entries": []}}', "har"],
    ["a.har", '{"log": {"entries": [', "har"],
    ["a.json", '\uFEFF {\n "log": {}}', "har"],
    ["a.sse", "data: {}\n\n", "sse"],
    ["a.txt", ": ping\r\n\r\nevent: a\r\ndata: 1", "sse"],
    ["a.json", '{"choices": []}', "json"],
    ["a", '[{"candidates": []}]', "json"],
    ["a.json", '{"fixtures": []}', "aimock"],
    ["a.jsonl", '{"messages": []}\n{"messages": []}', "openai-messages"],
    ["a.json", '[{"role": "user", "content": "hi"}]', "openai-messages"],
    ["a.jsonl", '{"custom_id": "1", "body": {"messages": []}}', "openai-messages"],
    ["a.jsonl", '{"messages": [\n', "openai-messages"],
  ])("of %s that begins with %j is %s", (name, text, format) => {
    expect(detectFormat(name, text)).toEqual({ ok: true, format });
  });

  it.each([
    ["a.png", "\u0089PNG", 'The file ends in .png and begins with "\u0089PNG".'],
    ["notes", "Hello", 'The file has no ending and begins with "Hello".'],
    ["a.json", '{"name": "x"}', 'The file ends in .json and begins with "{\\"name\\": \\"x\\"}".'],
    ["a.json", "[1, 2]", 'The file ends in .json and begins with "[1, 2]".'],
  ])("of %s that is none of them is named by what was seen", (name, text, seen) => {
    expect(detectFormat(name, text)).toEqual({
      ok: false,
      reason: `${seen} Vitrine reads: go-vcr recording, HAR file, event stream, JSON answer, aimock fixture, OpenAI messages.`,
    });
  });

  it("of an empty file is none", () => {
    expect(detectFormat("a.har", " \n")).toEqual({ ok: false, reason: "The file is empty." });
  });
});
