import { below, type Code, nameOf, NOTHING } from "@/lib/code/code";
import { readGeminiRequest } from "@/lib/code/gemini-request";
import { typescript } from "@/lib/code/languages";
import { LIBRARIES, type Library } from "@/lib/code/library";
import {
  bodyOf,
  keySourceOf,
  type OfferedTool,
  offeredTools,
  type SentRequest,
  splitAddress,
} from "@/lib/code/sent-request";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isList } from "@/lib/stream/turn/json-read";

import { STEPS, typescriptFunctions, typescriptHead, typescriptKey, unlessEmpty } from "./typescript-parts";

/** What the AI SDK needs to send a request of one dialect. */
type Ways = {
  readonly library: Library;
  /** The function that makes the provider. */
  readonly create: string;
  /** Its options but for the key and `fetch`. */
  readonly options: Code;
  /** The option that holds the key. */
  readonly keyOption: string;
  /** The model, of `provider`. */
  readonly model: Code;
  /** The field of the body that grows from step to step. */
  readonly field: string;
  readonly isStreamed: boolean;
  /** Options of this provider for a call; nothing where it needs none. */
  readonly callOptions: Code;
};

/**
 * The request as a program in TypeScript with the AI SDK; null where that cannot send it. The SDK's own form of a
 * request cannot hold every field of every server, so the program gives it the tools and the loop, and the recorded
 * body in the place of the one that it would write.
 */
