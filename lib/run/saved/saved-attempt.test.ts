import { expect, it } from "vitest";

import { providers } from "@/lib/providers/registry";

import { speechSchema } from "./saved-attempt";

it("what every provider speaks is read as it was saved", () => {
  for (const speech of providers.flatMap(({ speaks }) => speaks))
    expect(speechSchema.safeParse(JSON.parse(JSON.stringify(speech)))).toEqual({
      success: true,
      data: speech,
    });
});

it.each([[{}], ["constructor"], [undefined], [7]])(
  "a dialect whose timings have the shape %j is none: reading an answer with it would throw",
  (timings) => {
    const speech = { dialect: "chat-completions", quirks: { timings } };
    expect(speechSchema.safeParse(speech).success).toBe(false);
  },
);
