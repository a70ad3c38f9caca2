import { expect, it } from "vitest";

import { buildStep, buildText } from "@/lib/stream/turn/__fixtures__/build-step";
import { buildComparison, buildTurn } from "@/lib/tape/formats/__fixtures__/build-comparison";

import { writeMarkdown } from "./write-markdown";

it("a comparison as Markdown has every prompt, thought, call, result, text, number and failure of every lane", () => {
  expect(writeMarkdown(buildComparison()).content).toBe(`# Weather of two models

## Prompt 1

> What is the weather in Florence?

### Lane 1: smollm2-135m

*effort low · at most 200 tokens · temperature 0.2 · top\\_k 40 · seed 7 · tools weather*

System prompt:

> Be short.

> **Thought**
>
> I need to look up Florence.

**Call** \`weather\`

\`\`\`json
{"location": "Florence"}
\`\`\`

Result:

\`\`\`
{"degrees":22}
\`\`\`

It is **22 degrees** and sunny.

*speed 30 tokens/s (measured) · first token 0.30 s (measured) · thinking 0.20 s (measured) · output 29 tokens (reported by the server) · prompt 140 tokens (reported by the server) · total 2.00 s (measured)*

### Lane 2: gpt-6

> *A thought that the server does not show.*

**Call by the provider** \`web_search\`

\`\`\`json
{"query":"weather in Florence"}
\`\`\`

*Image: image/png*

**future\\_item**

\`\`\`json
{
  "type": "future_item",
  "note": "new"
}
\`\`\`

**Call** \`weather\`

\`\`\`json
{"location
\`\`\`

*The call was cut off and never ran.*

**failed: Overloaded**

*thinking 0.20 s (measured) · total 1.00 s (measured)*

*Another lane streamed from the same server, which affected these times.*

*Note: The picture was made smaller.*

## Prompt 2

> Thanks

### Lane 1: smollm2-135m

*effort low · at most 200 tokens · temperature 0.2 · top\\_k 40 · seed 7 · tools weather*

System prompt:

> Be short.

It is **22 degrees** and sunny.

*speed 27 tokens/s (measured) · first token 0.20 s (measured) · output 9 tokens (reported by the server) · prompt 90 tokens (reported by the server) · total 0.60 s (measured)*
`);
});

it("what stands in a name, a result or a prompt ends nothing around it", () => {
  const text = "a\n```\n# not a heading";
  const steps = [buildStep({ parts: [buildText({ text: "" })] })];
  const turn = buildTurn({ prompt: text, turn: { steps } });
  const written = writeMarkdown(
    buildComparison({ name: "*a*\n# b", lanes: [{ label: "x" }], rows: [[turn]] }),
  );
  expect(written.content).toContain("# \\*a\\* \\# b\n");
  expect(written.content).toContain("> a\n> ```\n> # not a heading\n");
});
