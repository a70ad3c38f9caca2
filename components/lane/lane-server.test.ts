import { describe, expect, it } from "vitest";

import type { ProviderReport, ProvidersReply } from "@/lib/contract/servers";
import { emptySetup } from "@/lib/session/store/first-session";

import { laneServer } from "./lane-server";

const llama: ProviderReport = {
  id: "llamacpp",
  label: "llama.cpp",
  local: true,
  baseUrl: "http://127.0.0.1:8080/v1",
  key: "not-needed",
  keyEnv: null,
  hint: "Start it.",
  reach: { state: "ready", latencyMs: 1, models: [], server: null },
};
const groq: ProviderReport = {
  ...llama,
  id: "groq",
  label: "Groq",
  local: false,
  key: "missing",
  keyEnv: "GROQ_API_KEY",
  hint: "Keys: console.groq.com/keys",
  reach: { state: "unprobed" },
};
const reply: ProvidersReply = {
  version: "0",
  endpointsAllowed: true,
  providers: [llama, groq],
  demo: { state: "off", reason: "" },
};
const known = { reply, endpoints: [], keyHeld: false };

describe("laneServer", () => {
  it("names a person's own server and its address, not the preset it speaks like", () => {
    const setup = {
      ...emptySetup({ provider: "llamacpp", model: "m" }),
      endpoint: "http://10.0.0.5:9000/v1",
    };
    const endpoints = [{ name: "attic", baseUrl: "http://10.0.0.5:9000/v1", provider: "llamacpp" }];
    expect(laneServer(setup, { ...known, endpoints })).toEqual({
      label: "attic · 10.0.0.5:9000",
      needsKey: false,
      status: "Ready: attic · 10.0.0.5:9000",
    });
  });

  it("says of a server that was removed that the lane still asks it", () => {
    const setup = {
      ...emptySetup({ provider: "llamacpp", model: "m" }),
      endpoint: "http://10.0.0.5:9000/v1",
    };
    expect(laneServer(setup, known)).toEqual({
      label: "10.0.0.5:9000",
      needsKey: false,
      status: "10.0.0.5:9000 is not in your list of servers. This lane still asks it.",
    });
  });

  it("asks for the secret part of an address until this tab holds it", () => {
    const baseUrl = "http://10.0.0.5:9000/v1";
    const setup = { ...emptySetup({ provider: "llamacpp", model: "m" }), endpoint: baseUrl };
    const asks = { login: true, query: [] };
    const endpoints = [{ name: "10.0.0.5:9000", baseUrl, provider: "llamacpp", asks }];
    expect([false, true].map((keyHeld) => laneServer(setup, { ...known, endpoints, keyHeld }))).toEqual([
      {
        label: "10.0.0.5:9000",
        needsKey: true,
        status: "10.0.0.5:9000 needs the secret part of its address again.",
      },
      { label: "10.0.0.5:9000", needsKey: false, status: "Ready: 10.0.0.5:9000" },
    ]);
  });

  it("asks for a key until this tab holds one", () => {
    const setup = emptySetup({ provider: "groq", model: "m" });
    expect([laneServer(setup, known), laneServer(setup, { ...known, keyHeld: true })]).toEqual([
      { label: "Groq", needsKey: true, status: "Groq needs a key. Keys: console.groq.com/keys" },
      { label: "Groq", needsKey: false, status: "Ready." },
    ]);
  });

  it.each([
    [llama.reach, "Ready at http://127.0.0.1:8080/v1."],
    [{ state: "absent" }, "llama.cpp was not found at http://127.0.0.1:8080/v1. Start it."],
    [{ state: "error", message: "Loading" }, "llama.cpp: Loading"],
  ] as const)("says how a preset is doing: %j", (reach, status) => {
    const setup = emptySetup({ provider: "llamacpp", model: "m" });
    const providers = [{ ...llama, reach }];
    expect(laneServer(setup, { ...known, reply: { ...reply, providers } }).status).toBe(status);
  });

  it("is still looking while nothing is known", () => {
    expect(laneServer(emptySetup(null), { ...known, reply: null })).toEqual({
      label: "llamacpp",
      needsKey: false,
      status: "Looking for the server …",
    });
  });
});
