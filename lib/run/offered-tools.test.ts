import { describe, expect, it } from "vitest";

import { plainSetup } from "@/lib/providers/plain-setup";
import type { LaneSetup } from "@/lib/providers/provider";
import { emptyTurn } from "@/lib/stream/turn/fold";
import { sampleTools } from "@/lib/tools/samples";
import type { ToolChoice } from "@/lib/tools/tool";

import { offeredTools } from "./offered-tools";
import { prepareStep } from "./prepare-step";

const named = sampleTools.filter(({ name }) => name === "weather" || name === "add");
const ENFORCED: ToolChoice = { kind: "named", name: "add", enforce: true };

/** What counts as offered, and what the request holds, both by name. */
function both(provider: string, model: string, rest: Partial<LaneSetup>) {
  const setup = {
    ...plainSetup({ provider, model }),
    tools: named.map(({ id }) => id),
    ...rest,
  };
  const history = [{ prompt: "Hi", turn: emptyTurn() }];
  const prepared = prepareStep({ setup, tools: named, history, reply: null, keyHeld: true });
  const sent = JSON.stringify(prepared.ok ? prepared.step.body["tools"] : null);
  const { tools } = offeredTools(setup, setup, named).sent;
  return {
    offered: named.filter(({ id }) => tools.includes(id)).map(({ name }) => name),
    sent: named.filter(({ name }) => sent.includes(`"name":"${name}"`)).map(({ name }) => name),
  };
}

describe("the tools that count as offered are those that the request holds", () => {
  it.each<[string, string, string, Partial<LaneSetup>, readonly string[]]>([
    ["where the model may choose", "llamacpp", "m", {}, ["weather", "add"]],
    [
      "where a choice is named",
      "llamacpp",
      "m",
      { toolChoice: { ...ENFORCED, enforce: false } },
      ["weather", "add"],
    ],
    ["where a named choice is enforced", "llamacpp", "m", { toolChoice: ENFORCED }, ["add"]],
    ["so in Responses", "openai-responses", "gpt-5", { toolChoice: ENFORCED }, ["add"]],
    ["so in Messages", "anthropic", "claude-sonnet-4-5", { toolChoice: ENFORCED }, ["add"]],
    ["so in Gemini", "gemini", "gemini-2.5-pro", { toolChoice: ENFORCED }, ["add"]],
    [
      "where the named tool is off",
      "llamacpp",
      "m",
      { toolChoice: { ...ENFORCED, name: "search" } },
      ["weather", "add"],
    ],
    ["where no choice can be forced", "zai", "glm-4.6", { toolChoice: ENFORCED }, ["weather", "add"]],
    [
      "while Claude thinks",
      "anthropic",
      "claude-sonnet-4-5",
      { toolChoice: ENFORCED, effort: "high" },
      ["add"],
    ],
    [
      "while a model thinks that can be forced only otherwise",
      "moonshot",
      "kimi-k2-thinking",
      { toolChoice: ENFORCED },
      ["weather", "add"],
    ],
  ])("%s (%s)", (_when, provider, model, rest, names) => {
    expect(both(provider, model, rest)).toEqual({ offered: names, sent: names });
  });
});

it("a lane that was told to call no tool still has its tools, and says which they are", () => {
  const setup: LaneSetup = {
    ...plainSetup({ provider: "zai", model: "glm-4.6" }),
    tools: ["sample-weather"],
    toolChoice: { kind: "none" },
  };
  expect(offeredTools(setup, { tools: [] }, named)).toEqual({
    sent: { tools: ["sample-weather"], toolChoice: { kind: "none" } },
    now: { tools: [] },
  });
});
