import { expect, it } from "vitest";

import type { DemoModel, ProviderReport } from "@/lib/contract/servers";

import { report } from "./report.mjs";

const provider = (more: Partial<ProviderReport>): ProviderReport => ({
  id: "llamacpp",
  label: "llama.cpp",
  local: true,
  baseUrl: "http://127.0.0.1:8080/v1",
  key: "not-needed",
  keyEnv: "LLAMA_API_KEY",
  hint: "",
  reach: { state: "absent" },
  ...more,
});

const printed = (providers: readonly ProviderReport[], demo: DemoModel) =>
  report("http://127.0.0.1:3000", { version: "1.0.0", endpointsAllowed: true, providers, demo }).split("\n");

it("the report names the servers that answer, what ails the others, and keys by name only", () => {
  const model = { id: "m", contextLength: null, note: null };
  const reach = { state: "ready" as const, latencyMs: 3, models: [model], server: "llama.cpp" };
  const lines = printed(
    [
      provider({ reach }),
      provider({
        label: "Ollama",
        reach: { state: "error", message: "OLLAMA_BASE_URL: The address is not a URL." },
      }),
      provider({
        label: "OpenAI",
        local: false,
        key: "present",
        keyEnv: "OPENAI_API_KEY",
        reach: { state: "unprobed" },
      }),
      provider({
        label: "Groq",
        local: false,
        key: "missing",
        keyEnv: "GROQ_API_KEY",
        reach: { state: "unprobed" },
      }),
    ],
    { state: "available", downloadBytes: 126_698_538 },
  );
  expect(lines).toEqual([
    "Vitrine 1.0.0  http://127.0.0.1:3000",
    "  servers     llama.cpp at http://127.0.0.1:8080/v1 (1 model)",
    "              OLLAMA_BASE_URL: The address is not a URL.",
    "  keys        OPENAI_API_KEY",
    "  demo model  the page installs it at a click (127 MB)",
    "Ctrl+C stops it.",
  ]);
});

it.each<readonly [DemoModel, string]>([
  [{ state: "off", reason: "Switched off by VITRINE_LLAMA=off." }, "off. Switched off by VITRINE_LLAMA=off."],
  [{ state: "available", downloadBytes: 0 }, "installed; the page starts it at a click"],
  [
    { state: "installing", receivedBytes: null, totalBytes: 126_698_538, elapsedMs: 0 },
    "installing (127 MB, once); the page shows how far it is",
  ],
  [{ state: "starting", elapsedMs: 10 }, "starting"],
  [{ state: "ready", baseUrl: "http://127.0.0.1:4000/v1", model: "m" }, "ready at http://127.0.0.1:4000/v1"],
  [{ state: "failed", what: "No Python.", next: "Install it." }, "No Python. Install it."],
])("the report shows how far the demo model is: %j", (demo, words) => {
  expect(printed([], demo)).toEqual([
    "Vitrine 1.0.0  http://127.0.0.1:3000",
    "  servers     none found",
    "  keys        none set",
    `  demo model  ${words}`,
    "Ctrl+C stops it.",
  ]);
});
