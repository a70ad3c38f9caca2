import { expect, it } from "vitest";

import { Answers, openTestPage, streamAnswer } from "@/components/__fixtures__/test-page";

it("an answer that streams is stopped from its own lane, but not in a recording, where nothing runs", async () => {
  const { app, show } = await openTestPage();
  streamAnswer(app, 0);
  const screen = await show(<Answers />);
  await expect.element(screen.getByRole("button", { name: "Stop" })).toBeVisible();
  app.store.setState({ ownership: "recording" });
  await expect.element(screen.getByRole("button", { name: "Copy answer" })).toBeVisible();
  await expect.element(screen.getByRole("button", { name: "Stop" })).not.toBeInTheDocument();
});
