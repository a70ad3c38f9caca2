/**
 * Continues recorded first turns with our writer and compares with what was really sent: roles, order, ids,
 * signatures, names, parsed arguments and results, which a client does not choose.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";
import * as z from "zod";

import { recordedIn } from "@/cli/__fixtures__/recorded-in";
import type { RecordedExchange } from "@/cli/recording";
import { setup } from "@/lib/providers/dialects/__fixtures__/history";
import { openAnthropic } from "@/lib/providers/dialects/anthropic/reader";
import { writeAnthropic } from "@/lib/providers/dialects/anthropic/writer";
import type { AnthropicQuirks } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import type { StreamEvent } from "@/lib/stream/turn/event";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";
import type { Turn } from "@/lib/stream/turn/turn";
import { openWire } from "@/lib/stream/wire/wire";

const RECORDINGS = path.resolve(import.meta.dirname, "../../shared/recordings");

/** Recordings whose second request we could not send, and why. */
const DIFFERENT: ReadonlyMap<string, string> = new Map([
  ["TestAnthropicComputerUse/claude-sonnet-4/computer_use.yaml", "the result is a picture; ours are text"],
  [
    "TestAnthropicComputerUse/claude-sonnet-4/computer_use_streaming.yaml",
    "the result is a picture; ours are text",
  ],
  ["TestBedrockCommon/bedrock-anthropic-claude-haiku-4-5/tool_streaming.yaml", "the first answer is binary"],
]);
const QUIRKS: AnthropicQuirks = {
  effortShape: "native",
  parallelToolCalls: true,
  rejects: [],
  extra: {},
  timings: null,
  requestShape: "native",
  signedThinking: true,
  defaultMaxTokens: 4000,
};

const block = z.looseObject({ type: z.string() });
const requestSchema = z.object({
  model: z.string().default("m"),
  messages: z.array(z.object({ role: z.string(), content: z.array(block) })),
});
const resultSchema = z.object({ tool_use_id: z.string(), content: z.array(z.object({ text: z.string() })) });
type Request = z.infer<typeof requestSchema>;

function parse({ requestBody }: RecordedExchange): Request {
  return requestSchema.parse(JSON.parse(requestBody));
}

/** The messages with results as text, which may also be written as a list of one text block. */
function comparable({ messages }: Request): unknown {
  return messages.map(({ role, content }) => ({
    role,
    content: content.map((item) => {
      if (item.type !== "tool_result" || typeof item["content"] === "string") return item;
      return { ...item, content: resultSchema.parse(item).content[0]?.text };
    }),
  }));
}

/** The first answer, its calls answered by the results of the second request. */
function foldFirst(
  { status, contentType, body }: RecordedExchange,
  model: string,
  results: Request["messages"],
): Turn {
  const head = { status, contentType, requestId: null, connectMs: null, headersMs: 0 };
  const wire = openWire({
    reader: openAnthropic(),
    head,
    isStreamed: contentType.startsWith("text/event-stream"),
  });
  const request = { provider: "anthropic", dialect: "anthropic", model, endpoint: null };
  let turn = fold(emptyTurn(), { at: 0, event: { type: "step-start", stepId: "step", request } });
  for (const event of [...wire.push(body, 0), ...wire.end(0)]) turn = fold(turn, event);
  for (const event of answers(turn, results)) turn = fold(turn, { at: 0, event });
  return turn;
}

function answers(turn: Turn, results: Request["messages"]): readonly StreamEvent[] {
  const given = results.flatMap(({ content }) => content).filter(({ type }) => type === "tool_result");
  const byId = new Map(given.map((item) => resultSchema.parse(item)).map((item) => [item.tool_use_id, item]));
  return turn.steps.flatMap((step) =>
    step.parts.flatMap((part) => {
      const output = part.type === "tool-call" ? byId.get(part.callId ?? "")?.content[0]?.text : undefined;
      if (output === undefined) return [];
      const result = { output, isError: false, origin: { by: "typed" } as const };
      return [{ type: "tool-result" as const, stepId: step.id, id: part.id, result }];
    }),
  );
}

function promptOf(request: Request): string {
  return z.object({ text: z.string() }).parse(request.messages[0]?.content[0]).text;
}

function rewrite(first: RecordedExchange, second: RecordedExchange): unknown {
  const provider = findProvider("anthropic");
  if (provider === null) throw new Error("no provider anthropic");
  const request = parse(second);
  const turn = foldFirst(first, request.model, request.messages);
  const { body } = writeAnthropic({
    provider,
    dialect: "anthropic",
    quirks: QUIRKS,
    setup: setup({ provider: provider.id, model: request.model }),
    tools: [],
    history: [{ prompt: promptOf(request), turn }],
  });
  return comparable(requestSchema.parse(body));
}

function isMessages({ url }: RecordedExchange): boolean {
  return /\/messages$|:(?:streamRawPredict|rawPredict)$|\/invoke/.test(new URL(url).pathname);
}

const files = existsSync(RECORDINGS) ? readdirSync(RECORDINGS, { recursive: true, encoding: "utf8" }) : [];
const pairs = files
  .filter((file) => file.endsWith(".yaml") && !DIFFERENT.has(file))
  .toSorted()
  .flatMap((file) => {
    const [first, second] = recordedIn(readFileSync(path.join(RECORDINGS, file), "utf8"));
    return first !== undefined && second !== undefined && isMessages(first) ? [{ file, first, second }] : [];
  });

describe.skipIf(!existsSync(RECORDINGS))(
  "recorded second requests (skipped where ../shared/recordings is absent)",
  () => {
    it("finds them", () => expect(pairs.length).toBeGreaterThan(0));

    it.each(pairs)("$file is continued as it was", ({ first, second }) => {
      expect(rewrite(first, second)).toEqual(comparable(parse(second)));
    });
  },
);
