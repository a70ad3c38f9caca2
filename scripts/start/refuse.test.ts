import path from "node:path";

import { expect, it } from "vitest";

import { providers } from "@/lib/providers/registry";

import { keyNames } from "./key-names.mjs";
import { refuse } from "./refuse.mjs";

it("the starter knows the names of all providers' keys before anything is built", () => {
  const names = keyNames(path.join(import.meta.dirname, "../.."));
  expect(names.toSorted()).toEqual([...new Set(providers.flatMap(({ keyEnv }) => keyEnv ?? []))].toSorted());
});

it.each<readonly [Readonly<Record<string, string>>, string | null]>([
  [{ OPENAI_API_KEY: "sk" }, null],
  [{ OPENAI_API_KEY: "sk", HOST: "localhost" }, null],
  [{ OPENAI_API_KEY: "sk", HOST: "127.0.0.2" }, null],
  [{ OPENAI_API_KEY: "sk", HOST: "::1" }, null],
  [{ HOST: "0.0.0.0" }, null],
  [{ OPENAI_API_KEY: " ", HOST: "0.0.0.0" }, null],
  [{ OPENAI_API_KEY: "sk", HOST: "0.0.0.0", VITRINE_TOKEN: "correct-horse" }, null],
  [
    { OPENAI_API_KEY: "sk", GROQ_API_KEY: "gsk", HOST: "0.0.0.0" },
    "Refusing to listen on 0.0.0.0 with OPENAI_API_KEY, GROQ_API_KEY set: anyone on the network could use it. Set VITRINE_TOKEN, or HOST=127.0.0.1.",
  ],
])("the starter judges %j", (variables, expected) => {
  const env: NodeJS.ProcessEnv = { NODE_ENV: "production", ...variables };
  expect(refuse(env, ["OPENAI_API_KEY", "GROQ_API_KEY"])).toBe(expected);
});
