/** Whatever servers send and however it is cut: what was recorded of a turn replays to that turn. */
import * as fc from "fast-check";
import { expect, it } from "vitest";

import { DIALECTS, EXAMPLES, reply, runReplies } from "./__fixtures__/run-replies";
import { replayTurn } from "./replay";

it.each(DIALECTS)(
  "the run's own events and the recorded bytes replay to the turn that was shown, on %s",
  async (provider, server) => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(reply, { minLength: 1, maxLength: 5 }), async (replies) => {
        const { turn, own, records } = await runReplies(provider, server, replies);
        expect(replayTurn(own, records)).toEqual({ turn, incomplete: [] });
        for (const { status, parts, retries } of turn.steps) {
          seen.add(`${status.state} ${parts.length > 0 ? "with" : "without"} parts`);
          if (retries.length > 0) seen.add("sent again");
          if (parts.some((part) => part.type === "tool-call" && part.status.state === "answered"))
            seen.add("a call with its result");
        }
      }),
      { numRuns: 300, examples: EXAMPLES.map((replies) => [[...replies]]) },
    );
    // Turns of every kind, or the equality would say little.
    expect([...seen]).toEqual(
      expect.arrayContaining([
        "done with parts",
        "failed without parts",
        "stopped with parts",
        "sent again",
        "a call with its result",
      ]),
    );
  },
);
