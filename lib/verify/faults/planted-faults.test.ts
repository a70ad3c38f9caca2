import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { delta, DONE, piece } from "@/lib/providers/__fixtures__/fold-chat";
import { sse } from "@/lib/providers/__fixtures__/fold-wire";
import { shapeOf } from "@/lib/verify/graders/parity";
import { calls } from "@/lib/verify/suite/build-case";
import { FAULT_CLASSES } from "@/lib/verify/trial";

import { type PlantedFault, suiteCase, W1 } from "./__fixtures__/planted";
import { PLANTED_FAULTS } from "./__fixtures__/planted-faults";
import { ranTrial, verdictOn } from "./__fixtures__/run-planted";

describe("a planted fault gets its class and its blame", () => {
  for (const [index, fault] of PLANTED_FAULTS.entries())
    test(`${index + 1}: ${fault.planted}`, async () => {
      const { of, server, replies, paired, efforts } = fault;
      const other = paired === undefined ? null : await ranTrial(of, server, paired, "whole");
      const verdict = await verdictOn(of, server, replies, {
        mode: "stream",
        paired: other === null ? null : shapeOf(other),
        efforts: efforts ?? null,
      });
      expect(verdict).toMatchObject(expected(fault));
    });
});

function expected({ verdict }: PlantedFault) {
  if (typeof verdict === "string") return { verdict: "not-measured", reason: verdict };
  const [fault, blame] = verdict;
  return { verdict: "fail", fault, blame };
}

describe("what a server may do is no fault", () => {
  test("an event stream that ends without [DONE]", async () => {
    const stream = sse(delta({ content: "Olá!" }), delta({}, "stop"));
    expect(await verdictOn(W1, "chat-completions", [{ stream }])).toMatchObject({ verdict: "pass" });
  });

  test("the two halves of a character in two pieces of a call's arguments", async () => {
    const written = JSON.stringify({ query: "lighthouses 🗼" }).replace("🗼", "\\ud83d\\uddfc");
    const at = written.indexOf("\\uddfc");
    const stream = sse(
      delta({ tool_calls: [piece({ index: 0, id: "a", name: "search_books", args: written.slice(0, at) })] }),
      delta({ tool_calls: [piece({ index: 0, args: written.slice(at) })] }),
      delta({}, "tool_calls"),
      DONE,
    );
    const asked = calls([
      { name: "search_books", arguments: { query: { is: "raw", value: "lighthouses 🗼" } }, optional: [] },
    ]);
    const of = { ...suiteCase("A4"), expects: [asked] };
    expect(await verdictOn(of, "chat-completions", [{ stream }])).toMatchObject({ verdict: "pass" });
  });
});

describe("the planted faults", () => {
  test("hold every class of fault and everyone who can be to blame", () => {
    const verdicts = PLANTED_FAULTS.flatMap(({ verdict }) => (typeof verdict === "string" ? [] : [verdict]));
    expect(new Set(verdicts.map(([fault]) => fault))).toEqual(new Set(FAULT_CLASSES));
    expect(new Set(verdicts.map(([, blame]) => blame))).toEqual(
      new Set(["model", "server", "template", "schema", "undecided"]),
    );
  });

  test("are the table of docs/verify.md", () => {
    const docs = readFileSync("docs/verify.md", "utf8");
    const section = /^## Planted faults\n([\s\S]*?)(?=^## |$(?![\s\S]))/mu.exec(docs)?.[1] ?? "";
    const rows = section.split("\n").filter((line) => line.startsWith("| "));
    expect(rows.slice(1)).toEqual(PLANTED_FAULTS.map(rowOf));
  });
});

function rowOf({ planted, of, server, verdict }: PlantedFault): string {
  const [fault, blame] = typeof verdict === "string" ? [`not measured: ${verdict}`, "–"] : verdict;
  return `| ${planted} | ${of.id} | ${server} | ${fault} | ${blame} |`;
}
