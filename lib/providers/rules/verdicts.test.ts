import { describe, expect, it } from "vitest";

import { setup, tool } from "@/lib/providers/dialects/__fixtures__/history";
import type { LlamaProps } from "@/lib/providers/llama-props";
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";

import { templateProbe, type TemplateRenders } from "./template-probe";
import { verdicts } from "./verdicts";

const weather = tool("weather");

function judge(
  changes: Partial<LaneSetup>,
  known: {
    caps?: LlamaProps["caps"];
    renders?: TemplateRenders;
    images?: boolean;
    props?: Partial<LlamaProps>;
  } = {},
) {
  const lane = setup(changes);
  const provider = findProvider(lane.provider);
  if (provider === null) throw new Error(lane.provider);
  const props: LlamaProps | null =
    known.caps === undefined
      ? null
      : {
          contextLength: null,
          slots: null,
          build: null,
          model: null,
          router: false,
          vision: null,
          quantization: null,
          templateHash: null,
          caps: known.caps,
          ...known.props,
        };
  return verdicts({
    provider,
    setup: lane,
    tools: [weather],
    props,
    renders: known.renders ?? null,
    images: known.images ?? false,
  });
}

describe("what llama.cpp will do", () => {
  it("says nothing of what is not known", () => {
    expect(judge({ tools: ["weather"], effort: "low", parallelToolCalls: true }, { caps: {} })).toEqual([]);
  });

  it("tells when the template does not read tools, and nothing more about calls then", () => {
    const lane = { tools: ["weather"], parallelToolCalls: true, toolChoice: { kind: "none" } as const };
    const caps = { supports_tools: false, supports_parallel_tool_calls: false };
    expect(judge(lane, { caps })).toEqual([
      {
        setting: "tools",
        level: "no-effect",
        message: "This model's chat template ignores tools: the server will silently drop them.",
        fix: { tools: [] },
        fixLabel: "Turn tools off",
      },
    ]);
    expect(judge({}, { caps })).toEqual([]);
  });

  it("tells that images are left out where the server has no vision, once there are images", () => {
    const blind = { caps: {}, props: { vision: false } };
    expect(judge({}, { ...blind, images: true })).toEqual([
      {
        setting: "model",
        level: "note",
        message: "This server's model does not accept images. They won't be sent in this lane.",
      },
    ]);
    expect(judge({}, blind)).toEqual([]);
    expect(judge({}, { caps: {}, props: { vision: true }, images: true })).toEqual([]);
    expect(judge({}, { caps: {}, props: { vision: false, router: true }, images: true })).toEqual([]);
  });

  it("tells when two efforts render the same prompt, whatever the capabilities say", () => {
    const caps = { supports_reasoning_effort: true };
    expect(judge({ effort: "high" }, { caps, renders: { chosen: "same", other: "same" } })).toEqual([
      {
        setting: "effort",
        level: "no-effect",
        message: 'This model\'s chat template ignores the effort: "high" does not change the prompt.',
        fix: { effort: null },
        fixLabel: "Do not send effort",
      },
    ]);
    const renders = { chosen: "one", other: "two" };
    expect(judge({ effort: "high" }, { caps: { supports_reasoning_effort: false }, renders })).toEqual([]);
  });

  it("takes the server's word for a level while there are no renders, but not for a switch", () => {
    const caps = { supports_reasoning_effort: false };
    expect(judge({ effort: "high" }, { caps })).toMatchObject([{ setting: "effort", level: "no-effect" }]);
    expect(judge({ effort: "none" }, { caps })).toEqual([]);
  });

  it("offers to enforce a named tool, which the server does not", () => {
    const named = { kind: "named", name: "weather", enforce: false } as const;
    expect(judge({ tools: ["weather"], toolChoice: named })).toEqual([
      {
        setting: "toolChoice",
        level: "no-effect",
        message: "llama.cpp does not enforce a named tool, so the model may call another one or none.",
        fix: { toolChoice: { kind: "named", name: "weather", enforce: true } },
        fixLabel: "Send only this tool and require it",
      },
    ]);
    expect(judge({ tools: ["weather"], toolChoice: { ...named, enforce: true } })).toEqual([]);
  });

  it("says nothing of none where the tools are left out for it, and offers to enforce a named one there too", () => {
    const lane = { tools: ["weather"], dialect: "anthropic" } as const;
    const named = { kind: "named", name: "weather", enforce: false } as const;
    expect(judge({ ...lane, toolChoice: { kind: "none" } })).toEqual([]);
    expect(judge({ ...lane, toolChoice: named })).toMatchObject([
      { setting: "toolChoice", level: "no-effect" },
    ]);
  });

  it("tells that tools stay in the prompt when none may be called", () => {
    expect(judge({ tools: ["weather"], toolChoice: { kind: "none" } })).toMatchObject([
      { setting: "toolChoice", level: "note", fix: { tools: [] } },
    ]);
  });

  it("tells when parallel calls were asked for and cannot come", () => {
    const lane = { tools: ["weather"], parallelToolCalls: true };
    expect(judge(lane, { caps: { supports_parallel_tool_calls: false } })).toMatchObject([
      { setting: "parallelToolCalls", level: "no-effect", fix: { parallelToolCalls: null } },
    ]);
    const serial = { ...lane, parallelToolCalls: false };
    expect(judge(serial, { caps: { supports_parallel_tool_calls: false } })).toEqual([]);
  });
});

