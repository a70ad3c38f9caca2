import * as fc from "fast-check";
import { expect, it } from "vitest";

import { DIALECT_IDS } from "@/lib/providers/dialect-id";
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import { LINK_MARK } from "@/lib/session/actions/link";
import { emptySetup, firstSession } from "@/lib/session/store/first-session";
import { createIds, laneId, sessionId } from "@/lib/session/store/ids";
import { FIRST_PERSON } from "@/lib/session/store/person";
import type { Endpoint, Session } from "@/lib/session/store/session";
import { canonicalJson } from "@/lib/stream/turn/canonical-json";
import { sampleTools } from "@/lib/tools/samples";
import type { ToolBinding, ToolDefinition } from "@/lib/tools/tool";

import { LONG_LINK, LONGEST_LINK, LONGEST_PROMPT } from "./link-content";
import { openLinkHash } from "./open-link-hash";
import { writeLink } from "./write-link";

const ORIGIN = "http://127.0.0.1:3000";

type Parts = {
  readonly session: Session;
  readonly tools?: readonly ToolDefinition[];
  readonly prompt?: string;
  readonly images?: number;
};

const write = ({ session, tools = session.tools, prompt = session.draft, images = 0 }: Parts) =>
  writeLink({ session, tools, endpoints: session.endpoints, prompt, images }, ORIGIN);

async function open(url: string) {
  let unique = 0;
  const opened = await openLinkHash(url.slice(url.indexOf(LINK_MARK)), {
    ids: createIds(() => `new-${(unique += 1)}`),
    now: 7,
    person: FIRST_PERSON,
    servers: { reply: null },
  });
  return opened.ok ? opened : expect.unreachable(opened.message);
}

async function reopened(parts: Parts) {
  const link = await write(parts);
  return link.ok ? { link, ...(await open(link.url)) } : expect.unreachable(link.why);
}

const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.constantFrom("<script>alert(1)</script>", "constructor", "\u0000", "\u2028", "\uD83D"),
);
const json = fc.dictionary(
  fc.constantFrom("type", "temperature", "top_p", "a"),
  fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }), text, fc.constant(null)),
);
const endpoint: fc.Arbitrary<Endpoint> = fc.record({
  name: text,
  baseUrl: fc.constantFrom("http://10.0.0.7:8080/v1", "https://models.example/api?version=2"),
  provider: fc.constantFrom("llamacpp", "openai-compatible").filter((id) => findProvider(id) !== null),
});
const mockResult = fc.record({ output: text, isError: fc.boolean() });
const binding: fc.Arbitrary<ToolBinding> = fc.oneof(
  fc.constantFrom({ kind: "ask" as const }, { kind: "page" as const, name: "add" }),
  fc.record({
    kind: fc.constant("mock" as const),
    delayMs: fc.nat(9_000),
    mock: fc.oneof(
      fc.record({ by: fc.constant("fixed" as const), result: mockResult }),
      fc.record({
        by: fc.constant("arguments" as const),
        rules: fc.array(fc.record({ when: fc.oneof(fc.constant("*" as const), json), result: mockResult }), {
          maxLength: 3,
        }),
      }),
      fc.record({
        by: fc.constant("sequence" as const),
        results: fc.array(mockResult, { maxLength: 3 }),
        after: fc.constantFrom("last", "first", "ask"),
      }),
    ),
  }),
  fc.record({
    kind: fc.constant("javascript" as const),
    code: text,
    timeoutMs: fc.integer({ min: 1, max: 30_000 }),
    isStateful: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("http" as const),
    request: fc.record({
      method: fc.constantFrom("GET", "POST"),
      url: text,
      headers: fc.array(fc.record({ name: text, value: text }), { maxLength: 2 }),
      body: fc.option(text),
    }),
  }),
);
const tool: fc.Arbitrary<ToolDefinition> = fc.oneof(
  fc.constantFrom(...sampleTools),
  fc.record({
    id: fc.constantFrom("tool-a", "tool-b", "sample-weather-2"),
    name: text,
    description: text,
    parameters: json,
    strict: fc.constantFrom(null, true, false),
    exampleResult: fc.option(text),
    binding,
    approval: fc.constant(null),
    sharing: fc.constantFrom("shared", "each"),
  }),
);
const figure = fc.option(fc.integer({ min: 0, max: 100_000 }));
const setup = (tools: readonly string[]): fc.Arbitrary<LaneSetup> =>
  fc.record({
    provider: fc.constantFrom("llamacpp", "openai", "groq"),
    endpoint: fc.option(fc.constantFrom("http://10.0.0.7:8080/v1", "https://models.example/api?version=2")),
    dialect: fc.option(fc.constantFrom(...DIALECT_IDS)),
    model: text,
    system: text,
    effort: fc.option(text),
    thinkingTokens: figure,
    maxTokens: figure,
    samplers: json,
    tools: fc.subarray([...tools]),
    toolChoice: fc.oneof(
      fc.constantFrom({ kind: "auto" as const }, { kind: "none" as const }, { kind: "required" as const }),
      fc.record({ kind: fc.constant("named" as const), name: text, enforce: fc.boolean() }),
    ),
    parallelToolCalls: fc.constantFrom(null, true, false),
    thinkTags: fc.constantFrom(null, true, false),
    webSearch: fc.boolean(),
    responseSchema: fc.option(json),
    limits: fc.record({ steps: fc.integer({ min: 1, max: 99 }), calls: fc.integer({ min: 1, max: 99 }) }),
    bindings: tools.length === 0 ? fc.constant({}) : fc.dictionary(fc.constantFrom(...tools), binding),
    answeredBy: fc.constantFrom("tools", "person"),
  });
