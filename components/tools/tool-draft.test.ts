import { expect, it } from "vitest";

import type { ToolDefinition } from "@/lib/tools/tool";

import { formDraft, readDraft, toFormView, toJsonView } from "./tool-draft";

const weather: ToolDefinition = {
  id: "t1",
  name: "weather",
  description: "Weather of a place.",
  parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  strict: true,
  exampleResult: "22 degrees",
  binding: { kind: "ask" },
  approval: null,
  sharing: "shared",
};

it("a draft means the saved tool as long as nothing is changed, in both views", () => {
  const form = formDraft(weather);
  expect(readDraft(form, weather, [])).toEqual({ ok: true, tool: weather });
  expect(readDraft(toJsonView(form), weather, [])).toEqual({ ok: true, tool: weather });
});

it("a draft comes back from the JSON view as it was", () => {
  expect(toFormView(toJsonView(formDraft(weather)), weather)).toEqual(formDraft(weather));
});

it("a draft keeps a broken schema as typed when the view changes, and does not go back before it is mended", () => {
  const broken = { ...formDraft(weather), view: "form" as const, parameters: '{"type": ' };
  const draft = { name: "weather", description: "", strict: null, ...broken };
  const text =
    '{\n  "name": "weather",\n  "description": "Weather of a place.",\n  "parameters": {"type": ,\n  "strict": true\n}';
  expect(toJsonView(draft)).toEqual({ view: "json", text });
  expect(toFormView({ view: "json", text }, weather)).toBe(null);
});

it("a draft reports what keeps it from being saved, and where", () => {
  const form = { view: "form", name: "weather", description: "", strict: null, parameters: "{" } as const;
  expect(readDraft(form, weather, [])).toEqual({
    ok: false,
    message: "Missing closing } or ]. (line 1)",
    at: "parameters",
  });
  const unnamed = { ...form, name: "", parameters: '{"type": "object"}' };
  expect(readDraft(unnamed, weather, [])).toEqual({ ok: false, message: "A tool needs a name.", at: "name" });
});

it.each([
  { type: "function", function: { name: "f", description: "d", parameters: { type: "object" } } },
  { type: "function", name: "f", description: "d", parameters: { type: "object" } },
  { name: "f", description: "d", input_schema: { type: "object" } },
  { name: "f", description: "d", inputSchema: { type: "object" } },
])("a draft accepts a tool pasted as %j", (pasted) => {
  expect(readDraft({ view: "json", text: JSON.stringify(pasted) }, weather, [])).toEqual({
    ok: true,
    tool: { ...weather, name: "f", description: "d", parameters: { type: "object" }, strict: null },
  });
});
