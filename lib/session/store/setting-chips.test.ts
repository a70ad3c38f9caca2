import { describe, expect, it } from "vitest";

import { emptySetup } from "@/lib/session/store/first-session";
import { sampleTools } from "@/lib/tools/samples";

import { settingChips } from "./setting-chips";

const setup = emptySetup({ provider: "llamacpp", model: "m" });
const around = { server: "attic", tools: sampleTools, noEffect: new Map() };

describe("settingChips", () => {
  it("names the server once when its address or its kind differs", () => {
    expect(settingChips({ ...around, setup, differing: ["provider", "endpoint", "model"] })).toEqual([
      { key: "provider", label: "attic", noEffect: null },
    ]);
    expect(settingChips({ ...around, setup, differing: ["endpoint"] })).toEqual([
      { key: "provider", label: "attic", noEffect: null },
    ]);
  });

  it("says what the system prompt, the samplers and the tools are, so that two lanes read differently", () => {
    const weather = sampleTools.filter(({ name }) => name === "weather").map(({ id }) => id);
    const full = {
      ...setup,
      system: "You are a pirate who speaks in long sentences.\nAlways.",
      samplers: { temperature: 0, top_p: 0.9 },
      tools: weather,
    };
    const chips = settingChips({ ...around, setup: full, differing: ["system", "samplers", "tools"] });
    expect(chips.map(({ label }) => label)).toEqual([
      "system “You are a pirate who sp…”",
      "temperature 0, top_p 0.9",
      "weather",
    ]);
  });

  it("shows a setting without effect also where all lanes have it, with the reason", () => {
    const noEffect = new Map([["effort", "the template does not read it"]] as const);
    expect(settingChips({ ...around, setup: { ...setup, effort: "low" }, differing: [], noEffect })).toEqual([
      { key: "effort", label: "effort low", noEffect: "the template does not read it" },
    ]);
  });
});