const session: fc.Arbitrary<Session> = fc
  // Equal tools are one, as in the person's list.
  .uniqueArray(tool, { comparator: (a, b) => a.id === b.id || a.name === b.name, maxLength: 4 })
  .chain((tools) => {
    const one = setup(tools.map(({ id }) => id));
    return fc.record({
      id: fc.constant(sessionId("session")),
      name: fc.string({ minLength: 1, maxLength: 60 }),
      createdAt: fc.constant(1),
      updatedAt: fc.constant(2),
      lanes: fc
        .array(fc.record({ own: partial(one), width: fc.constantFrom(1, 0.5, 1.75) }), {
          minLength: 1,
          maxLength: 8,
        })
        .map((lanes) => lanes.map((lane, index) => ({ id: laneId(`lane-${index}`), leaf: null, ...lane }))),
      shared: one,
      tools: fc.constant(tools),
      endpoints: fc.uniqueArray(endpoint, { selector: ({ baseUrl }) => baseUrl }),
      sequential: fc.boolean(),
      draft: text,
      draftImages: fc.constant([]),
    });
  });

function partial(one: fc.Arbitrary<LaneSetup>): fc.Arbitrary<Partial<LaneSetup>> {
  return fc
    .tuple(one, fc.subarray(Object.keys(emptySetup(null))))
    .map(([whole, keys]) => Object.fromEntries(Object.entries(whole).filter(([key]) => keys.includes(key))));
}

/** What a link carries of a session: its own ids do not matter, nor do tools and servers that no lane uses. */
function carried({ name, lanes, shared, tools, endpoints, sequential, draft }: Session) {
  const setups = [shared, ...lanes.map(({ own }) => own)];
  const contentOf = (id: string) => {
    const { id: _id, ...content } = tools.find((other) => other.id === id) ?? expect.unreachable(id);
    return content;
  };
  const named = (one: Partial<LaneSetup>) => ({
    ...one,
    ...(one.tools && { tools: one.tools.map(contentOf) }),
    ...(one.bindings && {
      bindings: new Map(
        Object.entries(one.bindings).map(([id, own]) => [canonicalJson(JSON.stringify(contentOf(id))), own]),
      ),
    }),
  });
  return {
    name,
    lanes: lanes.map(({ own, width }) => ({ own: named(own), width })),
    shared: named(shared),
    endpoints: endpoints.filter(({ baseUrl }) => setups.some((one) => one.endpoint === baseUrl)),
    sequential,
    draft,
  };
}

