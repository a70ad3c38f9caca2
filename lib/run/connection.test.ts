import { expect, it } from "vitest";

import { openWatchdog } from "./connection";

/** Checks every 5 s up to `until`, and gives the last answer. */
function checkUntil(watchdog: ReturnType<typeof openWatchdog>, from: number, until: number) {
  let state = watchdog.check(from);
  for (let now = from; now <= until; now += 5_000) state = watchdog.check(now);
  return state;
}

it("the watch calls a slow server silent, for as long as it takes, never lost", () => {
  const watchdog = openWatchdog(0);
  expect(watchdog.check(5_000)).toBe("fine");
  expect(checkUntil(watchdog, 10_000, 3_600_000)).toBe("silent");
  watchdog.moved(3_600_000);
  expect(watchdog.check(3_605_000)).toBe("fine");
});

it("the watch calls a server silent that sends nothing but keep-alives", () => {
  const watchdog = openWatchdog(0);
  let state = watchdog.check(0);
  for (let now = 5_000; now <= 60_000; now += 5_000) {
    watchdog.seen(now);
    state = watchdog.check(now);
  }
  expect(state).toBe("silent");
});

it("the watch gives a connection up that stays silent after the machine slept", () => {
  const watchdog = openWatchdog(0);
  watchdog.check(5_000);
  expect(watchdog.check(600_000)).toBe("silent");
  expect(checkUntil(watchdog, 605_000, 615_000)).toBe("silent");
  expect(watchdog.check(620_000)).toBe("lost");
});

it("the watch keeps a connection that shows itself after sleep", () => {
  const watchdog = openWatchdog(0);
  watchdog.check(600_000);
  watchdog.seen(610_000);
  watchdog.moved(610_000);
  expect(checkUntil(watchdog, 610_000, 625_000)).toBe("fine");
});

it("the watch takes timers of a background tab, once a minute, for what they are", () => {
  const watchdog = openWatchdog(0);
  for (let now = 60_000; now < 600_000; now += 60_000) expect(watchdog.check(now)).toBe("silent");
});

it("the watch doubts a silent connection when the network comes back, not a lively one", () => {
  const silent = openWatchdog(0);
  checkUntil(silent, 5_000, 30_000);
  silent.doubt(30_000);
  expect(checkUntil(silent, 35_000, 50_000)).toBe("lost");
  const lively = openWatchdog(0);
  lively.seen(29_000);
  lively.moved(29_000);
  lively.doubt(30_000);
  expect(checkUntil(lively, 30_000, 45_000)).toBe("fine");
});
