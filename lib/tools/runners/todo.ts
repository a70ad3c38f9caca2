import type { Json } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";

import type { ToolRunner, ToolRunResult } from "./runner";

type Item = { readonly text: string; readonly isDone: boolean };

/** Keeps a list of tasks, one for each branch of a lane. */
export const todo: ToolRunner = {
  name: "todo",
  description: "Keep a list of tasks: add one, mark one as done, or list all.",
  parameters: {
    type: "object",
    properties: {
      action: { type: "string", enum: ["add", "done", "list"] },
      text: { type: "string", description: "The task, for add" },
      number: { type: "integer", description: "The task's number in the list, for done", minimum: 1 },
    },
    required: ["action"],
    additionalProperties: false,
  },
  run: (input, { earlier }) => Promise.resolve(apply(itemsAfter(earlier), input).result),
};

const MOST_ITEMS = 200;

function itemsAfter(calls: readonly Json[]): readonly Item[] {
  return calls.reduce<readonly Item[]>((items, call) => apply(items, call).items, []);
}

function apply(items: readonly Item[], input: Json): { items: readonly Item[]; result: ToolRunResult } {
  const { action, text, number } = isObject(input) ? input : {};
  const refuse = (message: string) => ({ items, result: { ok: false as const, message } });
  const show = (next: readonly Item[]) => ({
    items: next,
    result: { ok: true as const, output: listed(next) },
  });
  if (action === "list") return show(items);
  if (action === "add") {
    if (typeof text !== "string" || text.trim() === "") return refuse("text must say what to do.");
    if (items.length >= MOST_ITEMS) return refuse(`The list is full: it holds ${MOST_ITEMS} tasks.`);
    return show([...items, { text, isDone: false }]);
  }
  if (action !== "done") return refuse('action must be "add", "done" or "list".');
  if (typeof number !== "number" || items[number - 1] === undefined)
    return refuse(`number must be between 1 and ${items.length}.`);
  return show(items.map((item, index) => (index === number - 1 ? { ...item, isDone: true } : item)));
}

function listed(items: readonly Item[]): string {
  if (items.length === 0) return "The list is empty.";
  return items.map(({ text, isDone }, index) => `${index + 1}. [${isDone ? "x" : " "}] ${text}`).join("\n");
}
