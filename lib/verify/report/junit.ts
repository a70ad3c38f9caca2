import { type Trial, trialName } from "@/lib/verify/trial";
import type { VerifyRun } from "@/lib/verify/verify-run";

import { placeWords } from "./place-words";

/** The run as JUnit XML: a suite for each lane, a test for each trial. What was not measured or skipped is "skipped", with its reason. */
export function writeJunit(run: VerifyRun): string {
  const groups = new Map(run.suite.cases.map(({ id, group, title }) => [id, { group, title }]));
  const suites = run.lanes.map(({ label }, lane) => {
    const trials = run.trials.filter(({ key }) => key.lane === lane);
    const tests = trials.map((trial) => {
      const about = groups.get(trial.key.caseId);
      const name = `${trialName(trial.key)}${about === undefined || about.title === "" ? "" : `: ${about.title}`}`;
      return testCase(trial, name, `${label}.${about?.group ?? "own"}`);
    });
    const attributes = {
      name: label,
      tests: trials.length,
      failures: trials.filter(({ verdict }) => verdict.verdict === "fail").length,
      errors: 0,
      skipped: trials.filter(
        ({ verdict: { verdict } }) => verdict === "not-measured" || verdict === "skipped",
      ).length,
      time: seconds(trials.reduce((sum, { figures }) => sum + figures.totalMs, 0)),
      timestamp: new Date(run.startedAt).toISOString(),
    };
    return [`  <testsuite${attributesOf(attributes)}>`, ...tests, "  </testsuite>"].join("\n");
  });
  const name = `${run.suite.name} ${run.preset}`;
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuites${attributesOf({ name })}>`,
    ...suites,
    "</testsuites>",
    "",
  ].join("\n");
}

function testCase({ verdict, figures }: Trial, name: string, classname: string): string {
  const head = `    <testcase${attributesOf({ name, classname, time: seconds(figures.totalMs) })}`;
  switch (verdict.verdict) {
    case "pass":
      return `${head}/>`;
    case "fail": {
      const { fault, blame, why, evidence } = verdict;
      const seen = evidence.length === 0 ? "" : `\nSeen in ${evidence.map(placeWords).join("; ")}.`;
      return `${head}>\n      <failure${attributesOf({ type: fault, message: why })}>${escaped(`${fault}, ${blame}: ${why}${seen}`)}</failure>\n    </testcase>`;
    }
    case "not-measured":
      return `${head}>\n      <skipped${attributesOf({ message: `not measured (${verdict.reason}): ${verdict.why}` })}/>\n    </testcase>`;
    case "skipped":
      return `${head}>\n      <skipped${attributesOf({ message: verdict.why })}/>\n    </testcase>`;
  }
}

function attributesOf(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join("");
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** What XML cannot hold in any form becomes "�". */
// oxlint-disable-next-line no-control-regex
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

function escaped(text: string): string {
  return text
    .replaceAll(NOT_XML, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "&#10;")
    .replaceAll("\r", "&#13;")
    .replaceAll("\t", "&#9;");
}
