import { MAIN_STATES, OTHER_STATES } from "../scripts/screen-states";
import { TOOL_STATES } from "../scripts/tool-states";
import { VERIFY_STATES } from "../scripts/verify-states";
import { startApp } from "./app";
import { expect, test } from "./fixtures";

test.describe("a state that is photographed", () => {
  let bare: Awaited<ReturnType<typeof startApp>>;
  test.beforeAll(async () => {
    bare = await startApp({ LLAMA_CPP_URL: "http://127.0.0.1:9/v1", VITRINE_LLAMA: "off" });
  });
  test.afterAll(() => bare.stop());

  for (const { name, reach, shows } of [...MAIN_STATES, ...OTHER_STATES, ...TOOL_STATES, ...VERIFY_STATES]) {
    test(`has what its name says: ${name}`, async ({ app, context }) => {
      const page = await reach({ url: app.url, bareUrl: bare.url }, context);
      await expect(shows(page)).toBeVisible();
    });
  }
});
