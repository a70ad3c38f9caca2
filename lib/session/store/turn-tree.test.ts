import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { buildRecord } from "@/lib/session/__fixtures__/build-record";

import { laneId, promptId, sessionId, turnId } from "./ids";
import type { Lane, TurnId, TurnRecord } from "./session";
import { copyBranch, latestLeafUnder, pathOf, rowsOf, siblingsOf, type Turns } from "./turn-tree";

const [left, right] = [laneId("left"), laneId("right")];

function turn(
  id: string,
  parent: string | null,
  createdAt: number,
  more: Partial<TurnRecord> = {},
): TurnRecord {
  return buildRecord({
    id: turnId(id),
    sessionId: sessionId("s"),
    laneId: left,
    promptId: promptId(`prompt-${id}`),
    parentId: parent === null ? null : turnId(parent),
    prompt: id,
    createdAt,
    ...more,
  });
}

const byId = (...records: TurnRecord[]): Turns => new Map(records.map((record) => [record.id, record]));
const lane = (id: typeof left, leaf: string | null): Lane => ({
  id,
  own: {},
  leaf: leaf === null ? null : turnId(leaf),
  width: 1,
});
const names = (records: readonly TurnRecord[]) => records.map((record) => record.prompt);

/** A tree as an app could have made it: every turn continues an earlier one or begins anew. */
const trees = fc.array(fc.nat(), { minLength: 1, maxLength: 30 }).map((picks) =>
  picks.map((pick, index) => {
    const parent = pick % (index + 1);
    return turn(String(index), parent === index ? null : String(parent), index);
  }),
);

describe("a path", () => {
  it("leads from the first turn to the leaf", () => {
    const turns = byId(turn("a", null, 1), turn("b", "a", 2), turn("other", "a", 3));
    expect(names(pathOf(turns, turnId("b")))).toEqual(["a", "b"]);
    expect(pathOf(turns, null)).toEqual([]);
    expect(pathOf(turns, turnId("gone"))).toEqual([]);
  });

  it("ends also where parents run in a ring", () => {
    const turns = byId(turn("a", "b", 1), turn("b", "a", 2));
    expect(names(pathOf(turns, turnId("b")))).toEqual(["a", "b"]);
    expect([turnId("a"), turnId("b")]).toContain(latestLeafUnder(turns, turnId("a")));
  });

  it("of any tree goes up parent by parent, and its leaf is below each of its turns", () => {
    fc.assert(
      fc.property(trees, fc.nat(), (records, pick) => {
        const turns = byId(...records);
        const leaf = records[pick % records.length]?.id ?? null;
        const path = pathOf(turns, leaf);
        expect(path.at(-1)?.id).toBe(leaf);
        expect(path.map((record) => record.parentId)).toEqual([
          null,
          ...path.slice(0, -1).map((record) => record.id),
        ]);
      }),
    );
  });
});

describe("siblings", () => {
  it("are the branches of one place in one lane, oldest first", () => {
    const retry = turn("retry", "a", 3);
    const turns = byId(turn("a", null, 1), retry, turn("b", "a", 2), turn("far", "a", 4, { laneId: right }));
    expect(names(siblingsOf(turns, retry))).toEqual(["b", "retry"]);
  });

  it("of any turn contain it once, and are the same for each of them", () => {
    fc.assert(
      fc.property(trees, fc.nat(), (records, pick) => {
        const turns = byId(...records);
        const record = records[pick % records.length];
        if (!record) return;
        const siblings = siblingsOf(turns, record);
        expect(siblings.filter((other) => other.id === record.id)).toEqual([record]);
        for (const other of siblings) expect(siblingsOf(turns, other)).toEqual(siblings);
      }),
    );
  });
});

describe("the latest leaf", () => {
  it("under any turn has no child and passes through that turn", () => {
    fc.assert(
      fc.property(trees, fc.nat(), (records, pick) => {
        const turns = byId(...records);
        const start = records[pick % records.length]?.id;
        if (!start) return;
        const leaf = latestLeafUnder(turns, start);
        expect(records.filter((record) => record.parentId === leaf)).toEqual([]);
        expect(pathOf(turns, leaf).map((record) => record.id)).toContain(start);
      }),
    );
  });
});

describe("rows", () => {
  it("join the lanes that were asked together, in the order in which prompts were first asked", () => {
    const hi = promptId("hi");
    const more = promptId("more");
    const turns = byId(
      turn("l1", null, 1, { promptId: hi, prompt: "Hi" }),
      turn("r1", null, 1, { promptId: hi, prompt: "Hi", laneId: right }),
      turn("r2", "r1", 2, { promptId: more, prompt: "More", laneId: right }),
      // A retry of the first prompt is newer than the second prompt, and still stands in the first row.
      turn("l1-retry", null, 3, { promptId: hi, prompt: "Hi" }),
    );
    const rows = rowsOf([lane(left, "l1-retry"), lane(right, "r2")], turns);
    expect(rows.map((row) => [row.asked?.prompt, row.createdAt, [...row.turns.keys()]])).toEqual([
      ["Hi", 1, [left, right]],
      ["More", 2, [right]],
    ]);
  });
});

