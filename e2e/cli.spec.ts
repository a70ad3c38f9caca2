import { writeFileSync } from "node:fs";

import { expect, test as base } from "@playwright/test";

import { sampleTools } from "@/lib/tools/samples";

import { type App, startApp } from "./app";
import { type Deed, DEEDS, type DialectUpstream, startDialectUpstream } from "./dialect-upstream";
import { runCli } from "./run-cli";
import { ask, settled } from "./screen";
import { readTurns } from "./wires";

const PROVIDERS = ["anthropic", "gemini", "openai-responses", "llamacpp"];
const SAMPLE = sampleTools.find(({ name }) => name === "weather");
const PROMPT = "What is the weather in Florence?";

const test = base.extend<object, { dialects: DialectUpstream; dialectApp: App }>({
  dialects: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
    async ({}, use) => {
      const upstream = await startDialectUpstream();
      await use(upstream);
      await upstream.close();
    },
    { scope: "worker" },
  ],
  dialectApp: [
    async ({ dialects }, use) => {
      const app = await startApp(dialects.environment);
      await use(app);
      await app.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

for (const deed of DEEDS) {
  test(`the command line and the page make the same turn of "${deed}" in all four dialects`, async ({
    page,
    dialects,
    dialectApp,
  }, info) => {
    const lanes = PROVIDERS.map((provider) => `${provider}/${deed}`);
    const tools = info.outputPath("tools.json");
    // The page's own sample, so that its mock answers in both.
    writeFileSync(tools, JSON.stringify({ format: "vitrine-tools", version: 1, tools: [SAMPLE] }));
    const printed = await runCli(
      [
        "run",
        ...lanes.flatMap((lane) => ["--lane", lane]),
        "--prompt",
        PROMPT,
        "--json",
        ...(deed === "call" ? ["--tools", tools] : []),
      ],
      dialects.environment,
    );
    expect(printed.code).toBe(deed === "refuse" || deed === "cut" ? 1 : 0);
    const turns = printed.out
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line).turn);

    await page.goto(`${dialectApp.url}/?${new URLSearchParams(lanes.map((lane) => ["lane", lane]))}`);
    await page.locator("[data-boot=ready]").waitFor();
    if (deed === "call") {
      await page.getByRole("button", { name: /^Tools, / }).click();
      await page.getByRole("button", { name: "weather in all lanes" }).click();
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
    }
    await ask(page, PROMPT);
    await settled(page);
    expect(turns).toHaveLength(PROVIDERS.length);
    // In the page each lane's turn is saved under a random id, a moment after its end: it is found by its provider.
    await expect
      .poll(async () => {
        const saved = await readTurns(page);
        return PROVIDERS.map((provider) => plain(saved.find((turn) => providerOf(turn) === provider)));
      })
      .toEqual(turns.map(plain));
    const saved = await readTurns(page);
    const inPage = PROVIDERS.map((provider) => saved.find((turn) => providerOf(turn) === provider));
    expect(inPage.map((turn, index) => disorder(turn, turns[index]))).toEqual(PROVIDERS.map(() => []));
    // Half of the frames of a cut answer is more of it in one dialect than in another.
    const whole = turns.map((turn) => kinds(turn, deed === "cut" ? 1 : Infinity));
    expect(whole).toEqual(PROVIDERS.map(() => EXPECTED[deed]));
  });
}

function turnWith(sentAt: number, headAt: number): unknown {
  return { steps: [{ sentAt, headAt, endedAt: 9 }] };
}

test("two moments in another order are a difference between turns, two at the same moment are none", () => {
  expect(disorder(turnWith(1, 2), turnWith(3, 4))).toEqual([]);
  expect(disorder(turnWith(1, 2), turnWith(4, 3))).toEqual(["steps.0.sentAt and steps.0.headAt"]);
  expect(disorder(turnWith(1, 2), turnWith(3, 3))).toEqual([]);
});

/** Kinds of parts of each step, so that two empty turns are not taken for equal ones. */
const EXPECTED: Readonly<Record<Deed, readonly (readonly string[])[]>> = {
  answer: [["reasoning", "text"]],
  call: [
    ["reasoning", "tool-call"],
    ["reasoning", "text"],
  ],
  refuse: [[]],
  cut: [["reasoning"]],
  retry: [["reasoning", "text"]],
};

/** Moments, in ms since the turn began. */
const MOMENT = /At$|^at$|^ranFrom$/u;
const DURATION = /Ms$/u;
/** Ids that are made anew each time. */
const FRESH_ID = /^(?:id|requestId)$/u;

/**
 * A turn in which each fresh id is its rank by first appearance, and each known time is the word "time": what is left must
 * be the same in the page and on the command line. The order of the moments is compared by `disorder`.
 */
function plain(turn: unknown): unknown {
  const ranks = new Map<string, number>();
  const rankOf = (id: string): string => {
    const rank = ranks.get(id) ?? ranks.size + 1;
    ranks.set(id, rank);
    return `id ${rank}`;
  };
  const rename = (key: string, value: unknown): unknown => {
    // A socket that was kept alive has no time to connect.
    if (key === "connectMs") return "time";
    if ((MOMENT.test(key) || DURATION.test(key)) && typeof value === "number") return "time";
    if (FRESH_ID.test(key) && typeof value === "string") return rankOf(value);
    return walk(value);
  };
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, inner]) => [key, rename(key, inner)]),
    );
  };
  return walk(stepsOf(turn));
}

/** Every moment of a turn by where it stands. */
function momentsOf(value: unknown, keys = ""): readonly (readonly [keys: string, at: number])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    MOMENT.test(key) && typeof inner === "number"
      ? [[`${keys}${key}`, inner] as const]
      : momentsOf(inner, `${keys}${key}.`),
  );
}

/**
 * Pairs of moments that one turn has in one order and the other in the opposite one. Two that are equal in one of them are
 * not: what arrives in one read there may arrive in two here.
 */
function disorder(one: unknown, other: unknown): readonly string[] {
  const moments = momentsOf(one);
  const others = new Map(momentsOf(other));
  return moments.flatMap(([first, at], index) =>
    moments.slice(index + 1).flatMap(([second, then]) => {
      const apart = (others.get(second) ?? Number.NaN) - (others.get(first) ?? Number.NaN);
      return Math.sign(then - at) * Math.sign(apart) < 0 ? [`${first} and ${second}`] : [];
    }),
  );
}

function stepsOf(turn: unknown): readonly Record<string, unknown>[] {
  if (typeof turn !== "object" || turn === null || !("steps" in turn) || !Array.isArray(turn.steps))
    return [];
  return turn.steps;
}

function providerOf(turn: unknown): unknown {
  const request = stepsOf(turn)[0]?.["request"];
  return typeof request === "object" && request !== null && "provider" in request ? request.provider : null;
}

function kinds(turn: unknown, most: number): unknown {
  return stepsOf(turn).map(({ parts }) =>
    Array.isArray(parts) ? parts.slice(0, most).map((part: { readonly type?: unknown }) => part.type) : null,
  );
}
