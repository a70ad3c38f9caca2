/** What a tool is: its definition as a model reads it, and what answers when the model calls it. */
import type { JsonObject } from "@/lib/stream/turn/json";

/** A function tool as a person edits it. */
export type ToolDefinition = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** JSON Schema for the arguments. */
  readonly parameters: JsonObject;
  readonly strict: boolean | null;
  /** Filled into the result field at a click; null = none. */
  readonly exampleResult: string | null;
  readonly binding: ToolBinding;
  /** Whether the binding answers without a press; null = as its kind does by default (`answersByItself`). */
  readonly approval: ToolApproval | null;
  /** "shared": lanes that make the same call get one result. "each": every call runs by itself. */
  readonly sharing: "shared" | "each";
};

/** "each": a person approves each call. "none": the tool runs by itself. */
export type ToolApproval = "each" | "none";

/** What answers a call. */
export type ToolBinding =
  /** A person types the result. */
  | { readonly kind: "ask" }
  /** An invented result, given after `delayMs`. */
  | { readonly kind: "mock"; readonly mock: Mock; readonly delayMs: number }
  /** The built-in of this name in `runners/registry.ts` runs in the page. */
  | { readonly kind: "page"; readonly name: string }
  /** A person's code runs in a sandboxed frame of the page, for `timeoutMs` at most. */
  | {
      readonly kind: "javascript";
      readonly code: string;
      readonly timeoutMs: number;
      /** Its state lives as long as the lane's branch, and each lane has its own. */
      readonly isStateful: boolean;
    }
  /** The server sends a request. */
  | { readonly kind: "http"; readonly request: HttpTemplate }
  /** The server calls a tool of an MCP server. */
  | {
      readonly kind: "mcp";
      readonly server: McpServerRef;
      readonly tool: string;
      readonly gives: McpGives;
      /** Of the server's definition that a person accepted: while the server has another one, nothing is called. null = never compared. */
      readonly hash: string | null;
    };

/** How an invented result is chosen. */
export type Mock =
  | { readonly by: "fixed"; readonly result: MockResult }
  /** The first rule whose `when` matches. Without one a person is asked. */
  | { readonly by: "arguments"; readonly rules: readonly MockRule[] }
  /** The nth call of the branch gets the nth result; after the last one, what `after` says. */
  | {
      readonly by: "sequence";
      readonly results: readonly MockResult[];
      readonly after: "last" | "first" | "ask";
    }
  /** The results of an earlier run: by arguments, and of those that are equal the nth. Without one a person is asked. */
  | { readonly by: "recorded"; readonly from: string; readonly calls: readonly RecordedCall[] };

export type MockResult = { readonly output: string; readonly isError: boolean };

export type MockRule = {
  /** Each property must be equal to the argument of its name; "*" equals anything. "*" alone matches every call. */
  readonly when: JsonObject | "*";
  readonly result: MockResult;
};

export type RecordedCall = { readonly args: JsonObject; readonly result: MockResult };

/**
 * A request written over the arguments. `{{name}}` stands for an argument (`{{a.b}}` for one inside another),
 * `{{secret:NAME}}` for a secret that the server's own configuration lists. In the address an argument is percent-encoded;
 * in a body that is JSON a string that is one placeholder alone becomes the argument's own JSON. `{{name?}}` may be
 * missing: alone in a parameter of the query, a header or a member of a JSON body, it takes that with it.
 */
export type HttpTemplate = {
  readonly method: HttpMethod;
  readonly url: string;
  readonly headers: readonly HttpHeader[];
  /** null = none */
  readonly body: string | null;
};

export type HttpMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export type HttpHeader = { readonly name: string; readonly value: string };

/** An MCP server: one that `vitrine.mcp.json` names, or one that a person added. */
export type McpServerRef =
  | { readonly from: "config"; readonly name: string }
  | {
      readonly from: "person";
      readonly name: string;
      readonly url: string;
      readonly headers: readonly HttpHeader[];
    };

/** What of an MCP result the model gets: its text, its structured content, or every block as JSON. */
export type McpGives = "text" | "structured" | "all";

export type ToolChoice =
  | { readonly kind: "auto" }
  | { readonly kind: "none" }
  | { readonly kind: "required" }
  /** `enforce: true` sends only this tool with "required": for servers that ignore a named choice. */
  | { readonly kind: "named"; readonly name: string; readonly enforce: boolean };

/** A tool that a person answers by hand, with nothing chosen yet. */
export const NEW_TOOL_CHOICES = {
  exampleResult: null,
  binding: { kind: "ask" },
  approval: null,
  sharing: "shared",
} as const satisfies Partial<ToolDefinition>;

/** What answers a call, in a person's words. */
export const BINDING_LABELS: Readonly<Record<ToolBinding["kind"], string>> = {
  ask: "ask me",
  mock: "mock",
  page: "built-in",
  javascript: "JavaScript",
  http: "HTTP",
  mcp: "MCP",
};

/** Whether calls of the tool are answered without a press. What is invented or built in may; what runs code or sends asks first. */
export function answersByItself({
  binding,
  approval,
}: Pick<ToolDefinition, "binding" | "approval">): boolean {
  if (binding.kind === "ask") return false;
  if (approval !== null) return approval === "none";
  return binding.kind === "mock" || binding.kind === "page";
}

/** Whether the tool keeps state between the calls of a branch. */
export function isStateful(binding: ToolBinding): boolean {
  if (binding.kind === "javascript") return binding.isStateful;
  return binding.kind === "page" && STATEFUL_BUILT_INS.has(binding.name);
}

const STATEFUL_BUILT_INS: ReadonlySet<string> = new Set(["todo", "calendar", "random"]);
