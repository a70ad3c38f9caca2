import { beforeEach, describe, expect, it, vi } from "vitest";
import { createStore } from "zustand/vanilla";

import { type AppState, initialState } from "@/lib/session/store/app-state";

import { createTakeOver, type TakeNews } from "./take-over";

const open = initialState().session.id;
const ask: TakeNews = { kind: "ask", id: open };
let posted: TakeNews[] = [];
let due: (() => void) | null = null;
let given: (isGiven: boolean) => void = () => undefined;
const handOver = vi.fn(() => new Promise<boolean>((resolve) => (given = resolve)));
const notify = vi.fn();

beforeEach(() => {
  posted = [];
  due = null;
  handOver.mockClear();
  notify.mockClear();
});

function start(ownership: AppState["ownership"]) {
  const store = createStore<AppState>(() => ({ ...initialState(), ownership }));
  const takeOver = createTakeOver({
    store,
    post: (news) => posted.push(news),
    later: (_ms, call) => {
      due = call;
      return () => (due = null);
    },
    handOver,
    notify,
  });
  return { ...takeOver, store, state: () => store.getState().takeOver };
}

function pass(times: number): void {
  for (let nth = 0; nth < times; nth += 1) due?.();
}

describe("a tab that wants a session", () => {
  it("asks again until it has it, and says so while nobody answers", () => {
    const tab = start("elsewhere");
    tab.useHere();
    pass(2);
    expect([posted, tab.state()]).toEqual([[ask, ask, ask], "asked"]);
    pass(2);
    expect([posted.length, tab.state()]).toEqual([5, "unanswered"]);
    tab.store.setState({ ownership: "owner" });
    pass(1);
    expect([posted.length, tab.state(), due]).toEqual([5, "none", null]);
  });

  it("waits for a tab that answers, however long it saves", () => {
    const tab = start("elsewhere");
    tab.useHere();
    for (let nth = 0; nth < 20; nth += 1) {
      tab.listen({ kind: "heard", id: open });
      pass(1);
    }
    expect(tab.state()).toBe("asked");
  });

  it("stops asking once the other tab keeps it, and says why", () => {
    const tab = start("elsewhere");
    tab.useHere();
    tab.listen({ kind: "kept", id: open });
    expect([due, tab.state(), notify.mock.calls]).toEqual([
      null,
      "none",
      [
        [
          "error",
          "The other tab could not save this comparison, so it stays there. Duplicate it to work here.",
        ],
      ],
    ]);
  });

  it("asks for nothing that it has", () => {
    const tab = start("owner");
    tab.useHere();
    expect([posted, tab.state()]).toEqual([[], "none"]);
  });
});

describe("a tab that is asked", () => {
  it("answers each time, and hands over once", async () => {
    const tab = start("owner");
    tab.listen(ask);
    tab.listen(ask);
    expect([posted.map(({ kind }) => kind), handOver.mock.calls]).toEqual([["heard", "heard"], [[open]]]);
    given(true);
    await Promise.resolve();
    expect(posted.length).toBe(2);
  });

  it("says that it keeps what it could not save", async () => {
    const tab = start("owner");
    tab.listen(ask);
    given(false);
    await vi.waitFor(() => expect(posted.at(-1)).toEqual({ kind: "kept", id: open }), { interval: 1 });
  });

  it("answers for no session but its own", () => {
    const tab = start("elsewhere");
    tab.listen(ask);
    expect([posted, handOver.mock.calls]).toEqual([[], []]);
  });
});
