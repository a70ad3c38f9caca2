import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";

import { foldText } from "@/lib/providers/__fixtures__/fold-chat";
import { readCase } from "@/lib/providers/__fixtures__/read-case";
import { buildCall, buildReasoning, buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";
import type { Step } from "@/lib/stream/turn/turn";
import type { ToolDefinition } from "@/lib/tools/tool";

import { LeakNotes } from "./leak-notes";

function ignore(): void {}

/** The words of the notes, without the tags of the page. */
function draw(
  step: Step,
  {
    tools = [],
    onReadThought = ignore,
  }: { tools?: readonly ToolDefinition[]; onReadThought?: () => void } = {},
): string {
  const html = renderToStaticMarkup(<LeakNotes step={step} tools={tools} onReadThought={onReadThought} />);
  return html
    .replaceAll(/<[^>]*>/gu, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">");
}

it("a note names a call that the server did not parse, and leaves the text as it is", () => {
  const step = foldText(readCase("tool-call-tags-in-content.sse"), { thinkTags: "auto" });
  expect(draw(step)).toBe("Looks like a tool call that the server did not parse (Hermes format).");
  expect(step.parts).toMatchObject([
    {
      type: "text",
      text: 'I will look.\n<tool_call>\n{"name": "weather", "arguments": {"location": "Bonn"}}\n</tool_call>',
    },
  ]);
});

it("a note offers to read the text before a lone closing tag as a thought, where the answer may be changed", () => {
  const step = buildStep({ parts: [buildText({ text: "Hm.</think>Hi" })] });
  const words = "Looks like the end of a thought: the server sent </think> without its opening tag.";
  expect(draw(step)).toBe(`${words}Read the text before it as a thought`);
  expect(renderToStaticMarkup(<LeakNotes step={step} tools={[]} />)).not.toContain("button");
});

it("no note stands beside an answer that is about markup", () => {
  expect(draw(buildStep({ parts: [buildText({ text: "Write `<tool_call>`:\n```\n<think>\n```" })] }))).toBe(
    "",
  );
});

it("a note names a call that stayed in a thought, where nothing is offered", () => {
  const text = '<tool_call>\n{"name": "f", "arguments": {}}\n</tool_call>';
  expect(draw(buildStep({ parts: [buildReasoning({ text })] }))).toBe(
    "Looks like a tool call in the thought that the server did not parse (Hermes format).",
  );
  const cut = buildStep({ parts: [buildReasoning({ text: "Enough.</think>Yes" })] });
  expect(draw(cut)).toBe("The thought holds </think>: the server may have cut it at the wrong place.");
  expect(renderToStaticMarkup(<LeakNotes step={cut} tools={[]} onReadThought={ignore} />)).not.toContain(
    "button",
  );
});

it("a note names markup around a call's name, unless a tool has that name", () => {
  const name = "functions.weather:0";
  const step = buildStep({ parts: [buildCall({ name })] });
  expect(draw(step)).toBe(
    "The name “functions.weather:0” looks like markup that the server did not parse (Kimi K2 format).",
  );
  const tool = {
    id: "t",
    name,
    description: "",
    parameters: {},
    strict: null,
    exampleResult: null,
    binding: { kind: "ask" as const },
    approval: null,
    sharing: "shared" as const,
  };
  expect(draw(step, { tools: [tool] })).toBe("");
});
