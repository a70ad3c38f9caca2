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

type SavedRecord = { readonly value: { readonly turn: SavedTurn["turn"] } };
/** Some of an attempt's bytes. They lie in the order of their keys: step, attempt, place. */
type SavedReads = {
  readonly stepId: string;
  readonly attempt: number;
  readonly value: { readonly gzip: Uint8Array<ArrayBuffer> };
};

/** The turns that the page has saved and the raw bytes of each attempt of their steps, read from the browser's own store. */
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
    const wires: { stepId: string; attempt: number; text: string }[] = [];
    for (const { stepId, attempt, value } of await all<SavedReads>("reads")) {
      const stream = new Blob([value.gzip]).stream().pipeThrough(new DecompressionStream("gzip"));
      const text = await new Response(stream).text();
      const last = wires.at(-1);
      if (last?.stepId === stepId && last.attempt === attempt) last.text += text;
      else wires.push({ stepId, attempt, text });
    }
    return turns.map(({ value: { turn } }) => ({
      turn,
      wires: wires.filter(({ stepId }) => turn.steps.some(({ id }) => id === stepId)),
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

/** The turns that the page has saved. */
export async function readTurns(page: Page): Promise<unknown[]> {
  return page.evaluate(async () => {
    const [database] = await indexedDB.databases();
    const open = indexedDB.open(database?.name ?? "");
    await new Promise((resolve) => open.addEventListener("success", resolve));
    const request = open.result.transaction("turns").objectStore("turns").getAll();
    await new Promise((resolve) => request.addEventListener("success", resolve));
    open.result.close();
    return request.result.map(({ value }: { readonly value: { readonly turn: unknown } }) => value.turn);
  });
}
