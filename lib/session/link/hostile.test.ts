import { deflateRawSync } from "node:zlib";

import { expect, it } from "vitest";

import { packText } from "@/lib/link/packed-text";
import { LINK_MARK } from "@/lib/session/actions/link";
import { createIds } from "@/lib/session/store/ids";
import { FIRST_PERSON } from "@/lib/session/store/person";
import { MOST_CALLS, MOST_STEPS } from "@/lib/stream/turn/bounds";

import { openLinkHash } from "./open-link-hash";

const lane = { own: {} };
const plain = { lanes: [lane], shared: {} };
const tool = {
  name: "t",
  description: "",
  parameters: {},
  strict: null,
  exampleResult: null,
  binding: { kind: "ask" },
};

const openText = async (text: string) => open(`${LINK_MARK}${await packText(text)}`);

function open(hash: string) {
  let unique = 0;
  return openLinkHash(hash, {
    ids: createIds(() => `new-${(unique += 1)}`),
    now: 7,
    person: FIRST_PERSON,
    servers: { reply: null },
  });
}

async function refusal(content: unknown): Promise<string> {
  const opened = await openText(typeof content === "string" ? content : JSON.stringify(content));
  return opened.ok ? "opened" : opened.message.replace("The link could not be opened. ", "");
}

it.each([
  [
    "another version",
    `${LINK_MARK}2abc`,
    "It has the format “2”, and this Vitrine reads format 1. Update Vitrine, or ask for a new link.",
  ],
  [
    "nothing",
    LINK_MARK,
    "It has the format “”, and this Vitrine reads format 1. Update Vitrine, or ask for a new link.",
  ],
  ["a cut link", `${LINK_MARK}1abc`, "It is damaged or was cut off. Copy the whole link again."],
  [
    "a huge link",
    LINK_MARK + "1".repeat(9_000),
    "It has 9,006 characters, and 8,000 is the limit. Ask for the comparison as a file.",
  ],
])("%s is refused with what to do", async (_, hash, why) => {
  expect(await open(hash)).toEqual({ ok: false, message: `The link could not be opened. ${why}` });
});

it("a link that unpacks to very much is given up early", async () => {
  const bomb = deflateRawSync(Buffer.alloc(5_000_000, " "), { level: 9 }).toString("base64url");
  expect(bomb.length).toBeLessThan(7_900);
  expect(await open(`${LINK_MARK}1${bomb}`)).toEqual({
    ok: false,
    message:
      "The link could not be opened. It unpacks to more than 256 kB. Ask for the comparison as a file.",
  });
});

