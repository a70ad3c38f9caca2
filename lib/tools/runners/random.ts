import type { Json } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";

import type { ToolRunner } from "./runner";

/** Draws a number. The same seed gives the same numbers, one after another. */
export const random: ToolRunner = {
  name: "random",
  description: "Draw a random whole number between two numbers, both included.",
  parameters: {
    type: "object",
    properties: {
      min: { type: "integer" },
      max: { type: "integer" },
      seed: { type: "integer", description: "The same seed gives the same numbers again" },
    },
    required: ["min", "max"],
    additionalProperties: false,
  },
  run: (input, { earlier }) => {
    const { min, max } = isObject(input) ? input : {};
    if (!isWhole(min) || !isWhole(max))
      return Promise.resolve({ ok: false, message: "min and max must be whole numbers." });
    if (min > max) return Promise.resolve({ ok: false, message: "min must not be above max." });
    const seed = seedOf(input);
    const drawn = earlier.filter((call) => seedOf(call) === seed).length;
    const value = min + Math.floor(fraction(seed, drawn) * (max - min + 1));
    return Promise.resolve({ ok: true, output: String(Math.min(value, max)) });
  },
};

function isWhole(value: Json | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value);
}

function seedOf(input: Json): number {
  const { seed } = isObject(input) ? input : {};
  return isWhole(seed) ? seed : 1;
}

/** In [0, 1): the nth number of a seed, by a mixing hash of both (splitmix32). */
function fraction(seed: number, nth: number): number {
  let mixed = (seed + Math.imul(nth + 1, 0x9e37_79b9)) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0_aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}
