import { afterEach, expect, it } from "vitest";
import { render } from "vitest-browser-react";
import { page } from "vitest/browser";

import { browserPlatform } from "@/lib/session/page/browser-platform";
import { createIds } from "@/lib/session/store/ids";
import { openRecording } from "@/lib/session/tape/open-recording";
import { createRecordingApp } from "@/lib/session/tape/recording-app";
import { buildAttempt, buildTape, buildTapeTurn } from "@/lib/tape/__fixtures__/build-tape";
import type { TapeMarker } from "@/lib/tape/tape";
import { writeTape } from "@/lib/tape/write-tape";

import { PlayerBar } from "./player-bar";

let unique = 0;

afterEach(() => page.viewport(1000, 800));

/** The bar of a recording that is `ms` long. */
async function show(ms: number, markers: readonly TapeMarker[]) {
  const record = buildAttempt({ chunks: [], end: { how: "closed", at: ms } });
  const turn = buildTapeTurn({
    records: [record],
    events: [...buildTapeTurn().events, { at: ms, event: { type: "step-stop" } }],
  });
  const ids = createIds(() => `id-${(unique += 1)}`);
  const opened = openRecording(
    "run.tape",
    new TextEncoder().encode(writeTape(buildTape({ turns: [turn], markers }))),
    { ids, now: 1 },
  );
  if (!opened.ok) return expect.unreachable(opened.reason);
  const { player } = createRecordingApp(opened.recording, {
    platform: browserPlatform(),
    frames: { request: () => undefined },
    ids,
    everyFrame: () => () => undefined,
  });
  const { markers: shown } = opened.recording;
  const screen = await render(
    <PlayerBar player={player} markers={shown} label="label" onRunLive={() => undefined} jump={null} />,
  );
  return { screen, player };
}

it("a marker is listed with its time, and a press goes there and marks it", async () => {
  const { screen, player } = await show(9_000, [
    { us: 5_200_000, lane: null, text: "The server was killed" },
    { us: 1_000_000, lane: 0, text: "End thinking" },
  ]);
  const items = screen.getByRole("list", { name: "Markers" }).getByRole("button");
  expect(items.elements().map(({ textContent }) => textContent)).toEqual([
    "0:01.0End thinking",
    "0:05.2The server was killed",
  ]);
  await items.last().click();
  expect(player.state.getState()).toMatchObject({ at: 5_200, isPlaying: false });
  await expect.element(items.last()).toHaveAttribute("aria-current", "step");
  await expect.element(items.first()).not.toHaveAttribute("aria-current");
});

it("many markers are listed up to twelve, and the others are counted", async () => {
  const markers = Array.from({ length: 40 }, (_, index) => ({ us: index, lane: null, text: `m${index}` }));
  const { screen } = await show(9_000, markers);
  expect(screen.getByRole("list", { name: "Markers" }).getByRole("button").elements()).toHaveLength(12);
  await expect.element(screen.getByText("and 28 more")).toBeVisible();
});

it("a recording of less than two seconds begins at a quarter of its pace, a longer one at its pace", async () => {
  const short = await show(1_300, []);
  await expect.element(short.screen.getByRole("combobox", { name: "Speed" })).toHaveValue("0.25");
  await short.screen.unmount();
  const long = await show(2_100, []);
  await expect.element(long.screen.getByRole("combobox", { name: "Speed" })).toHaveValue("1");
});

it.each([360, 390, 430])(
  "the bar takes two lines at %i px, and its menu has the speeds and the waits",
  async (width) => {
    await page.viewport(width, 780);
    const { screen, player } = await show(9_000, []);
    const controls = [
      ...screen.getByRole("button").elements(),
      screen.getByRole("slider", { name: "Time" }).element(),
    ].filter((control) => control.checkVisibility({ visibilityProperty: true }));
    const middles = controls.map((control) => {
      const { top, bottom, right } = control.getBoundingClientRect();
      expect(right).toBeLessThanOrEqual(width);
      return Math.round((top + bottom) / 2);
    });
    expect(new Set(middles).size).toBe(2);
    await screen.getByRole("button", { name: "Speed, × 1" }).click();
    await screen.getByRole("menuitemcheckbox", { name: "× 5" }).click();
    await screen.getByRole("button", { name: "Speed, × 5" }).click();
    await screen.getByRole("menuitemcheckbox", { name: "Skip waits for people" }).click();
    await expect.poll(() => player.state.getState()).toMatchObject({ speed: 5, skipsWaits: false });
  },
);

it("the markers of a long recording take one line on a phone", async () => {
  await page.viewport(390, 844);
  const markers = Array.from({ length: 40 }, (_, index) => ({
    us: index,
    lane: null,
    text: `The server said a long word ${"again ".repeat(20)}${index}`,
  }));
  const { screen } = await show(9_000, markers);
  const items = screen.getByRole("list", { name: "Markers" }).getByRole("button").elements();
  expect(new Set(items.map((item) => item.getBoundingClientRect().top)).size).toBe(1);
});
