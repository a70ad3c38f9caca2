import { expect, it } from "vitest";

import { plainSetup } from "@/lib/providers/plain-setup";
import { MOST_CALLS, MOST_STEPS } from "@/lib/stream/turn/bounds";

import { setupSchema } from "./saved-setup";

const limitsOf = (limits: unknown) => {
  const read = setupSchema.safeParse({ ...plainSetup({ provider: "llamacpp", model: "tiny" }), limits });
  return read.success ? read.data.limits : null;
};

it.each([
  ["as they are within the bounds of their fields", { steps: 7, calls: 70 }, { steps: 7, calls: 70 }],
  [
    "as they are at those bounds",
    { steps: MOST_STEPS, calls: MOST_CALLS },
    { steps: MOST_STEPS, calls: MOST_CALLS },
  ],
  [
    "at those bounds where they are larger",
    { steps: MOST_STEPS + 1, calls: Number.MAX_SAFE_INTEGER },
    { steps: MOST_STEPS, calls: MOST_CALLS },
  ],
])("the run limits of saved settings are read %s", (_, saved, read) => {
  expect(limitsOf(saved)).toEqual(read);
});

it.each([0, -1, 2.5, 1e300, Number.POSITIVE_INFINITY, "7", null])(
  "saved settings with %j as a run limit are not settings",
  (value) => {
    expect([limitsOf({ steps: value, calls: 1 }), limitsOf({ steps: 1, calls: value })]).toEqual([
      null,
      null,
    ]);
  },
);
