import type { Page } from "@playwright/test";

export type SavedTurn = {
  readonly turn: {
    readonly steps: readonly {
      readonly id: string;
      readonly timings: { readonly reported: unknown } | null;
    }[];
  };
  readonly wires: readonly { readonly stepId: string; readonly text: string }[];
};

type SavedRecord = { readonly id: string; readonly value: { readonly turn: SavedTurn["turn"] } };
type SavedWire = {
  readonly turnId: string;
  readonly stepId: string;
  readonly value: { readonly chunks: readonly { readonly text: string }[] };
};

/** The turns that the page has saved and the raw wire of each of their steps, read from the browser's own store. */
export async function readWires(page: Page): Promise<SavedTurn[]> {
  return page.evaluate(async () => {
    const [database] = await indexedDB.databases();
    const open = indexedDB.open(database?.name ?? "");
    await new Promise((resolve) => open.addEventListener("success", resolve));
    const all = <T>(store: string): Promise<T[]> =>
      new Promise((resolve) => {
        const request = open.result.transaction(store).objectStore(store).getAll();
        request.addEventListener("success", () => resolve(request.result));
      });
    const turns = await all<SavedRecord>("turns");
    const wires = await all<SavedWire>("wires");
    return turns.map(({ id, value: { turn } }) => ({
      turn,
      wires: wires
        .filter((wire) => wire.turnId === id)
        .map(({ stepId, value: { chunks } }) => ({ stepId, text: chunks.map(({ text }) => text).join("") })),
    }));
  });
}

/** The saved sessions as JSON text. */
export async function savedSessions(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const [database] = await indexedDB.databases();
    const open = indexedDB.open(database?.name ?? "");
    await new Promise((resolve) => open.addEventListener("success", resolve));
    const request = open.result.transaction("sessions").objectStore("sessions").getAll();
    await new Promise((resolve) => request.addEventListener("success", resolve));
    open.result.close();
    return JSON.stringify(request.result);
  });
}
