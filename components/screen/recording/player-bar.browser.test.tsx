import { expect, it } from "vitest";
import { render } from "vitest-browser-react";

import { browserPlatform } from "@/lib/session/page/browser-platform";
import { createIds } from "@/lib/session/store/ids";
import { openRecording } from "@/lib/session/tape/open-recording";
import { createRecordingApp } from "@/lib/session/tape/recording-app";
import { buildAttempt, buildTape, buildTapeTurn } from "@/lib/tape/__fixtures__/build-tape";
import type { TapeMarker } from "@/lib/tape/tape";
import { writeTape } from "@/lib/tape/write-tape";

import { PlayerBar } from "./player-bar";

let unique = 0;

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
