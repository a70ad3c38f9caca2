import { describe, expect, it } from "vitest";

import { azure } from "@/lib/providers/presets/azure";
import { openai } from "@/lib/providers/presets/openai";
import { isAllowedHost } from "@/lib/server/guard/hosts";
import { refusal } from "@/lib/server/start/may-start";
import { isLoopback } from "@/lib/server/upstream/address";

import { parseEnvironment } from "./environment";

const simple = ({ keyOf: _key, baseUrlOf: _url, ...rest }: ReturnType<typeof parseEnvironment>) => rest;

type Variables = Readonly<Record<string, string>>;

const reason = (variables: Variables) => refusal(parseEnvironment(variables), [openai, azure]);

const allowed = (host: string, variables: Variables) => isAllowedHost(host, parseEnvironment(variables));

describe("the environment", () => {
  it("has an answer for everything when nothing is set", () => {
    expect(simple(parseEnvironment({ HOST: "", PORT: " " }))).toEqual({
      port: 3000,
      host: "127.0.0.1",
      token: null,
      demoModel: true,
      maxAnswers: 8,
      allowedHosts: [],
      endpointOrigins: [],
      mcpFile: null,
      toolHosts: [],
      toolSecrets: [],
      proxies: { http: null, https: null, none: null, all: false },
    });
  });

  it("reads lists with commas and origins with paths", () => {
    const parsed = parseEnvironment({
      PORT: "4000",
      HOST: "0.0.0.0",
      VITRINE_TOKEN: "correct-horse",
      VITRINE_LLAMA: "off",
      VITRINE_MAX_ANSWERS: "20",
      ALLOWED_HOSTS: "vitrine.example, 10.0.0.9,",
      VITRINE_ORIGINS: "http://10.0.0.5:8080/v1,https://models.example",
      VITRINE_TOOL_HOSTS: "API.example.com, 10.0.0.5:8080,[fd00::1]:80",
      VITRINE_TOOL_SECRETS: "WEATHER_KEY=https://API.weather.example:443/, other_key=http://127.0.0.1:9",
      WEATHER_KEY: "correct-battery",
    });
    expect(simple(parsed)).toEqual({
      port: 4000,
      host: "0.0.0.0",
      token: "correct-horse",
      demoModel: false,
      maxAnswers: 20,
      allowedHosts: ["vitrine.example", "10.0.0.9"],
      endpointOrigins: ["http://10.0.0.5:8080", "https://models.example"],
      mcpFile: null,
      toolHosts: ["api.example.com", "10.0.0.5:8080", "[fd00::1]"],
      toolSecrets: [
        { name: "WEATHER_KEY", origin: "https://api.weather.example", value: "correct-battery" },
        { name: "other_key", origin: "http://127.0.0.1:9", value: null },
      ],
      proxies: { http: null, https: null, none: null, all: false },
    });
  });

  it("names every bad value in plain words", () => {
    const bad = {
      PORT: "http",
      VITRINE_LLAMA: "maybe",
      VITRINE_TOKEN: "short",
      VITRINE_ORIGINS: "localhost",
      VITRINE_TOOL_HOSTS: "https://api.example.com",
      VITRINE_TOOL_SECRETS: "A=https://a.example/path",
    };
    expect(() => parseEnvironment(bad)).toThrow(
      'PORT must be a port number. VITRINE_TOKEN must have at least 8 characters. VITRINE_LLAMA must be "on" or "off". VITRINE_ORIGINS must be an http or https address such as http://10.0.0.5:8080. VITRINE_TOOL_HOSTS must list hosts such as "api.example.com" or "10.0.0.5:8080". VITRINE_TOOL_SECRETS must list names with one origin each, such as "WEATHER_KEY=https://api.example.com".',
    );
  });

  it("gives each provider its own key and address", () => {
    const parsed = parseEnvironment({ OPENAI_API_KEY: " sk-1 ", AZURE_OPENAI_BASE_URL: "https://a.example" });
    expect([parsed.keyOf(openai), parsed.keyOf(azure), parsed.baseUrlOf(azure)]).toEqual([
      "sk-1",
      null,
      "https://a.example",
    ]);
  });
});

it("a server is known by the address it listens on, whichever of this machine's own it is", () => {
  expect(allowed("127.5.5.5:3000", { HOST: "127.5.5.5" })).toBe(true);
  expect(allowed("[::1]:3000", { HOST: "::1" })).toBe(true);
  expect(allowed("10.0.0.9:3000", { HOST: "10.0.0.9" })).toBe(true);
  expect(allowed("127.5.5.5:3000", { HOST: "127.0.0.1" })).toBe(false);
});

describe("a server that listens on the network", () => {
  it("refuses to start with keys and no token, in one line", () => {
    expect(reason({ HOST: "0.0.0.0", OPENAI_API_KEY: "sk-1" })).toBe(
      "Refusing to listen on 0.0.0.0 with OPENAI_API_KEY set: anyone on the network could use it. Set VITRINE_TOKEN, or HOST=127.0.0.1.",
    );
  });

  it("refuses to start with a tool's secret and no token", () => {
    expect(
      reason({ HOST: "0.0.0.0", VITRINE_TOOL_SECRETS: "A=https://a.example", A: "correct-battery" }),
    ).toContain("with A set");
  });

  it.each([
    ["on loopback", { OPENAI_API_KEY: "sk-1" }],
    ["on loopback by name", { HOST: "localhost", OPENAI_API_KEY: "sk-1" }],
    ["with a token", { HOST: "0.0.0.0", OPENAI_API_KEY: "sk-1", VITRINE_TOKEN: "correct-horse" }],
    ["without keys", { HOST: "0.0.0.0" }],
  ])("starts %s", (_name, variables) => {
    expect(reason(variables)).toBeNull();
  });
});

describe("host names", () => {
  it("are those of the list and the address that was bound, besides loopback's", () => {
    expect(allowed("Vitrine.example:443", { ALLOWED_HOSTS: "vitrine.EXAMPLE" })).toBe(true);
    expect(allowed("192.168.1.5:3000", { HOST: "192.168.1.5" })).toBe(true);
    expect(allowed("[fd12::1]:3000", { HOST: "fd12::1" })).toBe(true);
    expect(allowed("192.168.1.5:3000", { HOST: "0.0.0.0" })).toBe(false);
    expect(allowed("0.0.0.0:3000", { HOST: "0.0.0.0" })).toBe(false);
  });

  it.each([
    ["127.0.0.1", true],
    ["127.8.9.10", true],
    ["::1", true],
    ["[::1]", true],
    ["LOCALHOST", true],
    ["::ffff:127.0.0.1", true],
    ["0.0.0.0", false],
    ["::", false],
    ["192.168.1.5", false],
    ["localhost.example", false],
  ])("%s loops back: %s", (host, loops) => {
    expect(isLoopback(host)).toBe(loops);
  });
});