describe("rows of branches", () => {
  const hi = { promptId: promptId("hi"), prompt: "Hi" };
  const hello = { promptId: promptId("hello"), prompt: "Hello" };
  const more = { promptId: promptId("more"), prompt: "More" };
  // "Hi" was asked in both lanes and edited in both; more was asked below the second wording.
  const turns = byId(
    turn("l-hi", null, 1, hi),
    turn("r-hi", null, 1, { ...hi, laneId: right }),
    turn("l-hello", null, 2, hello),
    turn("r-hello", null, 2, { ...hello, laneId: right }),
    turn("l-more", "l-hello", 3, more),
    turn("r-more", "r-hello", 3, { ...more, laneId: right }),
  );
  const shown = (leftLeaf: string, rightLeaf: string, of: Turns = turns) =>
    rowsOf([lane(left, leftLeaf), lane(right, rightLeaf)], of).map((row) => ({
      asked: row.asked?.prompt ?? null,
      turns: [...row.turns.values()].map(({ id }) => id),
    }));

  it("stay in step when a lane goes back to another wording of the prompt", () => {
    expect(shown("l-hi", "r-more")).toEqual([
      { asked: null, turns: ["l-hi", "r-hello"] },
      { asked: "More", turns: ["r-more"] },
    ]);
    expect(shown("l-more", "r-more")).toEqual([
      { asked: "Hello", turns: ["l-hello", "r-hello"] },
      { asked: "More", turns: ["l-more", "r-more"] },
    ]);
  });

  it("stay in step below that, while each lane goes on alone", () => {
    const later = byId(...turns.values(), turn("l-else", "l-hi", 4), turn("l-end", "l-else", 5));
    expect(shown("l-end", "r-more", later)).toEqual([
      { asked: null, turns: ["l-hi", "r-hello"] },
      { asked: null, turns: ["r-more", "l-else"] },
      { asked: "l-end", turns: ["l-end"] },
    ]);
  });

  it("give way to a prompt that went to all lanes", () => {
    const last = { promptId: promptId("last"), prompt: "Last" };
    const later = byId(
      ...turns.values(),
      turn("l-last", "l-hi", 4, last),
      turn("r-last", "r-more", 4, { ...last, laneId: right }),
    );
    expect(shown("l-last", "r-last", later)).toEqual([
      { asked: null, turns: ["l-hi", "r-hello"] },
      { asked: "More", turns: ["r-more"] },
      { asked: "Last", turns: ["l-last", "r-last"] },
    ]);
  });

  it("never put two turns of a lane into one row, whatever was imported", () => {
    // In the left lane "More" is a branch of "Hi"; in the right one it follows it.
    const odd = byId(
      turn("l-hi", null, 1, hi),
      turn("l-more", null, 2, more),
      turn("r-hi", null, 1, { ...hi, laneId: right }),
      turn("r-more", "r-hi", 2, { ...more, laneId: right }),
    );
    expect(shown("l-more", "r-more", odd)).toEqual([
      { asked: "Hi", turns: ["r-hi"] },
      { asked: "More", turns: ["l-more", "r-more"] },
    ]);
  });

  it("of any trees hold each turn on screen once, and each lane's turns in their order", () => {
    fc.assert(
      fc.property(trees, trees, fc.nat(), (ours, theirs, pick) => {
        const copies = theirs.map((record) => ({
          ...record,
          id: turnId(`right ${record.id}`),
          parentId: record.parentId === null ? null : turnId(`right ${record.parentId}`),
          laneId: right,
        }));
        const all = byId(...ours, ...copies);
        const leaves = [ours, copies].map((records) => records[pick % records.length]?.id ?? null);
        const lanes = [lane(left, leaves[0] ?? null), lane(right, leaves[1] ?? null)];
        const rows = rowsOf(lanes, all);
        for (const { id, leaf } of lanes) {
          const standing = rows.flatMap((row) => row.turns.get(id) ?? []);
          expect(standing).toEqual(pathOf(all, leaf));
        }
      }),
    );
  });
});

describe("a copied branch", () => {
  it("has the path alone, under new ids, in its new lane", () => {
    const turns = byId(turn("a", null, 1), turn("b", "a", 2), turn("other", "a", 3));
    let count = 0;
    const newId = (): TurnId => turnId(`copy-${(count += 1)}`);
    const { leaf, copies } = copyBranch(turns, lane(left, "b"), right, newId);
    expect(leaf).toBe("copy-2");
    expect(copies.map((copy) => [copy.id, copy.parentId, copy.laneId, copy.prompt])).toEqual([
      ["copy-1", null, right, "a"],
      ["copy-2", "copy-1", right, "b"],
    ]);
  });
});
