import type { JsonObject } from "@/lib/stream/turn/json";
import type { MockResult, MockRule, ToolDefinition } from "@/lib/tools/tool";

/**
 * The tool as a mock by arguments in which this call gets this result. A mock by arguments keeps its other rules; any
 * other answer gives way. Pure.
 */
export function withMockRule(tool: ToolDefinition, args: JsonObject, given: MockResult): ToolDefinition {
  const result = { output: given.output, isError: given.isError };
  const rule: MockRule = { when: Object.keys(args).length === 0 ? "*" : args, result };
  const { binding } = tool;
  if (binding.kind !== "mock" || binding.mock.by !== "arguments")
    return { ...tool, binding: { kind: "mock", delayMs: 0, mock: { by: "arguments", rules: [rule] } } };
  const wanted = JSON.stringify(rule.when);
  const others = binding.mock.rules.filter(({ when }) => JSON.stringify(when) !== wanted);
  // In front of the others, so that it is the one that answers; a rule for all calls stays last.
  const rules = rule.when === "*" ? [...others, rule] : [rule, ...others];
  return { ...tool, binding: { ...binding, mock: { by: "arguments", rules } } };
}
