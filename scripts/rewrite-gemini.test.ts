/**
 * Continues recorded first turns with our writer and compares with what was really sent: roles, order, signatures,
 * names, parsed arguments, results and the ids that the provider gave, which a client does not choose.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";
import * as z from "zod";

import { recordedIn } from "@/cli/__fixtures__/recorded-in";
import type { RecordedExchange } from "@/cli/recording";
import { GEMINI_QUIRKS, geminiInput } from "@/lib/providers/dialects/__fixtures__/gemini-input";
import { openGemini } from "@/lib/providers/dialects/gemini/reader";
import { writeGemini } from "@/lib/providers/dialects/gemini/writer";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";
import type { Step, Turn } from "@/lib/stream/turn/turn";
import { openWire } from "@/lib/stream/wire/wire";

const RECORDINGS = path.resolve(import.meta.dirname, "../../shared/recordings");

const part = z.strictObject({
  text: z.string().optional(),
  thoughtSignature: z.string().optional(),
  functionCall: z
    .strictObject({ id: z.string().optional(), name: z.string(), args: z.looseObject({}) })
    .optional(),
  functionResponse: z
    .strictObject({
      id: z.string().optional(),
      name: z.string(),
      response: z.strictObject({ result: z.string() }),
    })
    .optional(),
});
const requestSchema = z.object({
  contents: z.array(z.strictObject({ role: z.enum(["user", "model"]), parts: z.array(part) })),
});
type Contents = z.infer<typeof requestSchema>["contents"];

function recordedContents({ requestBody }: RecordedExchange): Contents {
  return requestSchema.parse(JSON.parse(requestBody)).contents;
}

function modelOf({ url }: RecordedExchange): string {
  return /\/models\/([^/:]+):/.exec(new URL(url).pathname)?.[1] ?? "";
}

/** The first answer, its calls answered by the results of the second request. */
function foldFirst(exchange: RecordedExchange, results: readonly string[]): Turn {
  const { status, contentType, body } = exchange;
  const head = { status, contentType, requestId: null, connectMs: null, headersMs: 0 };
  const isStreamed = contentType.startsWith("text/event-stream");
  const wire = openWire({ reader: openGemini(), head, isStreamed });
  const request: Step["request"] = {
    provider: "gemini",
    dialect: "gemini",
    model: modelOf(exchange),
    endpoint: null,
  };
  let turn = fold(emptyTurn(), { at: 0, event: { type: "step-start", stepId: "step", request } });
  for (const event of [...wire.push(body, 0), ...wire.end(0)]) turn = fold(turn, event);
  const calls = turn.steps.flatMap(({ parts }) => parts.filter(({ type }) => type === "tool-call"));
  for (const [index, { id }] of calls.entries()) {
    const result = { output: results[index] ?? "", isError: false, origin: { by: "typed" } as const };
    turn = fold(turn, { at: 0, event: { type: "tool-result", stepId: "step", id, result } });
  }
  return turn;
}

/** Ids that the provider did not give are the client's to choose: each is called by its number. */
function withNumberedIds(contents: Contents, given: ReadonlySet<string>): Contents {
  const chosen = new Map<string, string>();
  const number = (id: string): string => {
    if (given.has(id)) return id;
    const known = chosen.get(id) ?? `chosen ${String(chosen.size + 1)}`;
    chosen.set(id, known);
    return known;
  };
  return contents.map(({ role, parts }) => ({
    role,
    parts: parts.map((each) => {
      const id = each.functionCall?.id ?? each.functionResponse?.id;
      if (id === undefined) return each;
      const { functionCall, functionResponse, ...rest } = each;
      return {
        ...rest,
        ...(functionCall === undefined ? {} : { functionCall: { ...functionCall, id: number(id) } }),
        ...(functionResponse === undefined
          ? {}
          : { functionResponse: { ...functionResponse, id: number(id) } }),
      };
    }),
  }));
}

function rewrite(first: RecordedExchange, recorded: Contents, turn: Turn): Contents {
  const isVertex = new URL(first.url).hostname.endsWith("aiplatform.googleapis.com");
  const { body } = writeGemini(
    geminiInput({
      lane: { model: modelOf(first) },
      quirks: { ...GEMINI_QUIRKS, callIds: !isVertex },
      history: [{ prompt: recorded[0]?.parts[0]?.text ?? "", turn }],
    }),
  );
  return requestSchema.parse(body).contents;
}

const files = existsSync(RECORDINGS) ? readdirSync(RECORDINGS, { recursive: true, encoding: "utf8" }) : [];
const pairs = files
  .filter((file) => file.endsWith(".yaml"))
  .toSorted()
  .flatMap((file) => {
    const [first, second] = recordedIn(readFileSync(path.join(RECORDINGS, file), "utf8"));
    if (first === undefined || second === undefined) return [];
    return /:(?:streamGenerateContent|generateContent)$/.test(new URL(first.url).pathname)
      ? [{ file, first, second }]
      : [];
  });

describe.skipIf(!existsSync(RECORDINGS))(
  "recorded second requests (skipped where ../shared/recordings is absent)",
  () => {
    it("finds them", () => expect(pairs.length).toBeGreaterThan(0));

    it.each(pairs)("$file is continued as it was", ({ first, second }) => {
      const recorded = recordedContents(second);
      const results = recorded.flatMap(({ parts }) =>
        parts.flatMap(({ functionResponse }) => functionResponse?.response.result ?? []),
      );
      const turn = foldFirst(first, results);
      const given = new Set(
        turn.steps.flatMap(({ parts }) =>
          parts.flatMap((each) => (each.type === "tool-call" && each.callId !== null ? [each.callId] : [])),
        ),
      );
      expect(withNumberedIds(rewrite(first, recorded, turn), given)).toEqual(
        withNumberedIds(recorded, given),
      );
    });
  },
);
