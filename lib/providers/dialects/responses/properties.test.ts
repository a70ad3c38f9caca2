/** What holds for every stream of the Responses API, not only for those that were seen. */
import * as fc from "fast-check";
import { expect, it } from "vitest";

import {
  added,
  call,
  callItem,
  completed,
  CREATED,
  delta,
  done,
  foldResponse,
  incomplete,
  message,
  messageItem,
  readResponsesBytes,
  reasoning,
  reasoningItem,
  responsesSse,
} from "@/lib/providers/__fixtures__/fold-responses";
import {
  type BriefPart,
  brief,
  briefParts,
  foldEvents,
  shownLength,
} from "@/lib/providers/__fixtures__/fold-wire";
import type { TimedEvent } from "@/lib/stream/turn/event";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import type { Step } from "@/lib/stream/turn/turn";

const words = fc.oneof(
  fc.constantFrom(" ", "\n", "Olá", "🙂", "\r\n", "data: "),
  fc.string({ maxLength: 5 }),
);
const pieces = fc.array(words, { minLength: 1, maxLength: 3 });

/** One item: its events at an output index, the item as the end sends it, and the part it must end in. */
type KnownItem = {
  readonly events: (outputIndex: number) => readonly JsonObject[];
  readonly item: (outputIndex: number) => JsonObject;
  readonly part: (outputIndex: number) => BriefPart | null;
};

const knownItem: fc.Arbitrary<KnownItem> = fc.oneof(
  pieces.map((texts): KnownItem => {
    const text = texts.join("");
    return {
      events: (outputIndex) => message(outputIndex, ...texts),
      item: (outputIndex) => messageItem(`msg_${String(outputIndex)}`, text),
      part: () => (text === "" ? null : ["text", text]),
    };
  }),
  fc.array(fc.string({ minLength: 1, maxLength: 5 }), { maxLength: 3 }).map((summaries): KnownItem => ({
    events: (outputIndex) => reasoning(outputIndex, summaries, "e"),
    item: (outputIndex) => reasoningItem(`rs_${String(outputIndex)}`, summaries, "e"),
    part: () => ["reasoning", summaries.join("\n\n")],
  })),
  fc
    .array(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 })
    .map((values): KnownItem => {
      const input = JSON.stringify({ values });
      return {
        events: (outputIndex) =>
          call(outputIndex, String(outputIndex), "f", input.slice(0, 4), input.slice(4)),
        item: (outputIndex) => callItem(String(outputIndex), "f", input),
        part: (outputIndex) => ["call", `call_${String(outputIndex)}`, "f", input, "awaiting-result"],
      };
    }),
);
const answers = fc.array(knownItem, { maxLength: 5 });

function partsOf(items: readonly KnownItem[]): readonly BriefPart[] {
  return items.map(({ part }, outputIndex) => part(outputIndex)).filter((part) => part !== null);
}

function eventsOf(items: readonly KnownItem[]): readonly JsonObject[] {
  return items.flatMap(({ events }, outputIndex) => events(outputIndex));
}

/** All items announced first, then their events in turns as `order` says; each item keeps its own order. */
function interleave(items: readonly KnownItem[], order: readonly number[]): readonly JsonObject[] {
  const queues = items.map(({ events }, outputIndex) => [...events(outputIndex)]);
  const mixed: JsonObject[] = queues.flatMap((queue) => queue.splice(0, 1));
  for (const choice of order) {
    const open = queues.filter((queue) => queue.length > 0);
    mixed.push(...(open[choice % (open.length || 1)]?.splice(0, 1) ?? []));
  }
  return [...mixed, ...queues.flat()];
}

function wholeOf(items: readonly KnownItem[]): JsonObject {
  return completed({ output: items.map(({ item }, outputIndex) => item(outputIndex)) });
}

/** Anything a server might send, sense or not. */
const anything = fc.oneof(
  fc
    .tuple(knownItem, fc.nat(3), fc.infiniteStream(fc.nat()))
    .map(
      ([{ events }, outputIndex, choices]) =>
        events(outputIndex)[choices.next().value % events(outputIndex).length] ?? CREATED,
    ),
  fc
    .record(
      {
        type: fc.constantFrom(
          "response.output_text.delta",
          "response.output_text.done",
          "response.reasoning_text.delta",
          "response.function_call_arguments.delta",
          "response.output_text.annotation.added",
        ),
        item_id: fc.constantFrom("msg_0", "rs_1", "fc_2", "", null, "__proto__"),
        output_index: fc.constantFrom(0, 1, -1, null, "x"),
        content_index: fc.constantFrom(0, 1, 1.5, null),
        delta: words,
        text: words,
        annotation: fc.constantFrom(null, { url: "u" }, 3),
      },
      { requiredKeys: ["type"] },
    )
    .map((event): JsonObject => event),
  fc.constantFrom<JsonObject | string>(
    CREATED,
    completed(),
    incomplete("max_output_tokens"),
    ": ping\n\n",
    "data: {oops\n\n",
    "event: ping\ndata: {}\n\n",
    "data: [DONE]\n\n",
    "\uFEFF",
    { type: "error", message: "no" },
    { type: "response.failed", response: { error: null } },
    { type: "response.output_item.added", item: [] },
    added(0, { type: "web_search_call", id: "ws" }),
    done(1, { type: "reasoning", summary: [null, { text: 3 }], content: "x", encrypted_content: "e" }),
    done(0, {
      type: "message",
      id: "msg_0",
      content: [{ type: "output_text", text: "Ho", annotations: [1] }],
    }),
    delta("function_call_arguments", "fc_0", "{"),
    completed({ output: [null, { type: "function_call", name: "f" }], usage: { input_tokens: -1 } }),
    completed({ usage: { input_tokens: 1, cost: 0.0012 } }),
    { type: "response.in_progress", response: { usage: { cost: "x", cost_in_usd_ticks: 2_279_400 } } },
  ),
);

