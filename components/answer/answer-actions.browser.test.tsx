import { expect, it } from "vitest";

import { Answers, openTestPage, streamAnswer } from "@/components/__fixtures__/test-page";

it("an answer that streams leaves stopping to its lane's header, and offers it where nothing comes any more", async () => {
  const { app, show } = await openTestPage();
  streamAnswer(app, 0);
  const screen = await show(<Answers />);
  await expect.element(screen.getByRole("button", { name: "Copy answer" })).toBeVisible();
  const stop = screen.getByRole("button", { name: "Stop" });
  await expect.element(stop).not.toBeInTheDocument();
  const turns = app.store.getState().turns;
  app.store.setState({ silent: new Set(turns.keys()) });
  await expect.element(stop).toBeVisible();
  app.store.setState({ ownership: "recording" });
  await expect.element(stop).not.toBeInTheDocument();
});
