import { expect, it } from "vitest";

import { buildCall } from "@/lib/stream/turn/__fixtures__/build-step";
import { parseArguments } from "@/lib/stream/turn/parse-arguments";

import { sentArguments, sentInput } from "./sent-arguments";

function callWith(input: string) {
  return buildCall({
    name: "get_order",
    input,
    status: { state: "awaiting-result", args: parseArguments(input) },
  });
}

it("sends arguments back as the text that came, to the digit", () => {
  const input = '{"order_id": 7960607143101464577, "limit": 1e400, "price": 1.50}';
  expect(sentArguments(callWith(input))).toBe(input);
});

it("says which numbers go back as others where an API takes no text", () => {
  const notes: string[] = [];
  const input = '{"order_id": 7960607143101464577, "limit": 1e400, "price": 1.50}';
  expect(sentInput(callWith(input), (note) => notes.push(note))).toEqual({
    order_id: 7_960_607_143_101_465_000,
    limit: Number.POSITIVE_INFINITY,
    price: 1.5,
  });
  expect(notes).toEqual([
    "The number 7960607143101464577 in a call of get_order is sent back as 7960607143101465000.",
    "The number 1e400 in a call of get_order is sent back as null.",
  ]);
});