export function aiSdk(sent: SentRequest, vitrine: string): Code | null {
  const body = bodyOf(sent);
  const ways = body === null ? null : waysOf(sent, body);
  if (body === null || ways === null) return null;
  const { [ways.field]: items, ...rest } = body;
  if (!isList(items)) return null;
  const { library, create, isStreamed } = ways;
  const tools = offeredTools(body);
  const hasTools = tools.length > 0;
  const call = isStreamed ? typescript`streamText` : typescript`generateText`;
  const imports = typescript`
    import { ${hasTools ? typescript`isStepCount, jsonSchema, ${call}, tool` : call} } from "ai";`;
  return below(
    [
      typescript`
        ${typescriptHead(LIBRARIES.aiSdk, vitrine, [library])}
        import { ${nameOf(create)} } from ${library.name};
        ${imports}`,
      typescriptKey(keySourceOf(sent)),
      typescript`
        const request: object = ${rest};
        const items: unknown[] = ${items};`,
      typescript`
        // The SDK has its own form of a request, which has no place for some fields. So the one above is sent in the
        // place of the SDK's, and behind its items those of later steps as the SDK writes them.
        const provider = ${nameOf(create)}({
          ${ways.options}
          ${ways.keyOption === "apiKey" ? typescript`apiKey` : typescript`${nameOf(ways.keyOption)}: apiKey`},
          fetch: (url, init) => {
            const [, ...later] = JSON.parse(String(init?.body)).${nameOf(ways.field)};
            const body = JSON.stringify({ ...request, ${nameOf(ways.field)}: [...items, ...later] });
            return fetch(url, { ...init, body });
          },
        });`,
      hasTools ? toolsCode(tools) : NOTHING,
      typescript`
        const result = ${isStreamed ? call : typescript`await ${call}`}({
          model: ${ways.model},
          prompt: "The items above",
          ${ways.callOptions}
          ${hasTools ? typescript`tools,` : NOTHING}
          ${hasTools ? typescript`// The model may call tools in this many steps.` : NOTHING}
          ${hasTools ? typescript`stopWhen: isStepCount(${STEPS}),` : NOTHING}
        });
        ${isStreamed ? streamed(hasTools) : whole(hasTools)}`,
    ],
    1,
  );
}

function waysOf(sent: SentRequest, body: JsonObject): Ways | null {
  switch (sent.speech.dialect) {
    case "chat-completions":
      return chatWays(sent, body);
    case "responses":
      return responsesWays(sent, body);
    case "anthropic":
      return messagesWays(sent, body);
    case "gemini":
      return geminiWays(sent);
  }
}

function chatWays(sent: SentRequest, body: JsonObject): Ways | null {
  const address = splitAddress(sent.url, /\/chat\/completions$/);
  if (address === null) return null;
  return {
    library: LIBRARIES.aiSdkChat,
    create: "createOpenAICompatible",
    options: typescript`
      name: "server",
      baseURL: ${address.base},
      ${unlessEmpty("queryParams", address.query)}`,
    keyOption: "apiKey",
    model: typescript`provider(${modelOf(body)})`,
    field: "messages",
    isStreamed: body["stream"] === true,
    callOptions: NOTHING,
  };
}

function responsesWays(sent: SentRequest, body: JsonObject): Ways | null {
  const address = plainAddress(sent, /\/responses$/);
  if (address === null) return null;
  // Where the server keeps answers, the SDK sends their ids alone.
  const store = body["store"] === true;
  return {
    library: LIBRARIES.aiSdkResponses,
    create: "createOpenAI",
    options: typescript`baseURL: ${address},`,
    keyOption: "apiKey",
    model: typescript`provider.responses(${modelOf(body)})`,
    field: "input",
    isStreamed: body["stream"] === true,
    callOptions: typescript`providerOptions: ${{ openai: { store } }},`,
  };
}

function messagesWays(sent: SentRequest, body: JsonObject): Ways | null {
  const address = plainAddress(sent, /\/messages$/);
  if (address === null || !("model" in body)) return null;
  const keyOption = sent.provider?.auth.kind === "header" ? "apiKey" : "authToken";
  return {
    library: LIBRARIES.aiSdkMessages,
    create: "createAnthropic",
    options: typescript`baseURL: ${address},`,
    keyOption,
    model: typescript`provider(${modelOf(body)})`,
    field: "messages",
    isStreamed: body["stream"] === true,
    callOptions: NOTHING,
  };
}

function geminiWays(sent: SentRequest): Ways | null {
  const request = readGeminiRequest(sent);
  if (request === null) return null;
  return {
    library: LIBRARIES.aiSdkGemini,
    create: "createGoogle",
    options: typescript`baseURL: ${`${request.server}/${request.apiVersion}`},`,
    keyOption: "apiKey",
    model: typescript`provider(${request.model})`,
    field: "contents",
    isStreamed: request.isStreamed,
    callOptions: NOTHING,
  };
}

/** The address before `tail`; null where it ends otherwise, or has a query, which the SDK would leave out. */
function plainAddress({ url }: SentRequest, tail: RegExp): string | null {
  const address = splitAddress(url, tail);
  return address !== null && Object.keys(address.query).length === 0 ? address.base : null;
}

function modelOf({ model = "" }: JsonObject): Json {
  return typeof model === "string" ? model : "";
}

function toolsCode(tools: readonly OfferedTool[]): Code {
  const { functions, nameFor } = typescriptFunctions(tools);
  const entries = tools.map((each): readonly [string, Code] => [
    each.name,
    typescript`tool({ inputSchema, execute: ${nameFor(each)} })`,
  ]);
  return below(
    [
      functions,
      typescript`
        // The model reads descriptions and schemas in the request.
        const inputSchema = jsonSchema<Arguments>({ type: "object" });
        const tools = ${Object.fromEntries(entries)};`,
    ],
    1,
  );
}

/** A call of a tool that does not exist is answered by the SDK; one whose function fails ends the program. */
const FAILED_TOOL = typescript`else if (part.type === "tool-error" && !part.dynamic) throw part.error;`;

function streamed(hasTools: boolean): Code {
  return typescript`
    for await (const part of result.stream) {
      if (part.type === "text-delta") process.stdout.write(part.text);
      else if (part.type === "reasoning-delta") process.stderr.write(part.text);
      else if (part.type === "error") process.exitCode = 1;
      ${hasTools ? FAILED_TOOL : NOTHING}
    }
    process.stdout.write("\\n");`;
}

function whole(hasTools: boolean): Code {
  if (!hasTools) return typescript`console.log(result.text);`;
  return typescript`
    for (const part of result.steps.flatMap(({ content }) => content)) {
      if (part.type === "text") console.log(part.text);
      ${FAILED_TOOL}
    }`;
}
