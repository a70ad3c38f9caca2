import { describe, expect, it } from "vitest";

import { chatQuirks } from "@/lib/providers/presets/chat-quirks";
import type { AttemptRecord } from "@/lib/run/record";
import type { StreamEvent } from "@/lib/stream/turn/event";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";
import type { Step } from "@/lib/stream/turn/turn";

import { bugReport, type BugReportFacts } from "./bug-report";

function stepOf(...timed: readonly (readonly [at: number, event: StreamEvent])[]): Step {
  const request = {
    provider: "llamacpp",
    dialect: "chat-completions",
    model: "smollm2-135m",
    endpoint: null,
  };
  const turn = timed.reduce(
    (before, [at, event]) => fold(before, { at, event }),
    fold(emptyTurn(), { at: 100, event: { type: "step-start", stepId: "s", request } }),
  );
  const [step] = turn.steps;
  if (step === undefined) throw new Error("the fold made no step");
  return step;
}

const STEP = stepOf(
  [100, { type: "step-send" }],
  [350, { type: "text-start", id: "t" }],
  [350, { type: "text-delta", id: "t", text: "Hello" }],
  [450, { type: "text-delta", id: "t", text: " you" }],
  [450, { type: "usage", usage: { input: 12, output: 2, total: 14, reasoning: null, cached: null } }],
  [460, { type: "warning", warning: { code: "W", message: "An odd `event`\ncame." } }],
  [500, { type: "step-end" }],
);

function record(...reads: readonly (readonly [at: number, text: string])[]): AttemptRecord {
  return {
    stepId: "s",
    attempt: 1,
    url: "http://127.0.0.1:8080/v1/chat/completions",
    request: "{}",
    speech: { dialect: "chat-completions", quirks: chatQuirks({}) },
    thinkTags: "auto",
    isStreamed: true,
    head: null,
    chunks: reads.map(([at, text]) => ({ at, bytes: new TextEncoder().encode(text) })),
    droppedBytes: 0,
    end: { how: "closed", at: 500 },
  };
}

const FACTS: BugReportFacts = {
  vitrine: "1.2.3",
  recording: null,
  server: "llama.cpp",
  llama: {
    build: "b7123-abc",
    model: "smollm2.gguf",
    contextLength: 8192,
    slots: 4,
    vision: false,
    quantization: null,
    templateHash: null,
    router: false,
    caps: { supports_tools: true, supports_parallel_tool_calls: false },
  },
  step: STEP,
  attempts: [record([350, 'data: {"a":1}\n\n'], [450, "data: [DONE]\n\n"])],
  request: '{"model":"smollm2-135m","messages":[]}',
};

describe("a bug report", () => {
  it("names the server, its build and template, the request, the answer with its times, and each number's source", () => {
    expect(bugReport(FACTS)).toBe(`## What happened

<!-- What you did, what you expected, and what happened instead. -->

## Server

- Server: llama.cpp
- Wire format: chat-completions
- Model asked for: \`smollm2-135m\`
- Build: \`b7123-abc\`
- Model loaded: \`smollm2.gguf\`
- Context: 8,192 tokens
- Slots: 4
- Vision: no
- Chat template: \`supports_tools\` yes, \`supports_parallel_tool_calls\` no
- Command line: not reported by the server <!-- Paste the command you start it with. -->
- Client: Vitrine 1.2.3

## Request

POST \`http://127.0.0.1:8080/v1/chat/completions\`

\`\`\`json
{
  "model": "smollm2-135m",
  "messages": []
}
\`\`\`

## Response

2 reads, 29 bytes · the server closed it. Times are since the step began. \`relay-head\` and \`relay-error\` are Vitrine's own frames.

\`\`\`text
[+250 ms]
data: {"a":1}
[+350 ms]
data: [DONE]
\`\`\`

## Timings

| number | value | source |
|---|---|---|
| First token | 0.25 s | measured here: from Send to the first token |
| Answer | 0.15 s | measured here: from the first piece of text to its end |
| Total | 0.40 s | measured here: from Send to the end of the answer |
| Output rate | 10 tokens/s | measured here: tokens from the first piece to the last |
| Output tokens | 2 | reported by the server: tokens written, including reasoning |
| Prompt tokens | 12 | reported by the server: tokens in the prompt, including tools and history |

## Errors and warnings

- An odd \\\`event\\\` came.
`);
  });

  it.each([
    [{ writtenBy: "1.1.0" }, "not known: the step is read from a recording, which Vitrine 1.1.0 wrote"],
    [{}, "not known: the step is read from a recording"],
  ])(
    "of a step in a recording (%j) claims no client, and no time that was measured here",
    (recording, client) => {
      const report = bugReport({ ...FACTS, llama: null, recording });
      expect(report).toContain(`\n- Client: ${client}\n- This report: Vitrine 1.2.3\n`);
      expect(report).toContain(
        "| First token | 0.25 s | measured where it was recorded: from Send to the first token |",
      );
      expect(report).not.toContain("measured here");
    },
  );

  it("stays within what an issue may hold, and says how much of a long text is left out", () => {
    const long = record(
      ...Array.from({ length: 9000 }, (_, at) => [at, `data: ${String(at)} ${"x".repeat(90)}\n\n`] as const),
    );
    const report = bugReport({
      ...FACTS,
      attempts: [long, { ...long, attempt: 2 }],
      request: JSON.stringify({ messages: ["y".repeat(200_000)] }),
    });
    expect(report.length).toBeLessThan(60_000);
    expect(report.match(/… [\d,]+ characters left out …/g)).toHaveLength(3);
    expect(report).toContain("[+-100 ms]\ndata: 0 ");
    expect(report).toContain("data: 8999 ");
  });

  it("lets no text of a server or a person end the place in which it stands", () => {
    const report = bugReport({
      ...FACTS,
      server: "my `server`\n## Forged",
      llama: null,
      attempts: [record([1, "data: ```\n\n# Forged\n\n````\n"])],
      request: JSON.stringify({ messages: ["```\n# Forged"] }),
    });
    expect(report).toContain("- Server: my \\`server\\` \\#\\# Forged\n");
    expect(report).toContain("`````text\n");
    expect(report).toContain("````json\n");
  });

  it("says what it does not know of a server, and what failed", () => {
    const error = {
      source: "provider",
      code: "HTTP_500",
      message: "it <b>broke</b>",
      retryable: false,
    } as const;
    const report = bugReport({
      ...FACTS,
      llama: {
        build: null,
        model: null,
        contextLength: null,
        slots: null,
        vision: null,
        quantization: null,
        templateHash: null,
        router: true,
        caps: {},
      },
      step: stepOf([100, { type: "step-send" }], [200, { type: "step-fail", error }]),
      attempts: [{ ...record(), end: { how: "broken", at: 200, error } }],
    });
    expect(report).toContain("- Build: not reported\n- Router: yes\n- Context: not reported\n");
    expect(report).toContain("broke off: it \\<b\\>broke\\</b\\>");
    expect(report).toContain("## Errors and warnings\n\n- HTTP\\_500: it \\<b\\>broke\\</b\\>");
  });
});