describe("what a hosted model takes", () => {
  it("is told when the effort is not among its values", () => {
    expect(judge({ provider: "openai", model: "gpt-5", effort: "xhigh" })).toMatchObject([
      {
        setting: "effort",
        level: "note",
        message: 'This model accepts minimal, low, medium, high; "xhigh" may be rejected.',
      },
    ]);
    expect(judge({ provider: "openai", model: "gpt-4o", effort: "low" })).toMatchObject([
      { message: 'This model does not think, so it has no effort setting. "low" may be rejected.' },
    ]);
    expect(judge({ provider: "openai", model: "tomorrow-1", effort: "huge" })).toEqual([]);
  });
});

function judgeLimit(provider: string, model: string, thinkingTokens: number, effort: string | null = null) {
  return judge({ provider, model, thinkingTokens, effort }).map(({ level, message }) => [level, message]);
}

describe("what may not be sent together", () => {
  it("is told of a thinking limit beside an effort", () => {
    const fix = { thinkingTokens: null };
    expect(judge({ provider: "openrouter", model: "x", effort: "high", thinkingTokens: 2000 })).toEqual([
      {
        setting: "effort",
        level: "no-effect",
        message: "OpenRouter accepts an effort or a thinking limit, not both: the effort is not sent.",
        fix,
        fixLabel: "Do not send the limit",
      },
    ]);
    const gemini = { provider: "vertex", model: "gemini-3-pro-preview", effort: "low", thinkingTokens: 2000 };
    expect(judge(gemini)).toMatchObject([{ setting: "effort", level: "no-effect", fix }]);
    const claude = { provider: "vertex-anthropic", effort: "low", thinkingTokens: 2000 };
    expect(judge({ ...claude, model: "claude-sonnet-4-5" })).toMatchObject([{ setting: "effort", fix }]);
    expect(judge({ ...claude, model: "claude-opus-4-6" })).toEqual([
      {
        setting: "thinkingTokens",
        level: "no-effect",
        message: "This model accepts an effort or a thinking limit, not both: the limit is not sent.",
        fix,
        fixLabel: "Do not send the limit",
      },
    ]);
    expect(judge({ effort: "high", thinkingTokens: 2000 })).toEqual([]);
  });

  it("is told of a thinking limit that is never sent, or outside what the model takes", () => {
    expect(judgeLimit("groq", "m", 9)).toEqual([
      ["no-effect", "Groq has no thinking limit. It is not sent."],
    ]);
    expect(judgeLimit("llamacpp", "m", 9, "none")).toEqual([
      ["no-effect", "The effort turns thinking off, so the limit is not sent."],
    ]);
    expect(judgeLimit("vertex", "gemini-2.5-pro", 50)).toEqual([
      ["note", "This model accepts 128 to 32,768 thinking tokens; 50 may be rejected."],
    ]);
    expect(judgeLimit("vertex", "gemini-2.5-flash-lite", 50)).toEqual([
      ["note", "This model accepts 0 or 512 to 24,576 thinking tokens; 50 may be rejected."],
    ]);
    expect(judgeLimit("vertex-anthropic", "claude-opus-4-7", 2048)).toEqual([
      [
        "no-effect",
        "This model has no thinking limit: it decides by itself how long it thinks. It is not sent.",
      ],
    ]);
  });

  it("is told of an output limit that Claude's thinking would fill", () => {
    const claude = { provider: "vertex-anthropic", model: "claude-sonnet-4-5", maxTokens: 4000 };
    expect(judge({ ...claude, effort: "high" })).toEqual([
      {
        setting: "maxTokens",
        level: "note",
        message:
          "The thinking budget of 24,576 tokens is part of the output, so it must be below the output limit.",
        fix: { maxTokens: null },
        fixLabel: "Do not send the output limit",
      },
    ]);
    expect(judge({ ...claude, thinkingTokens: 4000 })).toMatchObject([{ setting: "maxTokens" }]);
    expect(judge({ ...claude, effort: "low" })).toEqual([]);
  });

  it("is told of a forced tool call while Claude thinks", () => {
    const claude = { provider: "vertex-anthropic", model: "claude-sonnet-4-5", tools: ["weather"] };
    const toolChoice = { kind: "required" } as const;
    expect(judge({ ...claude, toolChoice, effort: "low" })).toEqual([
      {
        setting: "toolChoice",
        level: "no-effect",
        message:
          "Vertex AI (Claude) rejects a forced tool call while the model thinks. The model may choose.",
        fix: { toolChoice: { kind: "auto" } },
        fixLabel: "Let the model choose",
      },
    ]);
    expect(judge({ ...claude, toolChoice })).toEqual([]);
    expect(judge({ ...claude, effort: "low" })).toEqual([]);
    expect(judge({ provider: "zai", model: "glm-4.7", tools: ["weather"], toolChoice })).toMatchObject([
      { message: "Z.ai can't be told which tool to call. The model may choose." },
    ]);
  });

  it("is told of samplers that a model refuses, one line for each reason", () => {
    const samplers = { temperature: 0, top_k: 40, top_p: 0.9, mirostat: 2, seed: 1 };
    const claude = { provider: "vertex-anthropic", model: "claude-sonnet-4-5", effort: "low", samplers };
    expect(judge(claude)).toEqual([
      {
        setting: "samplers",
        level: "note",
        message: "mirostat and seed are not sent: Vertex AI (Claude) does not accept them.",
        fix: { samplers: { temperature: 0, top_k: 40, top_p: 0.9 } },
        fixLabel: "Remove them",
      },
      {
        setting: "samplers",
        level: "note",
        message: "temperature and top_k are not sent: claude-sonnet-4-5 rejects them while thinking.",
        fix: { samplers: { top_p: 0.9, mirostat: 2, seed: 1 } },
        fixLabel: "Remove them",
      },
      {
        setting: "samplers",
        level: "note",
        message: "top_p is not sent: claude-sonnet-4-5 accepts no less than 0.95 while thinking.",
        fix: { samplers: { temperature: 0, top_k: 40, mirostat: 2, seed: 1 } },
        fixLabel: "Remove it",
      },
    ]);
  });

  it("is told of an effort that xAI refuses, which is then not sent", () => {
    expect(judge({ provider: "xai", model: "grok-4", effort: "low" })).toEqual([
      {
        setting: "effort",
        level: "no-effect",
        message: "The effort is not sent: grok-4 decides by itself how long it thinks, and rejects it.",
        fix: { effort: null },
        fixLabel: "Do not send effort",
      },
    ]);
  });
});

describe("the probe", () => {
  const llama = findProvider("llamacpp");
  const efforts = (effort: string | null) => {
    const probe = llama && templateProbe(llama, setup({ effort, tools: ["weather"] }), [weather]);
    return probe && [probe.chosen, probe.other].map((body) => body["chat_template_kwargs"]);
  };

  it("sets the chosen effort against one that a reading template renders otherwise", () => {
    expect(efforts("high")).toEqual([{ reasoning_effort: "high" }, { reasoning_effort: "low" }]);
    expect(efforts("max")).toEqual([{ reasoning_effort: "max" }, { reasoning_effort: "low" }]);
    expect(efforts("low")).toEqual([{ reasoning_effort: "low" }, { reasoning_effort: "high" }]);
    expect(efforts("none")).toEqual([
      { reasoning_effort: "none", enable_thinking: false },
      { reasoning_effort: "high" },
    ]);
    expect(efforts("on")).toEqual([
      { enable_thinking: true },
      { reasoning_effort: "none", enable_thinking: false },
    ]);
  });

  it("is not needed without an effort", () => {
    expect(efforts(null)).toBeNull();
  });
});
