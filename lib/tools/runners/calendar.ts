import type { Json } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";

import type { ToolRunner, ToolRunResult } from "./runner";

type Appointment = { readonly day: string; readonly time: string; readonly title: string };

/** A calendar with two appointments, and those that the branch adds. */
export const calendar: ToolRunner = {
  name: "calendar",
  description: "Look up or add appointments.",
  parameters: {
    type: "object",
    properties: {
      action: { type: "string", enum: ["list", "add", "remove"] },
      day: { type: "string", description: "Such as 2026-12-04" },
      time: { type: "string", description: "Such as 09:30, for add and remove" },
      title: { type: "string", description: "For add" },
    },
    required: ["action", "day"],
    additionalProperties: false,
  },
  run: (input, { earlier }) => {
    const before = earlier.reduce<readonly Appointment[]>((kept, call) => apply(kept, call).kept, FIRST);
    return Promise.resolve(apply(before, input).result);
  },
};

const FIRST: readonly Appointment[] = [
  { day: "2026-12-04", time: "09:30", title: "Dentist" },
  { day: "2026-12-04", time: "19:00", title: "Dinner with Giulia" },
];

function apply(
  kept: readonly Appointment[],
  input: Json,
): { kept: readonly Appointment[]; result: ToolRunResult } {
  const { action, day, time, title } = isObject(input) ? input : {};
  const refuse = (message: string) => ({ kept, result: { ok: false as const, message } });
  if (typeof day !== "string" || !/^\d{4}-\d{2}-\d{2}$/u.test(day))
    return refuse("day must be written as 2026-12-04.");
  const show = (next: readonly Appointment[]) => ({
    kept: next,
    result: { ok: true as const, output: written(day, next) },
  });
  if (action === "list") return show(kept);
  if (action !== "add" && action !== "remove") return refuse('action must be "list", "add" or "remove".');
  if (typeof time !== "string" || !/^\d{2}:\d{2}$/u.test(time))
    return refuse("time must be written as 09:30.");
  const taken = kept.find((each) => each.day === day && each.time === time);
  if (action === "remove") {
    if (taken === undefined) return refuse(`There is no appointment on ${day} at ${time}.`);
    return show(kept.filter((each) => each !== taken));
  }
  if (typeof title !== "string" || title.trim() === "")
    return refuse("title must say what the appointment is.");
  if (taken !== undefined) return refuse(`${day} at ${time} is taken: ${taken.title}.`);
  return show([...kept, { day, time, title }]);
}

function written(day: string, kept: readonly Appointment[]): string {
  const own = kept.filter((each) => each.day === day).toSorted((a, b) => (a.time < b.time ? -1 : 1));
  if (own.length === 0) return `${day}: nothing.`;
  return `${day}: ${own.map(({ time, title }) => `${time} ${title}`).join(", ")}`;
}
