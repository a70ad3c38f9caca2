import { below, type Code, NOTHING } from "@/lib/code/code";
import { typescript } from "@/lib/code/languages";
import { bodyOf, offeredTools, type SentRequest, splitAddress } from "@/lib/code/sent-request";
import type { ChatQuirks } from "@/lib/providers/provider";

import { TYPESCRIPT_RUN, typescriptLoop, typescriptOpenAi, typescriptTools } from "./typescript-parts";

/** The request as a program in TypeScript with OpenAI's library; null where the library cannot send it. */
export function typescriptChat(sent: SentRequest, quirks: ChatQuirks, vitrine: string): Code | null {
  const body = bodyOf(sent);
  const address = splitAddress(sent.url, /\/chat\/completions$/);
  if (body === null || address === null || !("messages" in body)) return null;
  const { messages, ...rest } = body;
  const tools = offeredTools(body);
  const isStreamed = body["stream"] === true;
  const hasTools = tools.length > 0;
  const type = isStreamed
    ? typescript`ChatCompletionCreateParamsStreaming`
    : typescript`ChatCompletionCreateParamsNonStreaming`;
  return below(
    [
      ...typescriptOpenAi(sent, address, vitrine),
      typescriptTools(tools),
      hasTools ? TYPESCRIPT_RUN : NOTHING,
      typescript`const messages: unknown[] = ${messages ?? []};`,
      // Servers add fields of their own to OpenAI's, which its types do not have.
      typescript`const request: object = ${rest};`,
      typescriptLoop(
        hasTools,
        typescript`
          const answer = await client.chat.completions.create({
            ...request,
            messages,
          } as unknown as OpenAI.${type});
          ${isStreamed ? streamed(hasTools, quirks) : WHOLE}`,
        AFTER,
      ),
    ],
    1,
  );
}

/** The answer goes back as the model gave it, with one result for each of its calls. */
const AFTER = typescript`
  if (!message.tool_calls?.length) break;
  messages.push(message);
  for (const call of message.tool_calls) {
    if (call.type !== "function") continue;
    const content = await run(call.function.name, call.function.arguments);
    messages.push({ role: "tool", tool_call_id: call.id, content });
  }`;

const WHOLE = typescript`
  const message = answer.choices[0]!.message;
  console.log(message.content ?? "");`;

function streamed(hasTools: boolean, { reasoningEcho, echoEmptyReasoning }: ChatQuirks): Code {
  const read = typescript`
    const delta: Delta = choice.delta;
    const thought = delta.reasoning_content ?? delta.reasoning ?? "";
    process.stderr.write(thought);
    process.stdout.write(delta.content ?? "");`;
  const details = reasoningEcho === "reasoning_details";
  const type = typescript`
    // OpenAI's types have no field for reasoning.
    type Delta = OpenAI.ChatCompletionChunk.Choice.Delta & {
      reasoning_content?: string | null;
      reasoning?: string | null;
      ${details ? typescript`reasoning_details?: unknown[] | null;` : NOTHING}
    };`;
  if (!hasTools) {
    return typescript`
      ${type}
      for await (const chunk of answer) {
        for (const choice of chunk.choices ?? []) {
          ${read}
        }
      }
      process.stdout.write("\\n");`;
  }
  const field = details ? "reasoning" : reasoningEcho;
  return typescript`
    ${type}
    type Call = { id: string; type: "function"; function: { name: string; arguments: string } };
    let text = "";
    ${field === null ? NOTHING : typescript`let thoughts = "";`}
    ${details ? typescript`const details: unknown[] = [];` : NOTHING}
    const calls: Call[] = [];
    for await (const chunk of answer) {
      for (const choice of chunk.choices ?? []) {
        ${read}
        text += delta.content ?? "";
        ${field === null ? NOTHING : typescript`thoughts += thought;`}
        ${details ? typescript`details.push(...(delta.reasoning_details ?? []));` : NOTHING}
        for (const { index, id, function: piece, ...others } of delta.tool_calls ?? []) {
          // What the library has no name for, such as a signature, goes back too.
          const call = (calls[index] ??= { ...others, id: "", type: "function", function: { name: "", arguments: "" } });
          call.id = id || call.id;
          call.function.name += piece?.name ?? "";
          call.function.arguments += piece?.arguments ?? "";
        }
      }
    }
    process.stdout.write("\\n");
    const message = {
      role: "assistant",
      content: text || null,
      ${
        field === null
          ? NOTHING
          : echoEmptyReasoning === true
            ? typescript`...(thoughts || calls.length ? ${{ [field]: typescript`thoughts` }} : {}),`
            : typescript`...(thoughts ? ${{ [field]: typescript`thoughts` }} : {}),`
      }
      ${details ? typescript`...(details.length ? { reasoning_details: details } : {}),` : NOTHING}
      ...(calls.length ? { tool_calls: calls.filter(Boolean) } : {}),
    };`;
}