it("any setup is the same after it went through a link", async () => {
  await fc.assert(
    fc.asyncProperty(session, async (before) => {
      const { session: after, notices, message } = await reopened({ session: before });
      expect(carried(after)).toEqual(carried(before));
      expect(message).toBe("Opened from a link. Nothing runs until you press Run.");
      const foreign = before.lanes.filter(({ own }) => ({ ...before.shared, ...own }).endpoint !== null);
      expect(notices.size).toBe(foreign.length);
    }),
    { numRuns: 300 },
  );
}, 60_000);

const first = firstSession({
  id: sessionId("s"),
  lanes: [laneId("a"), laneId("b")],
  now: 1,
  found: { provider: "llamacpp", model: "smollm2-135m" },
});
const large: ToolDefinition = { ...(sampleTools[3] ?? expect.unreachable()), id: "big", name: "catalog" };

/** Text that cannot be compressed much. */
function noise(length: number): string {
  let seed = 7;
  return Array.from({ length }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return String.fromCharCode(33 + (seed % 90));
  }).join("");
}

it("the first comparison is a short link that uses the person's own tools", async () => {
  const { link, session: after } = await reopened({ session: first });
  expect(link.url.length).toBeLessThan(900);
  expect(link.message).toBe("Link copied. It carries the setup and the prompt, not answers or keys.");
  expect(after).toEqual({
    ...first,
    id: expect.anything(),
    name: "Linked comparison",
    createdAt: 7,
    updatedAt: 7,
    lanes: first.lanes.map((lane) => ({ ...lane, id: expect.anything() })),
  });
});

it("what does not fit is named where the link is copied and where it is opened", async () => {
  const tools = [{ ...large, description: noise(5_000) }, ...first.tools];
  const shared: LaneSetup = {
    ...first.shared,
    tools: tools.map(({ id }) => id),
    toolChoice: { kind: "named", name: "catalog", enforce: false },
  };
  const {
    link,
    session: after,
    message,
  } = await reopened({
    session: { ...first, shared, tools },
    prompt: "x".repeat(LONGEST_PROMPT + 1),
    images: 2,
  });
  const left =
    "the prompt, which is longer than 8,000 characters; 2 images; the tool “catalog”, which is too large.";
  expect(link.message).toContain(`Not in it: ${left}`);
  expect(message).toContain(`Not in the link: ${left}`);
  expect([after.draft, after.shared.toolChoice, after.shared.tools]).toEqual([
    "",
    { kind: "auto" },
    ["sample-weather"],
  ]);
});

it("a link that chat programs would cut says so, and one that is too long names its largest parts", async () => {
  const long = await reopened({ session: { ...first, shared: { ...first.shared, system: noise(2_500) } } });
  expect(long.link.url.length).toBeGreaterThan(LONG_LINK);
  expect(long.link.message).toMatch(
    /It has \d,\d{3} characters; chat programs cut links longer than 2,000\.$/u,
  );
  const lanes = first.lanes.map((lane, at) => (at === 1 ? { ...lane, own: { system: noise(9_000) } } : lane));
  const refused = await write({ session: { ...first, lanes }, prompt: "Hi" });
  expect(refused).toEqual({
    ok: false,
    why: expect.stringMatching(
      /^The link would have 1\d,\d{3} characters, and 8,000 is the limit\. Largest parts: the system prompt of lane 2 \(9,000 characters\), the tool “weather”/u,
    ),
  });
  expect(LONGEST_LINK).toBe(8_000);
});

it("secrets in an address never leave, wherever they came from", async () => {
  const baseUrl = "http://anna:passw0rd@10.0.0.7:8080/v1?api-key=canary";
  const { session: after } = await reopened({
    session: {
      ...first,
      shared: { ...first.shared, endpoint: baseUrl },
      endpoints: [
        { name: "Attic", baseUrl, provider: "llamacpp", asks: { login: true, query: ["api-key"] } },
      ],
    },
  });
  expect(after.shared.endpoint).toBe("http://10.0.0.7:8080/v1");
  expect(JSON.stringify(after)).not.toMatch(/anna|passw0rd|canary/u);
});
