import { expect, it } from "vitest";

import { orderedOutputs } from "./ordered-output";

/** Outputs, and what reached the terminal so far. */
function open(count: number) {
  const written: string[] = [];
  const outputs = orderedOutputs(
    {
      out: (text) => void written.push(text),
      err: (text) => void written.push(`err ${text}`),
      isColored: true,
    },
    count,
  );
  return { written, outputs };
}

it("the first lane writes at once, and the others in their order once those before them have ended", () => {
  const { written, outputs } = open(3);
  const [first, second, third] = outputs;
  third?.out("3a");
  first?.out("1a");
  second?.err("2a");
  expect(written).toEqual(["1a"]);
  third?.end();
  first?.out("1b");
  first?.end();
  expect(written).toEqual(["1a", "1b", "err 2a"]);
  second?.out("2b");
  expect(written).toEqual(["1a", "1b", "err 2a", "2b"]);
  second?.end();
  expect(written).toEqual(["1a", "1b", "err 2a", "2b", "3a"]);
});

it("a lane that wrote nothing holds nobody up once it has ended", () => {
  const { written, outputs } = open(3);
  const [first, second, third] = outputs;
  second?.end();
  third?.out("3");
  first?.end();
  expect(written).toEqual(["3"]);
  expect(third?.isColored).toBe(true);
});
