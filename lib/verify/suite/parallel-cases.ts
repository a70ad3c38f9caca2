/** P: several calls for one question. */
import type { VerifyCase } from "@/lib/verify/case";

import { byArgument, call, calls, exactly, says, writeCase, writeTool } from "./build-case";
import { city, weatherTool } from "./case-tools";

const TWO_NUMBERS = { a: { type: "integer" }, b: { type: "integer" } };
const TWO_AND_THREE = { a: exactly(2), b: exactly(3) };
const CITIES = ["Lima", "Cairo", "Oslo", "Quito"];

/** The cases of the group "parallel". */
export const PARALLEL_CASES: readonly VerifyCase[] = [
  writeCase({
    id: "P1",
    group: "parallel",
    title: "add and multiply",
    system:
      "You are a helpful assistant. For every calculation use a tool: add and multiply are two tools, and you may call both at once.",
    prompt: "Add and multiply the numbers 2 and 3",
    tools: [
      writeTool({
        name: "add",
        description: "Adds two numbers.",
        properties: TWO_NUMBERS,
        answers: "5",
      }),
      writeTool({
        name: "multiply",
        description: "Multiplies two numbers.",
        properties: TWO_NUMBERS,
        answers: "6",
      }),
    ],
    modes: ["whole", "stream"],
    expects: [calls([call("add", TWO_AND_THREE), call("multiply", TWO_AND_THREE)]), says("5"), says("6")],
  }),
  writeCase({
    id: "P2",
    group: "parallel",
    title: "weather in four cities",
    prompt: "Compare the weather in Lima, Cairo, Oslo and Quito right now.",
    tools: [
      weatherTool(
        byArgument("location", {
          "lima*": "19 °C, fog",
          "cairo*": "24 °C, dry",
          "oslo*": "-3 °C, snow",
          "quito*": "14 °C, rain",
        }),
      ),
    ],
    expects: [
      calls(CITIES.map((name) => call("weather", { location: city(name) }))),
      says("24"),
      says("-3", "−3", "minus 3", "3 °C below", "3 degrees below"),
    ],
  }),
  writeCase({
    id: "P3",
    group: "parallel",
    title: "parallel calls turned off",
    prompt: "What's the weather in Lima and in Cairo?",
    tools: [weatherTool(byArgument("location", { "lima*": "19 °C, fog", "cairo*": "24 °C, dry" }))],
    ask: { parallelToolCalls: false },
    expects: [{ grader: "choice", choice: "one-per-step" }],
    exercised: [{ what: "reply" }, { what: "call" }],
  }),
  writeCase({
    id: "P4",
    group: "parallel",
    title: "ids of parallel calls",
    prompt: "What's the weather in Lima and in Cairo? Ask for both at once.",
    tools: [weatherTool()],
    expects: [{ grader: "wire", finish: "tool-calls", ids: true, usage: false }],
    exercised: [{ what: "calls-in-one-step", least: 2 }],
  }),
];
