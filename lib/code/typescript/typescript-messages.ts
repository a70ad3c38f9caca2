import { below, type Code, NOTHING } from "@/lib/code/code";
import { typescript } from "@/lib/code/languages";
import { LIBRARIES } from "@/lib/code/library";
import { bodyOf, keySourceOf, offeredTools, type SentRequest, splitAddress } from "@/lib/code/sent-request";

import {
  TYPESCRIPT_RUN_PARSED,
  typescriptHead,
  typescriptKey,
  typescriptLoop,
  typescriptTools,
  unlessEmpty,
} from "./typescript-parts";

/** The request as a program in TypeScript with Anthropic's library; null where the library cannot send it. */
export function typescriptMessages(sent: SentRequest, vitrine: string): Code | null {
  const body = bodyOf(sent);
  const address = splitAddress(sent.url, /\/v1\/messages$/);
  if (body === null || address === null || !("messages" in body && "model" in body)) return null;
  const { messages, stream, ...rest } = body;
  const tools = offeredTools(body);
  const isStreamed = stream === true;
  const hasTools = tools.length > 0;
  return below(
    [
      typescript`
        ${typescriptHead(LIBRARIES.anthropicNode, vitrine)}
        import Anthropic from "@anthropic-ai/sdk";`,
      typescript`
        ${typescriptKey(keySourceOf(sent))}
        const client = new Anthropic({
          baseURL: ${address.base},
          apiKey,
          ${unlessEmpty("defaultQuery", address.query)}
        });`,
      typescriptTools(tools),
      hasTools ? TYPESCRIPT_RUN_PARSED : NOTHING,
      typescript`const messages: unknown[] = ${messages ?? []};`,
      // Servers add fields of their own to Anthropic's, which its types do not have.
      typescript`const request: object = ${isStreamed || stream === undefined ? rest : { ...rest, stream }};`,
      typescriptLoop(
        hasTools,
        typescript`
          const params = { ...request, messages } as unknown as Anthropic.MessageCreateParamsNonStreaming;
          ${isStreamed ? STREAMED : WHOLE}`,
        AFTER,
      ),
    ],
    1,
  );
}

/** The answer goes back with its signed thoughts, and all results stand in the next message. */
const AFTER = typescript`
  const calls = message.content.filter((block) => block.type === "tool_use");
  if (calls.length === 0) break;
  messages.push({ role: "assistant", content: message.content });
  const results: unknown[] = [];
  for (const call of calls) {
    const content = await run(call.name, call.input as Arguments);
    results.push({ type: "tool_result", tool_use_id: call.id, content });
  }
  messages.push({ role: "user", content: results });`;

const STREAMED = typescript`
  const stream = client.messages.stream(params);
  stream.on("text", (text) => process.stdout.write(text));
  stream.on("thinking", (thought) => process.stderr.write(thought));
  const message = await stream.finalMessage();
  process.stdout.write("\\n");`;

const WHOLE = typescript`
  const message = await client.messages.create(params);
  for (const block of message.content) if (block.type === "text") console.log(block.text);`;
