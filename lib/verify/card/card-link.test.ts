import { expect, it } from "vitest";

import { packText } from "@/lib/link/packed-text";
import { buildLane, largeRun } from "@/lib/verify/__fixtures__/build-run";

import { type Card, cardOf } from "./card";
import { cardLink, readCardLink } from "./card-link";

const made: Card =
  cardOf(largeRun([buildLane("groq/openai/gpt-oss-20b")]), 0) ?? expect.unreachable("The run has a lane");

const hashOf = (link: string) => new URL(link).hash;

const rates = ({ facts }: Card) =>
  facts.flatMap(({ lines }) => lines.flatMap(({ rate }) => rate?.rate ?? []));

const words = ({ facts, ...rest }: Card) => ({
  ...rest,
  facts: facts.map(({ title, note, lines }) => ({ title, note, lines: lines.map(({ value }) => value) })),
});

it("the card of a whole suite fits into a link, and is read again as it is shown", async () => {
  const link = await cardLink(made, "http://127.0.0.1:3000");
  expect(link.startsWith("http://127.0.0.1:3000/verify#card=")).toBe(true);
  expect(link.length).toBeLessThan(8_000);
  const read = await readCardLink(hashOf(link));
  if (read === null) return expect.unreachable("It can be read");
  expect(rates(read)).toEqual(rates(made).map((rate) => Math.round(rate * 1_000) / 1_000));
  expect(words(read)).toEqual(words(made));
});

it("a link that was cut, changed, or holds something else is no card", async () => {
  const hash = hashOf(await cardLink(made, "http://a"));
  for (const broken of ["", "#card=", hash.slice(0, -9), `${hash.slice(0, 9)}9${hash.slice(10)}`, "#link=x"])
    expect(await readCardLink(broken)).toBeNull();
  for (const other of [{}, { ...made, script: "x" }, { ...made, facts: [{ title: 1 }] }, "x".repeat(70_000)])
    expect(await readCardLink(`#card=${await packText(JSON.stringify(other))}`)).toBeNull();
});
