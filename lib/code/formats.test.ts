import { describe, expect, it } from "vitest";

import { findProvider } from "@/lib/providers/registry";
import { speechOf } from "@/lib/providers/speech-of";

import { codeFormats } from "./formats";
import type { SentRequest } from "./sent-request";

function sent(provider: string, url: string, body: unknown, changes: Partial<SentRequest> = {}): SentRequest {
  const known = findProvider(provider);
  if (known === null) throw new Error(`no provider ${provider}`);
  const request = typeof body === "string" ? body : JSON.stringify(body);
  return { url, request, speech: speechOf(known, null), provider: known, isOwnServer: false, ...changes };
}

const CHAT = "https://api.openai.com/v1/chat/completions";
const HELLO = { model: "m", messages: [{ role: "user", content: "hi" }], stream: true };

const MESSAGES = sent("anthropic", "https://api.anthropic.com/v1/messages", HELLO).speech;

function textOf(request: SentRequest, id: string): string {
  return codeFormats(request, "1.2.3").find((format) => format.id === id)?.text ?? "";
}

function ids(provider: string, url: string, body: object): readonly string[] {
  return codeFormats(sent(provider, url, body), "1.2.3").map(({ id }) => id);
}

function messagesTo(provider: string): string {
  return textOf(sent(provider, "https://x/v1/messages", HELLO, { speech: MESSAGES }), "ai-sdk");
}

function labels(request: SentRequest): readonly string[] {
  return codeFormats(request, "1.2.3").map(({ label }) => label);
}

