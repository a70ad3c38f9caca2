import path from "node:path";

import { expect, test } from "@playwright/test";

import { serveModel } from "../lib/server/demo/serve.mjs";

const ROOT = path.join(import.meta.dirname, "..");

test("the demo model's server ends by itself when asked, also in the middle of a long prompt", async () => {
  const started = await serveModel(ROOT);
  if (!started.ok) throw new Error(started.problem.what);
  const { server } = started;
  const response = await fetch(`${server.url}/v1/chat/completions`, {
    method: "POST",
    body: JSON.stringify({
      messages: [{ role: "user", content: "The sea is wide and the night is long. ".repeat(380) }],
      stream: true,
      return_progress: true,
    }),
  });
  // The first progress frame: from here on the server is busy with a batch.
  await response.body?.getReader().read();
  await server.stop();
  // 0 = it left; null = it had to be killed.
  expect((await server.exited).code).toBe(0);
});
