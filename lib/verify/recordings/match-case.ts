/** Which case a recording belongs to: by the name of its file, or by what it asked. Pure. */
import type { AnswerMode, CaseTool, VerifyCase } from "@/lib/verify/case";

/** Cases by the names of files in the suites that record providers. */
const BY_NAME: Readonly<Record<string, string>> = {
  simple: "W1",
  thinking: "W4",
  tool: "S1",
  multi_tool: "P1",
};
const NAME = /^(.+?)(?:[_-](streaming))?$/u;

export type FileName = { readonly name: string; readonly caseId: string | null; readonly mode: AnswerMode };

/** What a file's name says: "multi_tool_streaming.yaml" is P1, streamed. */
export function readFileName(file: string): FileName {
  const base = (file.split("/").at(-1) ?? file).replace(/\.[^.]*$/u, "");
  const [, name = base, streaming] = NAME.exec(base) ?? [];
  return {
    name: base,
    caseId: Object.hasOwn(BY_NAME, name) ? (BY_NAME[name] ?? null) : null,
    mode: streaming === undefined ? "whole" : "stream",
  };
}

export type Asked = { readonly prompts: readonly string[]; readonly tools: readonly CaseTool[] };

/**
 * The case that a recording is graded as, with its own prompts and tools; null where none fits. A name alone is not
 * believed where the tools are others than the case expects to be called.
 */
export function matchCase(
  cases: readonly VerifyCase[],
  caseId: string | null,
  asked: Asked,
): VerifyCase | null {
  const named = cases.find(({ id }) => id === caseId);
  if (
    named !== undefined &&
    calledTools(named).every((name) => asked.tools.some((tool) => tool.name === name))
  )
    return asAsked(named, asked);
  const last = plain(asked.prompts.at(-1) ?? "");
  const names = sortedNames(asked.tools);
  return (
    cases.find(
      ({ prompts, tools }) => plain(prompts.at(-1)?.text ?? "") === last && sortedNames(tools) === names,
    ) ?? null
  );
}

/** Graded against the request that was recorded, not against ours. */
function asAsked(test: VerifyCase, { prompts, tools }: Asked): VerifyCase {
  return { ...test, prompts: prompts.map((text) => ({ text, tools: null })), tools };
}

function calledTools({ expects }: VerifyCase): readonly string[] {
  return expects.flatMap((each) => (each.grader === "calls" ? each.calls.map(({ name }) => name) : []));
}

function sortedNames(tools: readonly CaseTool[]): string {
  return JSON.stringify(tools.map(({ name }) => name).toSorted());
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
