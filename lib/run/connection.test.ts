import { expect, it } from "vitest";

import { openWatchdog } from "./connection";

/** Checks every 5 s up to `until`, and gives the last answer. */
function checkUntil(dog: ReturnType<typeof openWatchdog>, from: number, until: number) {
  let state = dog.check(from);
  for (let now = from; now <= until; now += 5_000) state = dog.check(now);
  return state;
}

it("the watch calls a slow server silent, for as long as it takes, never lost", () => {
  const dog = openWatchdog(0);
  expect(dog.check(5_000)).toBe("fine");
  expect(checkUntil(dog, 10_000, 3_600_000)).toBe("silent");
  dog.moved(3_600_000);
  expect(dog.check(3_605_000)).toBe("fine");
});

it("the watch calls a server silent that sends nothing but keep-alives", () => {
  const dog = openWatchdog(0);
  let state = dog.check(0);
  for (let now = 5_000; now <= 60_000; now += 5_000) {
    dog.seen(now);
    state = dog.check(now);
  }
  expect(state).toBe("silent");
});

it("the watch gives a connection up that stays silent after the machine slept", () => {
  const dog = openWatchdog(0);
  dog.check(5_000);
  expect(dog.check(600_000)).toBe("silent");
  expect(checkUntil(dog, 605_000, 615_000)).toBe("silent");
  expect(dog.check(620_000)).toBe("lost");
});

it("the watch keeps a connection that shows itself after sleep", () => {
  const dog = openWatchdog(0);
  dog.check(600_000);
  dog.seen(610_000);
  dog.moved(610_000);
  expect(checkUntil(dog, 610_000, 625_000)).toBe("fine");
});

it("the watch takes timers of a background tab, once a minute, for what they are", () => {
  const dog = openWatchdog(0);
  for (let now = 60_000; now < 600_000; now += 60_000) expect(dog.check(now)).toBe("silent");
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
