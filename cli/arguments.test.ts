import { describe, expect, it } from "vitest";

import { plainSetup } from "@/lib/providers/plain-setup";

import { readRunArguments } from "./arguments";

describe("the words behind vitrine run", () => {
  it("name lanes with their settings; a lane's provider may be a server of one's own", () => {
    const words =
      "--lane groq/moonshotai/kimi-k2 --lane attic/qwen3 --endpoint attic=http://10.0.0.5:8080/v1/ --effort low " +
      "--set temperature=0 --set stop=END --result weather=a=b --prompt Hi --json --record run.tape";
    const read = readRunArguments([...words.split(" "), "--system", "Be brief."]);
    const settings = { system: "Be brief.", effort: "low", samplers: { temperature: 0, stop: "END" } };
    const groq = { ...plainSetup({ provider: "groq", model: "moonshotai/kimi-k2" }), ...settings };
    const attic = { ...plainSetup({ provider: "openai-compatible", model: "qwen3" }), ...settings };
    expect(read).toEqual({
      ok: true,
      run: {
        lanes: [
          { label: "groq/moonshotai/kimi-k2", setup: groq, endpointName: null },
          {
            label: "attic/qwen3",
            setup: { ...attic, endpoint: "http://10.0.0.5:8080/v1" },
            endpointName: "attic",
          },
        ],
        prompt: "Hi",
        toolsFile: null,
        results: new Map([["weather", "a=b"]]),
        allowed: new Set(),
        isJson: true,
        recordFile: "run.tape",
      },
    });
  });

  it("may put a known provider's API at another address", () => {
    const read = readRunArguments([
      "--lane",
      "llamacpp/m",
      "--endpoint",
      "llamacpp=http://127.0.0.1:9000/v1",
    ]);
    expect(read).toMatchObject({
      run: { lanes: [{ setup: { provider: "llamacpp", endpoint: "http://127.0.0.1:9000/v1" } }] },
    });
  });

  it.each<[string, string[], string]>([
    ["no lane", ["--prompt", "Hi"], "Name at least one model: --lane PROVIDER/MODEL."],
    ["a lane without a model", ["--lane", "groq"], "--lane groq: write it as PROVIDER/MODEL."],
    [
      "an unknown provider",
      ["--lane", "nope/m"],
      '--lane nope/m: there is no provider "nope". Give its address with --endpoint nope=URL.',
    ],
    [
      "an address that is none",
      ["--lane", "attic/m", "--endpoint", "attic=attic:8080 v1"],
      "--endpoint attic: The address is not a URL.",
    ],
    [
      "an address with a password",
      ["--lane", "attic/m", "--endpoint", "attic=http://me:secret@attic/v1"],
      "--endpoint attic: the address holds a secret. Keys are read from the environment only: set the provider's variables.",
    ],
    [
      "a field without a value",
      ["--lane", "groq/m", "--set", "temperature"],
      '"temperature" is not of the form --set NAME=VALUE.',
    ],
  ])("are refused with a reason where there is %s", (_title, words, message) => {
    expect(readRunArguments(words)).toEqual({ ok: false, message });
  });
});
