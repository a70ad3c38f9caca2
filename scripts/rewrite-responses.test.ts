/**
 * Continues recorded first turns with our writer and compares with what was really sent: roles, order, ids,
 * names, parsed arguments and results, which a client does not choose.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";
import * as z from "zod";

import { recordedIn } from "@/cli/__fixtures__/recorded-in";
import type { RecordedExchange } from "@/cli/recording";
import { responsesInput } from "@/lib/providers/dialects/__fixtures__/responses-input";
import { openResponses } from "@/lib/providers/dialects/responses/reader";
import { writeResponses } from "@/lib/providers/dialects/responses/writer";
import { responsesQuirks } from "@/lib/providers/presets/responses-quirks";
import type { StreamEvent } from "@/lib/stream/turn/event";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";
import type { Turn } from "@/lib/stream/turn/turn";
import { openWire } from "@/lib/stream/wire/wire";

const RECORDINGS = path.resolve(import.meta.dirname, "../../shared/recordings");

const promptSchema = z.object({
  role: z.literal("user"),
  content: z.tuple([z.object({ text: z.string() })]),
});
const systemSchema = z.object({ role: z.enum(["system", "developer"]), content: z.string() });
const outputSchema = z.object({
  type: z.literal("function_call_output"),
  call_id: z.string(),
  output: z.string(),
});
const itemSchema = z.looseObject({ type: z.string().optional() });
const requestSchema = z.object({ model: z.string(), input: z.array(itemSchema) });
type Request = z.infer<typeof requestSchema>;
type Item = z.infer<typeof itemSchema>;

function only<T>(schema: z.ZodType<T>, items: readonly Item[]): readonly T[] {
  return items.flatMap((item) => {
    const parsed = schema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
}

function parse({ requestBody }: RecordedExchange): Request {
  return requestSchema.parse(JSON.parse(requestBody));
}

/** Calls with their arguments parsed. */
function comparable(items: readonly Item[]): readonly unknown[] {
  return items.map((item) =>
    item.type === "function_call"
      ? {
          ...item,
          arguments: z
            .string()
            .transform((text): unknown => JSON.parse(text))
            .parse(item["arguments"]),
        }
      : item,
  );
}

/** The first answer, its calls answered by the results of the second request. */
function foldFirst({ status, contentType, body }: RecordedExchange, { model, input }: Request): Turn {
  const head = { status, contentType, requestId: null, connectMs: null, headersMs: 0 };
  const wire = openWire({
    reader: openResponses({ quirks: responsesQuirks() }),
    head,
    isStreamed: contentType.startsWith("text/event-stream"),
  });
  const request = { provider: "openai", dialect: "responses", model, endpoint: null };
  let turn = fold(emptyTurn(), { at: 0, event: { type: "step-start", stepId: "step", request } });
  for (const event of [...wire.push(body, 0), ...wire.end(0)]) turn = fold(turn, event);
  for (const event of answers(turn, input)) turn = fold(turn, { at: 0, event });
  return turn;
}

function answers(turn: Turn, input: readonly Item[]): readonly StreamEvent[] {
  const byId = new Map(only(outputSchema, input).map((item) => [item.call_id, item.output]));
  return turn.steps.flatMap((step) =>
    step.parts.flatMap((part) => {
      const output = part.type === "tool-call" ? byId.get(part.callId ?? "") : undefined;
      if (output === undefined) return [];
      const result = { output, isError: false, origin: { by: "typed" } as const };
      return [{ type: "tool-result" as const, stepId: step.id, id: part.id, result }];
    }),
  );
}

function rewrite(first: RecordedExchange, request: Request): readonly Item[] {
  const [prompt] = only(promptSchema, request.input);
  const [system] = only(systemSchema, request.input);
  const history = [{ prompt: prompt?.content[0].text ?? "", turn: foldFirst(first, request) }];
  const lane = { model: request.model, system: system?.content ?? "" };
  return requestSchema.parse(writeResponses(responsesInput({ lane, history })).body).input;
}

/**
 * The client that was recorded sent no reasoning back, so that the model began to think anew. Ours sends it
 * where it came encrypted, and then the ids that tie it to its calls.
 */
function withoutReasoning(items: readonly Item[]): readonly Item[] {
  return items.filter((item) => item.type !== "reasoning").map(({ id: _ours, ...item }) => item);
}

const isSecond = (exchange: RecordedExchange | undefined): boolean =>
  exchange !== undefined && new URL(exchange.url).pathname.endsWith("/responses");
const files = existsSync(RECORDINGS) ? readdirSync(RECORDINGS, { recursive: true, encoding: "utf8" }) : [];
const pairs = files
  .filter((file) => file.endsWith(".yaml"))
  .toSorted()
  .flatMap((file) => {
    const [first, second] = recordedIn(readFileSync(path.join(RECORDINGS, file), "utf8"));
    return first !== undefined && second !== undefined && isSecond(second) ? [{ file, first, second }] : [];
  });
const THINKING = /^TestOpenAIResponsesWithSummaryThinking\//;

describe.skipIf(!existsSync(RECORDINGS))(
  "recorded second requests (skipped where ../shared/recordings is absent)",
  () => {
    it("finds them", () => expect(pairs.length).toBeGreaterThan(0));

    it.each(pairs.filter(({ file }) => !THINKING.test(file)))("$file is continued as it was", (pair) => {
      const request = parse(pair.second);
      expect(comparable(rewrite(pair.first, request))).toEqual(comparable(request.input));
    });

    it.each(pairs.filter(({ file }) => THINKING.test(file)))(
      "$file is continued as it was, and with its encrypted reasoning before its call",
      (pair) => {
        const request = parse(pair.second);
        const written = rewrite(pair.first, request);
        expect(comparable(withoutReasoning(written))).toEqual(comparable(request.input));
        expect(written.slice(2).map(({ type }) => type)).toEqual([
          "reasoning",
          "function_call",
          "function_call_output",
        ]);
        expect(written[2]).toMatchObject({
          id: expect.stringMatching(/^rs_/),
          encrypted_content: expect.stringMatching(/./),
        });
        expect(written[3]).toMatchObject({ id: expect.stringMatching(/^fc_/) });
      },
    );
  },
);
