/** S: one call of one tool. */
import type { VerifyCase } from "@/lib/verify/case";

import { call, calls, exactly, oneOf, says, writeCase, writeTool } from "./build-case";
import { city, currencyTool, weatherTool } from "./case-tools";
import { ORDER_TOOLS } from "./order-tools";

/** The cases of the group "single". */
export const SINGLE_CASES: readonly VerifyCase[] = [
  writeCase({
    id: "S1",
    group: "single",
    title: "weather in Florence",
    system: "You are a helpful assistant.",
    prompt: "What's the weather in Florence, Italy?",
    tools: [weatherTool("40 C")],
    modes: ["whole", "stream"],
    isPerEffort: true,
    expects: [calls([call("weather", { location: city("florence", "firenze") })]), says("40")],
  }),
  writeCase({
    id: "S2",
    group: "single",
    title: "one tool of four",
    prompt: "How much is 250 US dollars in Japanese yen?",
    tools: [
      weatherTool(),
      currencyTool(),
      writeTool({
        name: "search_flights",
        description: "Finds flights between two cities.",
        properties: { from: { type: "string" }, to: { type: "string" }, date: { type: "string" } },
      }),
      writeTool({
        name: "set_reminder",
        description: "Reminds the person of something at a time.",
        properties: { text: { type: "string" }, time: { type: "string" } },
      }),
    ],
    expects: [
      calls([call("convert_currency", { amount: exactly(250), from: oneOf("USD"), to: oneOf("JPY") })]),
    ],
  }),
  writeCase({
    id: "S3",
    group: "single",
    title: "one tool of 24 that are alike",
    prompt: "On which date will order 88213 be delivered?",
    tools: ORDER_TOOLS,
    expects: [calls([call("get_order_delivery_date", { order_id: oneOf("88213") })])],
  }),
  writeCase({
    id: "S4",
    group: "single",
    title: "a tool without parameters",
    prompt: "Which support tickets are open?",
    tools: [
      writeTool({ name: "list_open_tickets", description: "Lists all support tickets that are open." }),
    ],
    expects: [calls([call("list_open_tickets")])],
  }),
  writeCase({
    id: "S5",
    group: "single",
    title: "the result of a calculator",
    prompt: "Use the calculator for sin(0.59), in radians. Answer with the number that it returns.",
    tools: [
      writeTool({
        name: "calculate",
        description: "Evaluates a mathematical expression. Angles are in radians.",
        properties: { expression: { type: "string" } },
        answers: "0.5564",
      }),
    ],
    expects: [says("0.5564"), { grader: "ends", maxCalls: 1 }],
    exercised: [{ what: "result-given", tool: "calculate" }],
  }),
];
