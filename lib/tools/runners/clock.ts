import { isObject } from "@/lib/stream/turn/json-read";

import type { ToolRunner } from "./runner";

/** Says what time it is. */
export const clock: ToolRunner = {
  name: "clock",
  description: "Get the current date and time of a time zone.",
  parameters: {
    type: "object",
    properties: {
      time_zone: { type: "string", description: "IANA name, such as Europe/Rome. UTC by default" },
    },
    additionalProperties: false,
  },
  run: (input, { now }) => {
    const { time_zone: zone = "UTC" } = isObject(input) ? input : {};
    if (typeof zone !== "string")
      return Promise.resolve({ ok: false, message: "time_zone must be a string." });
    try {
      const format = new Intl.DateTimeFormat("en-US", {
        timeZone: zone,
        dateStyle: "full",
        timeStyle: "long",
        hourCycle: "h23",
      });
      return Promise.resolve({ ok: true, output: format.format(now()) });
    } catch {
      // The only thing that Intl refuses here is the name.
      return Promise.resolve({ ok: false, message: `There is no time zone "${zone}".` });
    }
  },
};
