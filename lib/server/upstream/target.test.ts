import { describe, expect, it } from "vitest";

import { parseEnvironment } from "@/lib/server/environment";

import { endpointTarget, withPresetPath } from "./target";

const onLoopback = parseEnvironment({});
const onNetwork = parseEnvironment({ HOST: "0.0.0.0", VITRINE_ORIGINS: "http://10.0.0.5:8080/v1" });

describe("endpoint target", () => {
  it.each([
    ["http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080/v1"],
    ["http://localhost:8080/v1", "http://localhost:8080/v1"],
    ["http://[::1]:8080/v1", "http://[::1]:8080/v1"],
    ["http://127.1:8080", "http://127.0.0.1:8080"],
    ["http://192.168.1.20:8080/v1", "http://192.168.1.20:8080/v1"],
    ["http://[fd12:3456::1]/v1", "http://[fd12:3456::1]/v1"],
    ["http://[64:ff9b::808:808]/v1", "http://[64:ff9b::808:808]/v1"],
    ["https://models.example/v1", "https://models.example/v1"],
  ])("allowed on loopback: %s", (typed, baseUrl) => {
    expect(endpointTarget(typed, onLoopback)).toEqual({
      ok: true,
      baseUrl,
      origin: new URL(baseUrl).origin,
      query: "",
      login: null,
    });
  });

  it.each([
    "http://0/v1",
    "http://0.0.0.0:8080",
    "http://[::]:8080",
    "http://169.254.169.254/latest",
    "http://2852039166",
    "http://0xa9fea9fe",
    "http://0251.0376.0251.0376",
    "http://[::ffff:a9fe:a9fe]",
    "http://[::ffff:0:0]",
    "http://[::a9fe:a9fe]",
    "http://[64:ff9b::a9fe:a9fe]",
    "http://[2002:a9fe:a9fe::]",
    "http://[2001:0:1::1]",
    "http://[fd00:ec2::254]",
    "http://[fe80::1]",
    "http://[ff02::1]",
    "http://100.100.100.200",
    "http://168.63.129.16",
    "http://224.0.0.1",
    "http://240.0.0.1",
    "http://255.255.255.255",
    "http://①⑥⑨.254.169.254",
    "http://169。254。169。254",
    "file:///etc/passwd",
    "ftp://127.0.0.1",
    "javascript:alert(1)",
    "http://user:secret@127.0.0.1:8080",
    "http://key@127.0.0.1:8080",
    "http://127.0.0.1/v1?key=1",
  ])("blocked everywhere: %s", (typed) => {
    expect(endpointTarget(typed, onLoopback)).toMatchObject({ ok: false, code: "TARGET_BLOCKED" });
    expect(endpointTarget(typed, onNetwork)).toMatchObject({ ok: false, code: "TARGET_BLOCKED" });
  });

  it.each(["", "localhost:8080", "//127.0.0.1/v1", "http://"])("not a base URL: %s", (typed) => {
    expect(endpointTarget(typed, onLoopback)).toMatchObject({ ok: false });
  });

  it("only configured origins when the app is not on loopback", () => {
    expect(endpointTarget("http://10.0.0.5:8080/other", onNetwork)).toMatchObject({ ok: true });
    expect(endpointTarget("http://10.0.0.5:8081/v1", onNetwork)).toMatchObject({ code: "TARGET_BLOCKED" });
    expect(endpointTarget("http://127.0.0.1:8080/v1", onNetwork)).toMatchObject({ code: "TARGET_BLOCKED" });
  });
});

describe("preset path", () => {
  it("is added to a bare origin and to nothing else", () => {
    const preset = { baseUrl: "http://localhost:8080/v1" };
    expect(withPresetPath("http://10.0.0.5:8080", preset)).toBe("http://10.0.0.5:8080/v1");
    expect(withPresetPath("http://10.0.0.5:8080/", preset)).toBe("http://10.0.0.5:8080/v1");
    expect(withPresetPath("http://10.0.0.5:8080/api", preset)).toBe("http://10.0.0.5:8080/api");
    expect(withPresetPath("https://a.example", { baseUrl: "https://b.example" })).toBe("https://a.example");
  });
});
