import type {
  EasyInputMessage,
  ResponseCreateParamsBase,
  ResponseCustomToolCall,
  ResponseCustomToolCallOutput,
  ResponseFunctionToolCall,
  ResponseInputImage,
  ResponseInputItem,
  ResponseInputText,
  ResponseOutputMessage,
  ResponseOutputText,
  ResponseReasoningItem,
} from "openai/resources/responses/responses";
import type { Reasoning } from "openai/resources/shared";

import type { ExtraFields } from "@/lib/providers/provider";
import type { AsJson, JsonObject } from "@/lib/stream/turn/json";

/**
 * The body of a request in OpenAI's own types, which the writers of this folder are checked against, and what other
 * servers add to them. A key taken `& keyof` a type of the package is its own, with values that are wider or narrower.
 */
export type ResponsesBody = AsJson<Omit<ResponseCreateParamsBase, "input" | "reasoning" | Always>> &
  Required<AsJson<Pick<ResponseCreateParamsBase, Always>>> & {
    readonly [K in "input" & keyof ResponseCreateParamsBase]: readonly (ResponsesInputItem | KeptItem)[];
  } & ResponsesEffort &
  ExtraFields;

/** Written in every body. */
type Always = "model" | "store" | "stream";

/** The fields about thinking. */
export type ResponsesEffort = {
  readonly [K in "reasoning" & keyof ResponseCreateParamsBase]?: ResponsesReasoning;
} & {
  /** llama.cpp: tools/server/README.md of its repository. */
  readonly reasoning_budget_tokens?: number;
};

/** `effort` is a string, because each server has words of its own for it. */
export type ResponsesReasoning = AsJson<Omit<Reasoning, "effort">> & {
  readonly [K in "effort" & keyof Reasoning]?: string;
};

/** An item as the server sent it: it goes back unread, so no type is claimed for it. */
export type KeptItem = JsonObject;

/** An item of a kind that is written here. */
export type ResponsesInputItem =
  | ResponsesPrompt
  | AsJson<ResponseReasoningItem>
  | ResponsesMessage
  | ResponsesCall
  | ResponsesOutput;

/** The system prompt, or a prompt with its images. */
export type ResponsesPrompt = AsJson<Omit<EasyInputMessage, "content">> & {
  readonly [K in "content" & keyof EasyInputMessage]: string | readonly ResponsesPromptPart[];
};

export type ResponsesPromptPart = AsJson<ResponseInputText | ResponseInputImage>;

/**
 * A past answer, written anew. The package's type is of the item as it was received, with its id and status; the API and
 * llama.cpp take it without them. The phase is the server's own word.
 */
export type ResponsesMessage = AsJson<Pick<ResponseOutputMessage, "type" | "role">> & {
  readonly [K in "content" & keyof ResponseOutputMessage]: readonly AsJson<ResponseOutputText>[];
} & { readonly [K in "phase" & keyof ResponseOutputMessage]?: string };

/** A past call. What the built-in tools were asked is the model's, so it goes back as it is. */
export type ResponsesCall =
  | AsJson<ResponseFunctionToolCall>
  | AsJson<ResponseCustomToolCall>
  | (AsJson<Omit<ResponseInputItem.LocalShellCall, "action" | "id">> & {
      readonly [K in "action" & keyof ResponseInputItem.LocalShellCall]: JsonObject;
    } & Partial<AsJson<Pick<ResponseInputItem.LocalShellCall, "id">>>)
  | (AsJson<Omit<ResponseInputItem.ApplyPatchCall, "operation">> & {
      readonly [K in "operation" & keyof ResponseInputItem.ApplyPatchCall]: JsonObject;
    });

/** The result of a call. */
export type ResponsesOutput =
  | AsJson<ResponseInputItem.FunctionCallOutput>
  | AsJson<ResponseCustomToolCallOutput>
  // https://platform.openai.com/docs/api-reference/responses/create asks for `call_id` too, which the package leaves out.
  | (AsJson<ResponseInputItem.LocalShellCallOutput> & { readonly call_id: string })
  | AsJson<ResponseInputItem.ApplyPatchCallOutput>;
