import { describe, expect, it } from "vitest";

import type { HttpTemplate } from "@/lib/tools/tool";

import { whatRuns } from "./what-runs";

const TEMPLATE: HttpTemplate = {
  method: "GET",
  url: "https://api.example.com/{{city}}?days={{days?}}&key={{secret:WEATHER_KEY}}",
  headers: [],
  body: null,
};

const runs = (args: Record<string, string | number>) => whatRuns({ kind: "http", request: TEMPLATE }, args);

describe("what pressing Run does for an HTTP tool", () => {
  it("is the address that will be sent, with a secret by its name", () => {
    expect(runs({ city: "São Paulo", days: 3 })).toEqual({
      does: "Run sends a request:",
      what: "GET https://api.example.com/S%C3%A3o%20Paulo?days=3&key=(secret WEATHER_KEY)",
    });
  });

  it("leaves out what is left out of the request", () => {
    expect(runs({ city: "Rome" }).what).toBe("GET https://api.example.com/Rome?key=(secret WEATHER_KEY)");
  });

  it("is nothing where the request can't be made, and the reason", () => {
    expect(runs({ days: 3 })).toEqual({
      does: 'Run sends nothing. The argument "city" is missing, and the request needs it.',
      what: "",
    });
    expect(runs({ city: ".." }).does).toContain("Run sends nothing.");
  });
});

it("the time that JavaScript may take stands without hundredths of a second", () => {
  const binding = { kind: "javascript", code: "", timeoutMs: 10_000, isStateful: false } as const;
  expect(whatRuns(binding, {}).does).toBe("Run starts your JavaScript in a sandbox, for 10 s at most.");
});
