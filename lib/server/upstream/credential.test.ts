import { expect, it } from "vitest";

import { redactText } from "@/lib/server/relay/redact";

import { secretsOf } from "./credential";

it("a secret of a query is overwritten as it was sent and as a server reads it", () => {
  const secrets = secretsOf({ login: null, query: "api-version=1&key=abc%2Fdef+ghi%2Bjkl" });
  for (const echoed of ["abc%2Fdef+ghi%2Bjkl", "abc/def ghi+jkl"])
    expect(redactText(`No access with ${echoed}.`, secrets)).toBe(
      `No access with ${"*".repeat(echoed.length)}.`,
    );
});