describe("a request", () => {
  it("can be copied as a command, and as programs with the libraries of its dialect", () => {
    expect(labels(sent("openai", CHAT, HELLO))).toEqual([
      "curl",
      "Python (openai)",
      "TypeScript (openai)",
      "TypeScript (AI SDK)",
    ]);
    expect(labels(sent("anthropic", "https://api.anthropic.com/v1/messages", HELLO))).toEqual([
      "curl",
      "Python (anthropic)",
      "TypeScript (@anthropic-ai/sdk)",
      "TypeScript (AI SDK)",
    ]);
    const gemini = "https://generativelanguage.googleapis.com/v1beta/models/g:streamGenerateContent?alt=sse";
    expect(labels(sent("gemini", gemini, { contents: [] }))).toEqual([
      "curl",
      "Python (google-genai)",
      "TypeScript (@google/genai)",
      "TypeScript (AI SDK)",
    ]);
  });

  it.each([
    [
      "Vertex AI",
      "vertex",
      "https://x/v1/projects/p/locations/l/publishers/google/models/g:streamGenerateContent?alt=sse",
    ],
    [
      "Claude at Vertex AI",
      "vertex-anthropic",
      "https://x/v1/projects/p/locations/l/publishers/anthropic/models/c:streamRawPredict",
    ],
    ["an address that no library would call", "openai", "https://x/v1/talk"],
    ["a query that names something twice", "openai", `${CHAT}?a=1&a=2`],
  ])("to %s is offered as a command alone", (_, provider, url) => {
    const body = { ...HELLO, contents: [] };
    expect(codeFormats(sent(provider, url, body), "1.2.3").map(({ id }) => id)).toEqual(["curl"]);
  });

  it("with half a character is not offered in Python, whose libraries cannot write it", () => {
    const half = sent("openai", CHAT, { ...HELLO, user: "\uD83D" });
    expect(codeFormats(half, "1.2.3").map(({ id }) => id)).toEqual(["curl", "typescript", "ai-sdk"]);
    const escaped = sent("openai", CHAT, { ...HELLO, user: String.raw`\ud83d` });
    expect(codeFormats(escaped, "1.2.3").map(({ id }) => id)).toContain("python");
  });

  it("that is not JSON is offered in no form", () => {
    expect(codeFormats(sent("openai", CHAT, "{"), "1.2.3")).toEqual([]);
  });

  it("has its key as a variable of the environment, and the provider's own only where it is the provider's", () => {
    for (const id of ["curl", "python", "typescript", "ai-sdk"]) {
      expect(textOf(sent("openai", CHAT, HELLO), id)).toContain("OPENAI_API_KEY");
      const own = textOf(sent("openai", CHAT, HELLO, { isOwnServer: true }), id);
      expect(own).toContain("MODEL_API_KEY");
      expect(own).not.toContain("OPENAI_API_KEY");
    }
  });

  it("has the query of its address, and the versions it was written for", () => {
    const azure = sent(
      "azure",
      "https://r.openai.azure.com/openai/v1/chat/completions?api-version=preview",
      HELLO,
    );
    const text = textOf(azure, "python");
    expect(text).toContain('base_url="https://r.openai.azure.com/openai/v1"');
    expect(text).toContain('default_query={"api-version": "preview"}');
    expect(text).toMatch(
      /^# Written by Vitrine 1\.2\.3 for Python 3\.10 or newer and openai [\d.]+:\n# pip install openai==[\d.]+\n/,
    );
    expect(textOf(azure, "typescript")).toContain('defaultQuery: { "api-version": "preview" }');
  });

  it("with a query is offered for the AI SDK where that sends queries", () => {
    expect(ids("openai", `${CHAT}?a=1`, HELLO)).toContain("ai-sdk");
    expect(ids("anthropic", "https://api.anthropic.com/v1/messages?beta=true", HELLO)).toEqual([
      "curl",
      "python",
      "typescript",
    ]);
  });

  it("as a program for the AI SDK signs in as its provider wants", () => {
    expect(messagesTo("anthropic")).toContain("\n  apiKey,\n");
    expect(messagesTo("llamacpp")).toContain("  authToken: apiKey,");
  });

  it("sends reasoning back in the field that its server reads, and none where it reads none", () => {
    const tools = [{ type: "function", function: { name: "f", parameters: {} } }];
    for (const id of ["python", "typescript"]) {
      const at = (provider: string) => textOf(sent(provider, CHAT, { ...HELLO, tools }), id);
      expect(at("llamacpp")).toMatch(
        /message\["reasoning_content"\] = thoughts|\{ reasoning_content: thoughts \}/,
      );
      expect(at("openai")).not.toContain("thoughts");
      expect(at("openrouter")).toMatch(
        /message\["reasoning_details"\] = details|\{ reasoning_details: details \}/,
      );
    }
  });

  it("gives each tool a function with a name of its own, whatever the tools are called", () => {
    const names = ["a-b", "a.b", "class", "日本", "constructor", '"; quit()'];
    const tools = names.map((name) => ({ type: "function", function: { name, parameters: {} } }));
    const body = { ...HELLO, tools };
    expect(textOf(sent("openai", CHAT, body), "python").match(/(?<=^def )run\w*/gm)).toEqual([
      "run_a_b",
      "run_a_b_2",
      "run_class",
      "run_tool",
      "run_constructor",
      "run_quit",
      "run",
    ]);
    expect(textOf(sent("openai", CHAT, body), "typescript").match(/(?<=^async function )\w+/gm)).toEqual([
      "runAB",
      "runAB_2",
      "runClass",
      "runTool",
      "runConstructor",
      "runQuit",
      "run",
    ]);
  });
});

it("a command holds the body exactly as it was sent where JSON has another way to write it", () => {
  const request = '{"model":"m","messages":[],"seed":12345678901234567890,"t":1.0}';
  expect(textOf(sent("openai", CHAT, request), "curl")).toBe(
    [
      "curl -N 'https://api.openai.com/v1/chat/completions' \\",
      "  -H 'content-type: application/json' \\",
      '  -H "Authorization: Bearer $OPENAI_API_KEY" \\',
      "  --data-binary @- <<'JSON'",
      request,
      "JSON",
      "",
    ].join("\n"),
  );
});
