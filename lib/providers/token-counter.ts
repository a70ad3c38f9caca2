/** How providers count the tokens of a request without running it. Pure. */
import type { DialectId } from "./dialect-id";
import type { LaneSetup, Provider } from "./provider";
import { findProvider } from "./registry";
import { speechOf } from "./speech-of";

/** A question to a counter: where below the base URL, with what body, and where the answer holds the number. */
export type CountQuestion = {
  readonly path: string;
  readonly body: object;
  readonly field: "input_tokens" | "totalTokens";
};

/** The provider whose own counter knows what a lane's request costs; null where there is none. */
export function counterOf({ provider: id, endpoint, dialect, model }: LaneSetup): Provider | null {
  const provider = findProvider(id);
  if (provider === null || endpoint !== null || model === "") return null;
  return provider.counts?.includes(speechOf(provider, dialect).dialect) === true ? provider : null;
}

type Sent = Readonly<Record<string, unknown>>;

/**
 * The question for a request that would go to `path`. A counter refuses what it does not know, so it gets only the
 * fields that its documentation names. null for a dialect without one.
 */
export function countQuestion(dialect: DialectId, path: string, body: Sent): CountQuestion | null {
  switch (dialect) {
    case "anthropic":
      return {
        path: `${path}/count_tokens`,
        body: only(body, ["model", "messages", "system", "tools", "tool_choice", "thinking"]),
        field: "input_tokens",
      };
    case "responses":
      return {
        path: `${path}/input_tokens`,
        body: only(body, [
          "model",
          "input",
          "instructions",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "reasoning",
          "text",
        ]),
        field: "input_tokens",
      };
    case "gemini": {
      const [model = ""] = path.slice(1).split(":");
      const request = only(body, ["contents", "tools", "toolConfig", "systemInstruction"]);
      return {
        path: `/${model}:countTokens`,
        body: { generateContentRequest: { model, ...request } },
        field: "totalTokens",
      };
    }
    case "chat-completions":
      return null;
  }
}

function only(body: Sent, names: readonly string[]): Sent {
  return Object.fromEntries(Object.entries(body).filter(([name]) => names.includes(name)));
}
