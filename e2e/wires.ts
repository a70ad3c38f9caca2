import type { Page } from "@playwright/test";

export type SavedTurn = {
  readonly turn: {
    readonly steps: readonly {
      readonly id: string;
      readonly timings: { readonly reported: unknown } | null;
    }[];
  };
  readonly wires: readonly SavedWire[];
};

/** One attempt: its request's body as sent, and the bytes that came back as text. */
type SavedWire = { readonly stepId: string; readonly request: string; readonly text: string };

type SavedRecord = { readonly value: { readonly turn: SavedTurn["turn"] } };
type SavedAttempt = {
  readonly stepId: string;
  readonly attempt: number;
  readonly value: { readonly request: string };
};
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
    const attempts = await all<SavedAttempt>("attempts");
    const wires: { stepId: string; attempt: number; request: string; text: string }[] = [];
    for (const { stepId, attempt, value } of await all<SavedReads>("reads")) {
      const stream = new Blob([value.gzip]).stream().pipeThrough(new DecompressionStream("gzip"));
      const text = await new Response(stream).text();
      const last = wires.at(-1);
      if (last?.stepId === stepId && last.attempt === attempt) last.text += text;
      else {
        const sent = attempts.find((each) => each.stepId === stepId && each.attempt === attempt);
        wires.push({ stepId, attempt, request: sent?.value.request ?? "", text });
      }
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

type SavedStep = {
  readonly id: string;
  readonly request: { readonly model: string };
  readonly status: { readonly state: string };
  readonly parts: readonly { readonly type: string; readonly text?: string }[];
  readonly usage: { readonly output: number | null } | null;
};

export type SavedAnswer = {
  readonly id: string;
  readonly sessionId: string;
  readonly laneId: string;
  readonly promptId: string;
  readonly parentId: string | null;
  readonly createdAt: number;
  readonly turn: { readonly steps: readonly SavedStep[] };
};

/** The saved turns of each session, whole, with what belongs to them. */
export async function readSessions(page: Page): Promise<readonly (readonly SavedAnswer[])[]> {
  const saved = await page.evaluate(async () => {
    const [database] = await indexedDB.databases();
    const open = indexedDB.open(database?.name ?? "");
    await new Promise((resolve) => open.addEventListener("success", resolve));
    const request = open.result.transaction("turns").objectStore("turns").getAll();
    await new Promise((resolve) => request.addEventListener("success", resolve));
    open.result.close();
    return request.result.map(({ value }: { readonly value: SavedAnswer }) => value);
  });
  const sessions = new Map<string, SavedAnswer[]>();
  for (const answer of saved)
    sessions.set(answer.sessionId, [...(sessions.get(answer.sessionId) ?? []), answer]);
  return [...sessions.values()];
}

/** The same turns in the order in which they were asked, where each id is its rank: an import makes all of them anew. */
export function withoutIds(session: readonly SavedAnswer[]): unknown {
  const modelOf = ({ turn }: SavedAnswer) => turn.steps[0]?.request.model ?? "";
  const ordered = session.toSorted(
    (one, other) => one.createdAt - other.createdAt || modelOf(one).localeCompare(modelOf(other)),
  );
  const ids = ordered.flatMap(({ id, sessionId, laneId, promptId, turn }) => [
    sessionId,
    laneId,
    promptId,
    id,
    ...turn.steps.map((step) => step.id),
  ]);
  const text = [...new Set(ids)].reduce(
    (soFar, id, rank) => soFar.replaceAll(JSON.stringify(id), JSON.stringify(`id ${rank}`)),
    JSON.stringify(ordered),
  );
  return JSON.parse(text);
}

/** The turns that the page has saved. */
export async function readTurns(page: Page): Promise<SavedAnswer["turn"][]> {
  return (await readSessions(page)).flat().map(({ turn }) => turn);
}
