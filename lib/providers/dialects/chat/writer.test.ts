import { describe, expect, it } from "vitest";

import { inputOf, setup, tool, turnOf } from "@/lib/providers/dialects/__fixtures__/history";
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import type { ToolDefinition } from "@/lib/tools/tool";

import { writeChatCompletions } from "./writer";

function write(provider: string, changes: Partial<LaneSetup> = {}, tools: readonly ToolDefinition[] = []) {
  const found = findProvider(provider);
  if (found === null) throw new Error(`no provider ${provider}`);
  const lane = setup({ provider, tools: tools.map(({ id }) => id), ...changes });
  return writeChatCompletions(inputOf(found, lane, [{ prompt: "hi", turn: turnOf() }], tools));
}

const hi = [{ role: "user", content: "hi" }];

describe("a whole body", () => {
  it("asks llama.cpp for timings, progress and control, and for both forms of effort", () => {
    const weather = tool("weather");
    const lane = {
      system: "Be brief.",
      effort: "low",
      thinkingTokens: 40,
      maxTokens: 100,
      samplers: { temperature: 0, min_p: 0.1, made_up: [1] },
      parallelToolCalls: true,
    };
    expect(write("llamacpp", lane, [weather])).toEqual({
      body: {
        model: "m",
        messages: [{ role: "system", content: "Be brief." }, ...hi],
        tools: [
          {
            type: "function",
            function: { name: "weather", description: "weather it", parameters: { type: "object" } },
          },
        ],
        tool_choice: "auto",
        parallel_tool_calls: true,
        timings_per_token: true,
        return_progress: true,
        reasoning_control: true,
        temperature: 0,
        min_p: 0.1,
        made_up: [1],
        reasoning_budget_tokens: 40,
        reasoning_effort: "low",
        chat_template_kwargs: { reasoning_effort: "low" },
        max_tokens: 100,
        stream: true,
        stream_options: { include_usage: true },
      },
      notes: [],
    });
  });

  it("sends nothing that was not set", () => {
    expect(write("groq")).toEqual({
      body: { model: "m", messages: hi, stream: true, stream_options: { include_usage: true } },
      notes: [],
    });
  });

  it("leaves out what Mistral refuses, and says so", () => {
    expect(write("mistral", { maxTokens: 5, samplers: { seed: 1, temperature: 0.5 } })).toEqual({
      body: { model: "m", messages: hi, max_tokens: 5, temperature: 0.5, stream: true },
      notes: ["seed is not sent: Mistral does not accept it."],
    });
  });

  it("leaves out samplers that OpenAI's reasoning models refuse, but not while they do not think", () => {
    const samplers = { temperature: 0 };
    expect(write("openai", { model: "gpt-5-mini", samplers, maxTokens: 9 })).toEqual({
      body: {
        model: "gpt-5-mini",
        messages: hi,
        max_completion_tokens: 9,
        stream: true,
        stream_options: { include_usage: true },
      },
      notes: ["temperature is not sent: gpt-5-mini rejects it."],
    });
    expect(write("openai", { model: "gpt-5.2", samplers, effort: "none" }).body["temperature"]).toBe(0);
    expect(write("openai", { model: "gpt-4o", samplers }).body["temperature"]).toBe(0);
  });

  it("never lets a sampler of the same name replace what another control writes", () => {
    const samplers = JSON.parse(
      '{"model":"x","messages":[],"stream":false,"__proto__":{"polluted":1},"top_k":4}',
    );
    const { body, notes } = write("vllm", { samplers });
    expect(body).toEqual({
      model: "m",
      messages: hi,
      top_k: 4,
      stream: true,
      stream_options: { include_usage: true },
    });
    expect(notes).toEqual([
      "model among the samplers is not sent: the lane's own setting decides it.",
      "messages among the samplers is not sent: the lane's own setting decides it.",
      "stream among the samplers is not sent: the lane's own setting decides it.",
    ]);
  });

  it("joins template arguments typed by hand with those of the effort", () => {
    const samplers = { chat_template_kwargs: { lang: "de", enable_thinking: true } };
    expect(write("llamacpp", { effort: "none", samplers }).body["chat_template_kwargs"]).toEqual({
      lang: "de",
      reasoning_effort: "none",
      enable_thinking: false,
    });
  });
});

