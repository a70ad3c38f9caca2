import { expect, it } from "vitest";

import { seenWords } from "./server-words";

const info = (id: string) => ({ id, contextLength: null, note: null });
const failed = (code: string | null) => ({ state: "error" as const, message: "…", code });

it("a server's line reports how many models it listed and how fast, where that was measured", () => {
  expect(seenWords({ state: "ready", models: [info("a"), info("b")], latencyMs: 40 })).toBe(
    "2 models · 40 ms",
  );
  expect(seenWords({ state: "ready", models: [info("a")] })).toBe("1 model");
  expect(seenWords({ state: "ready", models: [], latencyMs: 3 })).toBe("lists no models · 3 ms");
});

it("a server's line names only what was seen of a failure", () => {
  expect(seenWords(failed("ECONNREFUSED"))).toBe("refused");
  expect(seenWords(failed("HTTP_401"))).toBe("answers 401");
  expect(seenWords(failed(null))).toBe("cannot list its models");
});