function read(text: string, size?: number): readonly TimedEvent[] {
  return readResponsesBytes(new TextEncoder().encode(text), size === undefined ? {} : { size });
}

function fold(text: string): Step {
  return foldEvents(read(text));
}

it("the reader makes the same step of any split of the bytes", () => {
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 8 }), fc.integer({ min: 1, max: 60 }), (events, size) => {
      const text = responsesSse(...events);
      const step = (reads?: number): Step =>
        foldEvents(read(text, reads).map(({ event }) => ({ at: 0, event })));
      expect(step(size)).toEqual(step());
    }),
  );
});

it("the reader folds every prefix of the events without throwing, to an ended step that shows no less than a shorter one", () => {
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 6 }), (events) => {
      let shown = 0;
      for (let count = 0; count <= events.length; count += 1) {
        const step = fold(responsesSse(...events.slice(0, count)));
        expect(["done", "truncated", "failed"]).toContain(step.status.state);
        expect(shownLength(step)).toBeGreaterThanOrEqual(shown);
        shown = shownLength(step);
      }
    }),
  );
});

const join = (parts: readonly BriefPart[]): string =>
  parts.map((part) => (part.length === 2 ? part.join() : `${part[1] ?? ""} ${part[3]}`)).join("|");

it("an answer cut at any byte keeps what was received, and is truncated unless it was complete", () => {
  fc.assert(
    fc.property(answers, fc.nat(4000), (items, at) => {
      const bytes = new TextEncoder().encode(responsesSse(CREATED, ...eventsOf(items), wholeOf(items)));
      const step = foldEvents(readResponsesBytes(bytes.subarray(0, at)));
      expect(join(partsOf(items)).startsWith(join(briefParts(step)))).toBe(true);
      // A whole last event counts without its blank line.
      if (at < bytes.length - 2) expect(["truncated", "failed"]).toContain(step.status.state);
      else expect(step.status.state).toBe("done");
    }),
  );
});

it("the reader loses and doubles no text and keeps the order of parts, however often they are sent", () => {
  fc.assert(
    fc.property(answers, fc.boolean(), (items, hasWholeEnd) => {
      const end = hasWholeEnd ? wholeOf(items) : completed();
      const step = fold(responsesSse(CREATED, ...eventsOf(items), end));
      expect(briefParts(step)).toEqual(partsOf(items));
      expect(step.warnings.filter(({ code }) => code !== "empty-answer")).toEqual([]);
    }),
  );
});

const sorted = (parts: readonly BriefPart[]): readonly string[] =>
  parts.map((part) => JSON.stringify(part)).toSorted();

it("the reader loses and doubles no text where items interleave", () => {
  fc.assert(
    fc.property(answers, fc.array(fc.nat(), { maxLength: 40 }), (items, order) => {
      const step = fold(responsesSse(CREATED, ...interleave(items, order), completed()));
      expect(sorted(briefParts(step))).toEqual(sorted(partsOf(items)));
    }),
  );
});

it("the reader makes the same parts of a whole body as of a stream", () => {
  fc.assert(
    fc.property(answers, (items) => {
      const output = items.map(({ item }, outputIndex) => item(outputIndex));
      expect(briefParts(foldResponse({ status: "completed", output }))).toEqual(partsOf(items));
    }),
  );
});

it("the reader treats LF, CR and CRLF alike", () => {
  fc.assert(
    fc.property(answers, fc.constantFrom("\r", "\r\n"), (items, line) => {
      const text = responsesSse(CREATED, ...eventsOf(items), wholeOf(items));
      expect(brief(fold(text.replaceAll("\n", line)))).toEqual(brief(fold(text)));
    }),
  );
});

it("the reader is unmoved by comments, unknown events, unknown fields and the order of keys", () => {
  const noise = fc.constantFrom<JsonObject | string>(
    ": keep-alive\n\n",
    { type: "response.later.delta", delta: "no", output_index: 0 },
    { type: "keepalive" },
  );
  fc.assert(
    fc.property(answers, fc.array(fc.tuple(fc.nat(30), noise), { maxLength: 6 }), (items, inserted) => {
      const events = [CREATED, ...eventsOf(items), wholeOf(items)];
      const noisy: (JsonObject | string)[] = events.map((event) => turnKeys({ ...event, later: { a: [1] } }));
      for (const [at, event] of inserted) noisy.splice(at % noisy.length, 0, event);
      expect(brief(fold(responsesSse(...noisy)))).toEqual(brief(fold(responsesSse(...events))));
    }),
  );
});

function turnKeys(value: JsonObject): JsonObject {
  const turn = (each: Json): Json => {
    if (isObject(each)) return turnKeys(each);
    return Array.isArray(each) ? each.map((item: Json) => turn(item)) : each;
  };
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, each]) => [key, turn(each)]),
  );
}

it("the reader balances its parts: each starts once, before all else of it, and the step ends once", () => {
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 12 }), (events) => {
      const started = new Set<string>();
      const timed = read(responsesSse(...events));
      for (const { event } of timed) {
        if (!("id" in event) || event.type === "response-start") continue;
        if (event.type.endsWith("-start")) expect(started.has(event.id)).toBe(false);
        if (/-start$|^(?:unknown-part|image)$/.test(event.type)) started.add(event.id);
        expect(started.has(event.id)).toBe(true);
      }
      expect(
        timed.filter(({ event }) => event.type === "step-end" || event.type === "step-fail"),
      ).toHaveLength(1);
    }),
  );
});