describe("the writer of tools", () => {
  const add = tool("add", { strict: true });
  const search = tool("search");

  it("sends the lane's tools only, strict only when it was chosen", () => {
    const { body } = write("openai", { tools: ["add"] }, [add, search]);
    expect(body["tools"]).toEqual([
      {
        type: "function",
        function: { name: "add", description: "add it", parameters: { type: "object" }, strict: true },
      },
    ]);
  });

  it("names the tool to be called", () => {
    const toolChoice = { kind: "named", name: "search", enforce: false } as const;
    const { body } = write("openai", { toolChoice }, [add, search]);
    expect(body["tool_choice"]).toEqual({ type: "function", function: { name: "search" } });
    expect(body["tools"]).toHaveLength(2);
  });

  it("enforces a named tool by sending it alone, required", () => {
    const toolChoice = { kind: "named", name: "search", enforce: true } as const;
    const { body } = write("llamacpp", { toolChoice }, [add, search]);
    expect(body["tool_choice"]).toBe("required");
    expect(body["tools"]).toEqual([
      {
        type: "function",
        function: { name: "search", description: "search it", parameters: { type: "object" } },
      },
    ]);
  });

  it("lets the model choose when the named tool is not on", () => {
    const toolChoice = { kind: "named", name: "search", enforce: true } as const;
    expect(write("llamacpp", { tools: ["add"], toolChoice }, [add, search])).toMatchObject({
      body: { tool_choice: "auto" },
      notes: ["The required tool, search, is not on in this lane, so the model may choose."],
    });
  });

  it("sends neither choice nor parallel calls without a tool", () => {
    const { body } = write("openai", { toolChoice: { kind: "required" }, parallelToolCalls: false });
    expect(Object.keys(body)).toEqual(["model", "messages", "stream", "stream_options"]);
  });

  it("leaves out tools without a name and second tools of a name", () => {
    const twice = tool("add", { id: "other" });
    expect(write("openai", {}, [add, twice, tool("", { id: "nameless" })])).toMatchObject({
      body: { tools: [{ function: { strict: true } }] },
      notes: ["Two tools are named add, so only the first is sent.", "A tool without a name is not sent."],
    });
  });

  it("gives Z.ai no choice but auto, and no tools where none may be called", () => {
    const required = write("zai", { toolChoice: { kind: "required" } }, [add]);
    expect(required.body["tool_choice"]).toBe("auto");
    expect(required.notes).toEqual(["Z.ai can't be told which tool to call, so the model may choose."]);
    const none = write("zai", { toolChoice: { kind: "none" } }, [add]);
    expect(none.body["tools"]).toBeUndefined();
    expect(none.notes).toEqual(["Z.ai can't be told not to call tools, so the tools are not sent."]);
  });

  it("forces no call on Moonshot while the model thinks", () => {
    const toolChoice = { kind: "required" } as const;
    const choice = (model: string, effort: string | null) =>
      write("moonshot", { model, effort, toolChoice }, [add]).body["tool_choice"];
    expect(choice("kimi-k2.5", null)).toBe("auto");
    expect(choice("kimi-k2.5", "none")).toBe("required");
    expect(choice("kimi-k2-0905-preview", null)).toBe("required");
  });

  it("leaves parallel_tool_calls out for a server without it", () => {
    expect(write("ollama", { parallelToolCalls: false }, [add]).notes).toEqual([
      "parallel_tool_calls is not sent: Ollama has no such setting.",
    ]);
  });
});
