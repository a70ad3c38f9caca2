/** J: answers that fit a JSON Schema. */
import type { JsonObject } from "@/lib/stream/turn/json";
import type { VerifyCase } from "@/lib/verify/case";

import { call, calls, writeCase } from "./build-case";
import { city, weatherTool } from "./case-tools";

const PLANET: JsonObject = {
  type: "object",
  properties: {
    name: { type: "string" },
    position: { type: "integer", description: "Its place from the Sun, from 1" },
    moons: { type: "array", items: { type: "string" } },
  },
  required: ["name", "position", "moons"],
  additionalProperties: false,
};

const READING: JsonObject = {
  type: "object",
  properties: { city: { type: "string" }, celsius: { type: "number" } },
  required: ["city", "celsius"],
  additionalProperties: false,
};

/** The cases of the group "structured". */
export const STRUCTURED_CASES: readonly VerifyCase[] = [
  writeCase({
    id: "J1",
    group: "structured",
    title: "a JSON answer, thinking on",
    prompt:
      "Describe the planet Mars as JSON: its name, its position from the Sun, and the names of its moons.",
    ask: { thinking: "on", responseSchema: PLANET },
    modes: ["whole", "stream"],
    isPerEffort: true,
    expects: [{ grader: "schema", schema: PLANET }, { grader: "not-only-reasoning" }],
  }),
  writeCase({
    id: "J2",
    group: "structured",
    title: "a call, then a JSON answer",
    prompt:
      "What's the temperature in Kyoto right now? Look it up, then answer as JSON with city and celsius.",
    tools: [weatherTool("11 °C, clear")],
    ask: { responseSchema: READING },
    expects: [calls([call("weather", { location: city("kyoto") })]), { grader: "schema", schema: READING }],
  }),
];
