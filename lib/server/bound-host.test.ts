import { expect, it } from "vitest";

import { boundHost } from "@/lib/server/environment";

it.each([
  ["next start -H 127.0.0.1 -p 3000", "127.0.0.1"],
  ["next start -p 3000 --hostname ::1", "::1"],
  ["next start --hostname=10.0.0.5", "10.0.0.5"],
  ["next start -H10.0.0.5", "10.0.0.5"],
  ["next start", "0.0.0.0"],
  ["next start -p 3000 .", "0.0.0.0"],
  ["next dev -H 127.0.0.1", null],
  ["vitest run", null],
])("%s listens on %s", (line, expected) => {
  const [program = "", ...words] = line.split(" ");
  expect(boundHost(["/usr/bin/node", `/home/me/vitrine/node_modules/.bin/${program}`, ...words])).toBe(
    expected,
  );
});
