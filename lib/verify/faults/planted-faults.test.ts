import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { shapeOf } from "@/lib/verify/graders/parity";
import { FAULT_CLASSES } from "@/lib/verify/trial";

import type { PlantedFault } from "./__fixtures__/planted";
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
