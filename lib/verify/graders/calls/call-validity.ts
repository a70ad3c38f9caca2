/** Whether each call is one that could run: OpenRouter's three names for what can be wrong with it. */
import { findNameLeak } from "@/lib/stream/turn/find-leaks";
import { checkArguments } from "@/lib/tools/schema/check-arguments";
import type { CaseTool, VerifyCase } from "@/lib/verify/case";
import { blameForArguments, blameForCall } from "@/lib/verify/graders/blame";
import type { GradedTrial } from "@/lib/verify/graders/graded-trial";
import type { Fault } from "@/lib/verify/graders/outcome";
import { atArgument, atPart, callsOf, quoted, type SeenCall } from "@/lib/verify/graders/seen";

/** Calls that are not JSON, name no tool that was offered, or do not fit the tool's schema. */
export function invalidCalls(of: VerifyCase, trial: GradedTrial): readonly Fault[] {
  const tools = new Map(of.tools.map((tool) => [tool.name, tool]));
  return callsOf(trial).flatMap((seen) => {
    // What is cut with its step is the step's fault.
    if (seen.call.status.state === "unfinished" || seen.call.form === "text") return [];
    const offered = offeredIn(of, seen.turn);
    return invalidCall(trial, seen, offered.has(seen.name) ? tools.get(seen.name) : undefined);
  });
}

/** The tools that a turn offers. */
function offeredIn(of: VerifyCase, turn: number): ReadonlySet<string> {
  return new Set(of.prompts[turn]?.tools ?? of.tools.map(({ name }) => name));
}

function invalidCall(trial: GradedTrial, seen: SeenCall, tool: CaseTool | undefined): readonly Fault[] {
  const { args, call, name } = seen;
  const faults: Fault[] = [];
  if (!args.valid)
    faults.push({
      fault: "invalid-json",
      blame: blameForArguments(trial, seen, tool),
      why: `The arguments of ${name} are not a JSON object: ${quoted(call.input)}. ${args.message}`,
      evidence: [atPart(seen, call)],
    });
  if (tool === undefined) {
    const isMarked = findNameLeak(name) !== null;
    faults.push({
      fault: "unknown-name",
      blame: isMarked ? "server" : blameForCall(trial, seen),
      why: `${quoted(name)} is called, and no tool of that name was offered.`,
      evidence: [atPart(seen, call)],
    });
  } else if (args.valid) faults.push(...mismatches(trial, seen, tool));
  return faults;
}

function mismatches(trial: GradedTrial, seen: SeenCall, tool: CaseTool): readonly Fault[] {
  if (!seen.args.valid) return [];
  const check = checkArguments(tool.parameters, seen.args.value);
  if (check.valid) return [];
  const isUnusable = check.failures.some(({ message }) =>
    message.startsWith("The tool's schema can't be used"),
  );
  const said = check.failures.map(
    ({ path, message }) => `${path === "" ? "the arguments" : path} ${message}`,
  );
  return [
    {
      fault: "schema-mismatch",
      blame: isUnusable ? "schema" : blameForArguments(trial, seen, tool),
      why: `The arguments of ${seen.name} do not fit its schema: ${said.join("; ")}.`,
      evidence: check.failures.map(({ path }) => atArgument(seen, path)),
    },
  ];
}
