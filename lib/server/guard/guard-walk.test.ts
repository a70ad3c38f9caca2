import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

const app = path.join(import.meta.dirname, "../../../app");
const routes = readdirSync(app, { recursive: true, encoding: "utf8" }).filter((file) =>
  /(?:^|\/)route\.tsx?$/.test(file),
);

/** Each exported method with the first statement of its body, or null where it is not written in the one form. */
function methods(source: string): readonly (readonly [method: string, first: string | null])[] {
  const exported = source.matchAll(/^export (?!const (?:dynamic|runtime|maxDuration)\b|type )(.*)$/gm);
  return [...exported].map((match) => {
    const name = /^async function ([A-Z]+)\(request: Request\): Promise<Response> \{$/.exec(
      match[1] ?? "",
    )?.[1];
    if (name === undefined) return [match[1] ?? "", null];
    const body = source.slice(match.index + match[0].length);
    return [name, /^\s*(.*)$/m.exec(body.trimStart())?.[1] ?? null];
  });
}

describe("every route", () => {
  it("is found by this test", () => {
    expect(routes).toContain(path.join("api", "chat", "route.ts"));
  });

  it.each(routes)("%s asks guard() before anything else", (file) => {
    const found = methods(readFileSync(path.join(app, file), "utf8"));
    expect(found.length).toBeGreaterThan(0);
    for (const [method, first] of found) {
      expect([method, first]).toEqual([
        expect.stringMatching(/^[A-Z]+$/),
        expect.stringMatching(/^const guarded = await guard\(request, \{/),
      ]);
    }
  });
});
