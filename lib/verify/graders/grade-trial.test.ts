import { describe, expect, test } from "vitest";

import { casesOf } from "@/lib/verify/suite/vitrine-1";

import { GOOD_ANSWERS } from "./__fixtures__/good-answers";
import { scriptTrial } from "./__fixtures__/script-trial";
import { gradeTrial } from "./grade-trial";

describe("a good answer passes", () => {
  for (const of of casesOf("seed"))
    for (const mode of of.modes)
      test(`${of.id} ${mode}`, () => {
        expect(gradeTrial(of, scriptTrial(of, GOOD_ANSWERS[of.id] ?? [], { mode }))).toEqual({
          verdict: "pass",
          notes: [],
        });
      });
});
