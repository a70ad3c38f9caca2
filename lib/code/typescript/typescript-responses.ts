import { below, type Code, NOTHING } from "@/lib/code/code";
import { typescript } from "@/lib/code/languages";
import { bodyOf, offeredTools, type SentRequest, splitAddress } from "@/lib/code/sent-request";

import { TYPESCRIPT_RUN, typescriptLoop, typescriptOpenAi, typescriptTools } from "./typescript-parts";

/** The request as a program in TypeScript with OpenAI's library; null where the library cannot send it. */
export function typescriptResponses(sent: SentRequest, vitrine: string): Code | null {
  const body = bodyOf(sent);
  const address = splitAddress(sent.url, /\/responses$/);
  if (body === null || address === null || !("input" in body)) return null;
  const { input, ...rest } = body;
  const tools = offeredTools(body);
  const isStreamed = body["stream"] === true;
  const hasTools = tools.length > 0;
  const type = isStreamed
    ? typescript`ResponseCreateParamsStreaming`
    : typescript`ResponseCreateParamsNonStreaming`;
  return below(
    [
      ...typescriptOpenAi(sent, address, vitrine),
      typescriptTools(tools),
      hasTools ? TYPESCRIPT_RUN : NOTHING,
      typescript`const items: unknown${typeof input === "string" ? NOTHING : typescript`[]`} = ${input ?? []};`,
      // Servers add fields of their own to OpenAI's, which its types do not have.
      typescript`const request: object = ${rest};`,
      typescriptLoop(
        hasTools,
        typescript`
          const answer = await client.responses.create({
            ...request,
            input: items,
          } as unknown as OpenAI.Responses.${type});
          ${isStreamed ? STREAMED : WHOLE}`,
        AFTER,
      ),
    ],
    1,
  );
}

/** The items go back as the server sent them, with one output for each of the calls among them. */
const AFTER = typescript`
  const calls = output.filter((item) => item.type === "function_call");
  if (calls.length === 0) break;
  items.push(...output);
  for (const call of calls) {
    const result = await run(call.name, call.arguments);
    items.push({ type: "function_call_output", call_id: call.call_id, output: result });
  }`;

const STREAMED = typescript`
  const output: OpenAI.Responses.ResponseOutputItem[] = [];
  for await (const event of answer) {
    if (event.type === "response.output_text.delta") process.stdout.write(event.delta);
    else if (event.type === "response.reasoning_text.delta") process.stderr.write(event.delta);
    else if (event.type === "response.reasoning_summary_text.delta") process.stderr.write(event.delta);
    else if (event.type === "response.output_item.done") output.push(event.item);
  }
  process.stdout.write("\\n");`;

const WHOLE = typescript`
  const { output } = answer;
  console.log(answer.output_text);`;
