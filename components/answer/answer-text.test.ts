import { expect, it } from "vitest";

import {
  buildCall,
  buildImage,
  buildReasoning,
  buildStep,
  buildText,
  buildUnknown,
} from "@/lib/stream/turn/__fixtures__/build-step";

import { answerText } from "./answer-text";

it("a copied answer holds texts as they came, calls and unknown items as JSON, and the names of pictures", () => {
  const parts = [
    buildReasoning(),
    buildText({ text: "Let me look.", phase: "commentary" }),
    buildCall({ input: '{"q": 1}' }),
    buildImage(),
    buildImage({ image: { kind: "left-out", reason: "It is elsewhere.", url: "https://e.example/a.png" } }),
    buildUnknown(),
    buildText({ text: "Done." }),
  ];
  expect(answerText({ steps: [buildStep({ parts })] })).toBe(
    [
      "Let me look.",
      '```json\nweather({"q": 1})\n```',
      "[Image: image/png]",
      "[Image not shown: It is elsewhere. https://e.example/a.png]",
      "future_item:",
      '```json\n{\n  "type": "future_item",\n  "note": "new"\n}\n```',
      "Done.",
    ].join("\n\n"),
  );
});
