/** Requests of lanes in every dialect, as they are sent. */
import { codeFormats, type CodeFormat } from "@/lib/code/formats";
import type { SentRequest } from "@/lib/code/sent-request";
import type { DialectId } from "@/lib/providers/dialect-id";
import { plainSetup } from "@/lib/providers/plain-setup";
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import { type RequestShape, prepareStep } from "@/lib/run/prepare-step";
import { emptyTurn } from "@/lib/stream/turn/fold";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { ToolDefinition } from "@/lib/tools/tool";

/** Whatever a language, a shell or a page could take for its own. */
export const HOSTILE =
  "\"'`$HOME ${1+1} $(id) \\ \\n %s {x} #{y} </script><!-- \u2028\u2029 \u202E\u200B\u00A0 日本 👩‍🚀 \u{E0041} '''\n\"\"\"\nJSON\n# end\r\n";

type Case = Pick<LaneSetup, "provider" | "model"> & {
  readonly path: string;
  /** Fields that the dialect's library has no name for, or that go in by another way. */
  readonly patch: JsonObject;
};

export const CASES: Readonly<Record<DialectId, Case>> = {
  "chat-completions": {
    provider: "llamacpp",
    model: "smollm2-135m",
    path: "/llama/v1",
    patch: { min_p: 0.05, mirostat: 2, logit_bias: { "15043": -1.5 }, cache_prompt: true, samplers: [] },
  },
  responses: {
    provider: "openai",
    model: "gpt-5.1",
    path: "/openai/v1",
    patch: { reasoning_budget_tokens: 100, truncation: "auto", metadata: { kind: "x" }, top_k: 4 },
  },
  anthropic: {
    provider: "anthropic",
    model: "claude-opus-4-7",
    path: "/anthropic/v1",
    patch: { max_tokens: null, temperature: 0.5, top_k: 4, chat_template_kwargs: { a: true } },
  },
  gemini: {
    provider: "gemini",
    model: "gemini-3-pro",
    path: "/gemini/v1beta",
    patch: {
      safetySettings: [{ category: "HARM_CATEGORY_HARASSMENT", threshold: "BLOCK_NONE" }],
      labels: { a: "b" },
      generationConfig: { topK: 4, stopSequences: ["x"], speechConfig: { languageCode: "de" }, unheard: [1] },
    },
  },
};

/** A lane's next request to the scripted upstream at `origin`. */
export function sentTo(
  origin: string,
  dialect: DialectId,
  {
    tools = ["get-weather", "f"],
    shape = {},
    isOwnServer = true,
    images = [],
  }: {
    readonly tools?: readonly string[];
    readonly shape?: RequestShape;
    readonly isOwnServer?: boolean;
    readonly images?: readonly { readonly mediaType: string; readonly base64: string }[];
  } = {},
): SentRequest {
  const { provider, model, path } = CASES[dialect];
  const lane: LaneSetup = {
    ...plainSetup({ provider, model }),
    dialect,
    endpoint: `${origin}${path}`,
    system: HOSTILE,
    effort: "low",
    tools: [...tools],
  };
  const prepared = prepareStep({
    setup: lane,
    tools: tools.map(toolNamed),
    history: [{ prompt: `What is the weather?\n${HOSTILE}`, images, turn: emptyTurn() }],
    reply: null,
    keyHeld: true,
    shape,
  });
  if (!prepared.ok) throw new Error(prepared.error.message);
  const { url, body, speech } = prepared.step;
  return { url, request: JSON.stringify(body), speech, provider: findProvider(provider), isOwnServer };
}

/** The program that sends it; an error where there is none. */
export function programOf(sent: SentRequest, id: CodeFormat["id"]): string {
  const found = codeFormats(sent, "1.2.3").find((format) => format.id === id);
  if (found === undefined) throw new Error(`no ${id} for ${sent.url}`);
  return found.text;
}

function toolNamed(name: string): ToolDefinition {
  return {
    id: name,
    name,
    description: `Does ${name}.\n${HOSTILE}`,
    parameters: JSON.parse(
      '{"type":"object","properties":{"__proto__":{"type":"string"},"from":{"type":"number"}},"required":[]}',
    ),
    strict: null,
    exampleResult: null,
    binding: { kind: "ask" },
    approval: null,
    sharing: "shared",
  };
}
