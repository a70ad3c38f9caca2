import * as fc from "fast-check";
import { expect, it } from "vitest";

import { ENCRYPTED, responsesHistories } from "@/lib/providers/dialects/__fixtures__/responses-histories";
import { responsesInput } from "@/lib/providers/dialects/__fixtures__/responses-input";
import { writeResponses } from "@/lib/providers/dialects/responses/writer";

import { openLedger } from "./strict-dialect";
import { strictResponses } from "./strict-responses";

it("the strict server answers whatever our writer makes of a history that began anywhere", () => {
  const ledger = openLedger();
  ledger.signatures.add(ENCRYPTED);
  fc.assert(
    fc.property(responsesHistories, fc.constantFrom("gpt-5", "gpt-4o"), (history, model) => {
      const { body } = writeResponses(responsesInput({ lane: { model, system: "Be brief." }, history }));
      expect(strictResponses.read(body, ledger)).toMatchObject({ kind: "request" });
    }),
  );
});
