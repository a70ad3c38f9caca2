import "fake-indexeddb/auto";
import { expect, it } from "vitest";

import { freshName } from "@/lib/session/__fixtures__/test-app";

import { openDatabase } from "./database";

const file = (name: string) => ({ name, bytes: new TextEncoder().encode(`${name} ${"tape ".repeat(10)}`) });

it("a kept file comes back byte for byte under its name, and is gone once it is dropped", async () => {
  const database = openDatabase(freshName());
  expect(await database.keepRecording("one", file("a.tape"))).toBe(true);
  expect(await database.keptRecording("one")).toEqual(file("a.tape"));
  await database.dropRecording("one");
  expect(await database.keptRecording("one")).toBeNull();
});

it("four files are kept at most: the oldest makes room, and one that is kept again does not", async () => {
  const database = openDatabase(freshName());
  for (const id of ["1", "2", "3", "4", "4", "5"]) await database.keepRecording(id, file(id));
  const kept = await Promise.all(["1", "2", "3", "4", "5"].map((id) => database.keptRecording(id)));
  expect(kept.map((each) => each?.name ?? null)).toEqual([null, "2", "3", "4", "5"]);
});

it("a file that stays large when it is compressed is not kept", async () => {
  const database = openDatabase(freshName());
  const bytes = new Uint8Array(33_000_000);
  for (let from = 0; from < bytes.length; from += 65_536)
    crypto.getRandomValues(bytes.subarray(from, from + 65_536));
  expect(await database.keepRecording("one", { name: "a.tape", bytes })).toBe(false);
  expect(await database.keptRecording("one")).toBeNull();
});