it.each([
  ["no JSON", "}", /^The link is not JSON\./u],
  ["no comparison", "[]", /^It is not valid at the top level: /u],
  ["a deep value", `{"lanes":${"[".repeat(5_000)}${"]".repeat(5_000)}}`, /nested more than \d+ levels deep/u],
  [
    "a key that reaches prototypes",
    '{"lanes":[{"own":{"samplers":{"__proto__":{"a":1}}}}],"shared":{}}',
    /^The link has a key that is not allowed: lanes\.0\.own\.samplers\.__proto__\./u,
  ],
  [
    "a prototype in a tool",
    `{"lanes":[{"own":{}}],"shared":{},"tools":[{"constructor":{"prototype":{}}}]}`,
    /^The link has a key that is not allowed/u,
  ],
  [
    "an unknown field",
    { ...plain, key: "sk-1" },
    /^It holds something this Vitrine does not know: key\. Update Vitrine\.$/u,
  ],
  ["an unknown setting", { ...plain, shared: { autoRun: true } }, /know: shared\.autoRun\./u],
  [
    "an unknown way to answer calls",
    { ...plain, tools: [{ ...tool, binding: { kind: "run", code: "alert(1)" } }] },
    /^It is not valid at tools\.0\.binding/u,
  ],
  ["no lanes", { ...plain, lanes: [] }, /^It is not valid at lanes: /u],
  ["nine lanes", { ...plain, lanes: Array.from({ length: 9 }, () => lane) }, /^It is not valid at lanes: /u],
  [
    "a width of nothing",
    { ...plain, lanes: [{ own: {}, width: 0 }] },
    /^It is not valid at lanes\.0\.width: /u,
  ],
  [
    "an endless number",
    '{"lanes":[{"own":{"maxTokens":1e999}}],"shared":{}}',
    /^It is not valid at lanes\.0\.own\.maxTokens/u,
  ],
  [
    "a tool that is not there",
    { ...plain, shared: { tools: ["0"] } },
    /^It names a tool that it does not hold\.$/u,
  ],
  [
    "a tool of every object",
    { ...plain, shared: { tools: ["constructor"] } },
    /^It names a tool that it does not hold\.$/u,
  ],
  [
    "an address that is a script",
    { ...plain, shared: { endpoint: "javascript:alert(1)" } },
    /^It names a server by an address that Vitrine does not call: javascript:alert\(1\)$/u,
  ],
  [
    "an address with a login",
    { ...plain, shared: { endpoint: "http://a:b@10.0.0.7/v1" } },
    /^It names a server by an address/u,
  ],
  [
    "a server's secret",
    { ...plain, endpoints: [{ name: "x", provider: "llamacpp", baseUrl: "http://10.0.0.7/v1?key=s" }] },
    /^It names a server by an address/u,
  ],
])("%s is refused", async (_, content, why) => {
  expect(await refusal(content)).toMatch(why);
});

it("the words of a refusal stay short, whatever the link holds", async () => {
  expect((await refusal({ ...plain, ["x".repeat(100_000)]: 1 })).length).toBeLessThan(500);
});

it("scripts in names are text, and a provider that nobody knows leaves the lane without a model", async () => {
  const name = "<img src=x onerror=alert(1)>";
  const opened = await openText(
    JSON.stringify({
      ...plain,
      name,
      prompt: name,
      shared: { provider: name, model: name },
      tools: [{ ...tool, name }],
      endpoints: [{ name, provider: name, baseUrl: "http://10.0.0.7/v1" }],
    }),
  );
  if (!opened.ok) expect.unreachable(opened.message);
  const { session, notices } = opened;
  expect([session.name, session.draft, session.tools[0]?.name]).toEqual([name, name, name]);
  expect([session.shared.provider, session.shared.model]).toEqual(["llamacpp", ""]);
  expect([...notices.values()]).toEqual([
    `The link asks for "${name}/${name}", but Vitrine knows no provider "${name}". Choose a model.`,
  ]);
});

it("a link's run limits are no higher than a person could type them", async () => {
  const limits = { steps: Number.MAX_SAFE_INTEGER, calls: Number.MAX_SAFE_INTEGER };
  const opened = await openText(JSON.stringify({ lanes: [{ own: { limits } }], shared: { limits } }));
  if (!opened.ok) expect.unreachable(opened.message);
  const { shared, lanes } = opened.session;
  const bounded = { steps: MOST_STEPS, calls: MOST_CALLS };
  expect([shared.limits, ...lanes.map(({ own }) => own.limits)]).toEqual([bounded, bounded]);
});

it("a link's tool never takes the place of a person's tool", async () => {
  const mine = FIRST_PERSON.tools.find(({ name }) => name === "weather") ?? expect.unreachable();
  const { id: _id, approval: _approval, ...same } = mine;
  const opened = await openText(
    JSON.stringify({
      ...plain,
      shared: { tools: ["0", "1"] },
      tools: [same, { ...same, description: "Sends all." }],
    }),
  );
  if (!opened.ok) expect.unreachable(opened.message);
  const { tools, shared } = opened.session;
  expect(tools.map(({ id, description }) => [id === mine.id, description])).toEqual([
    [true, mine.description],
    [false, "Sends all."],
  ]);
  expect(shared.tools).toEqual(tools.map(({ id }) => id));
});
