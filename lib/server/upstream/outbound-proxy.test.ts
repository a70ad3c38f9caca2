import { describe, expect, it } from "vitest";
import * as z from "zod";

import { readCase } from "@/lib/providers/__fixtures__/read-case";

import { chooseProxy, type ProxyVariables } from "./outbound-proxy";

const SET: ProxyVariables = {
  http: "http://proxy.example:3128",
  https: "http://secure.example:3129",
  none: null,
  all: false,
};

const via = (target: string, more: Partial<ProxyVariables> = {}, isAdded = false) => {
  const choice = chooseProxy(target, isAdded, { ...SET, ...more });
  return choice.ok ? (choice.route?.name ?? "direct") : choice.message;
};

const caseSchema = z.object({ env: z.object({ HTTP_PROXY: z.string(), OPENAI_BASE_URL: z.string() }) });

describe("a configured origin", () => {
  it("goes through the proxy that the environment of the case from the field names", () => {
    const { env } = caseSchema.parse(JSON.parse(readCase("env-http-proxy.json")));
    expect(via(env.OPENAI_BASE_URL, { http: env.HTTP_PROXY, https: null })).toBe("127.0.0.1:4740");
  });

  it("goes through the proxy of its scheme", () => {
    expect(via("http://models.example/v1")).toBe("proxy.example:3128");
    expect(via("https://api.openai.com/v1")).toBe("secure.example:3129");
    expect(via("https://api.openai.com/v1", { https: null })).toBe("proxy.example:3128");
    expect(via("http://models.example/v1", { http: null })).toBe("direct");
  });

  it.each([
    ["api.openai.com", "direct"],
    ["openai.com", "direct"],
    [".openai.com", "direct"],
    ["*.openai.com", "direct"],
    ["a.example, api.openai.com:443", "direct"],
    ["a.example b.example API.OPENAI.COM", "direct"],
    ["*", "direct"],
    ["api.openai.com.", "direct"],
    ["api.openai.com:8443", "secure.example:3129"],
    ["notopenai.com,penai.com", "secure.example:3129"],
    ["", "secure.example:3129"],
  ])("is called directly where NO_PROXY names it: %j", (none, name) => {
    expect(via("https://api.openai.com/v1", { none })).toBe(name);
  });
});

it.each([
  "http://localhost:8080/v1",
  "http://models.localhost/v1",
  "http://localhost.:8080/v1",
  "http://models.localhost./v1",
  "http://127.0.0.1:8080/v1",
  "http://127.9.9.9/v1",
  "http://[::1]:8080/v1",
  "http://10.1.2.3/v1",
  "http://172.16.0.9/v1",
  "http://192.168.1.7:11434/v1",
  "http://169.254.1.1/v1",
  "http://[fe80::1]/v1",
  "http://[fd12::1]/v1",
  "http://[::ffff:10.0.0.1]/v1",
])("%s is always called directly", (target) => {
  for (const all of [false, true])
    for (const isAdded of [false, true]) expect(via(target, { all }, isAdded)).toBe("direct");
});

it("the proxy of the environment finds the host of NO_PROXY in a name that ends with a dot", () => {
  expect(via("https://api.openai.com./v1", { none: "openai.com" })).toBe("direct");
});

it("an address, or a server that a person added, goes through the proxy only where all shall", () => {
  for (const [target, isAdded] of [
    ["http://93.184.216.34/v1", false],
    ["http://[2606:4700::1111]/v1", false],
    ["http://mine.example/v1", true],
  ] as const) {
    expect([via(target, {}, isAdded), via(target, { all: true }, isAdded)]).toEqual([
      "direct",
      "proxy.example:3128",
    ]);
  }
  expect(via("http://93.184.216.34/v1", { all: true, none: "93.184.0.0/16" })).toBe("direct");
});

it("the proxy of the environment keeps the credentials apart from the address and out of every message", () => {
  expect(
    chooseProxy("http://models.example", false, { ...SET, http: "http://ann:p%40ss@proxy.example:3128" }),
  ).toEqual({
    ok: true,
    route: {
      url: "http://proxy.example:3128",
      name: "proxy.example:3128",
      authorization: `Basic ${Buffer.from("ann:p@ss").toString("base64")}`,
      secrets: ["ann:p@ss", Buffer.from("ann:p@ss").toString("base64"), "p@ss", "p%40ss"],
    },
  });
  expect(via("http://models.example", { http: "proxy.example:3128" })).toBe("proxy.example:3128");
  expect(via("http://models.example", { http: "socks5://ann:secret@proxy.example" })).toBe(
    "HTTP_PROXY: only http and https proxies can be used, not socks5:",
  );
  expect(via("https://models.example", { https: "http://ann:secret@:3128" })).toBe(
    "HTTPS_PROXY is not an address such as http://10.0.0.5:3128.",
  );
});
