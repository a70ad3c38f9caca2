/** A page's session for component tests in a browser: real, over a database of its own and a server that a test answers for. */
import type { ReactNode } from "react";
import { onTestFinished } from "vitest";
import { render } from "vitest-browser-react";

import { Answer } from "@/components/answer/answer";
import { WaitingCallsContext } from "@/components/answer/answer-scope";
import { startTestApp, type TestApp } from "@/lib/session/__fixtures__/test-app";
import { SessionProvider } from "@/lib/session/hooks/session-context";
import { useRows } from "@/lib/session/hooks/use-session";
import { openDatabase } from "@/lib/session/storage/database";
import { promptId, turnId } from "@/lib/session/store/ids";
import { effectiveSetup } from "@/lib/session/store/lanes";
import type { TurnId } from "@/lib/session/store/session";
import { hasGoneOn, waitingCalls } from "@/lib/session/store/waiting-calls";
import type { StreamEvent } from "@/lib/stream/turn/event";
import { emptyTurn } from "@/lib/stream/turn/fold";
import type { Step } from "@/lib/stream/turn/turn";
import type { ToolDefinition } from "@/lib/tools/tool";

/** What the page asked of its server: a path, and the body as it was sent. */
export type Asked = { readonly path: string; readonly body: unknown };

export type TestPage = {
  readonly app: TestApp;
  readonly asked: readonly Asked[];
  /** Draws something of the page with the session around it. */
  readonly show: (piece: ReactNode) => ReturnType<typeof render>;
};

/** What the server replies: a response, or what it sends as JSON; undefined = it never does. `left` aborts when the page leaves. */
export type Replies = (asked: Asked, left: AbortSignal | null) => object | Promise<object> | undefined;

/** A started session with one lane and nothing typed. The server never replies unless told otherwise. */
export async function openTestPage(replies: Replies = () => undefined): Promise<TestPage> {
  const asked: Asked[] = [];
  const app = await startTestApp({
    fetch: (input, init) => {
      const path = input instanceof Request ? input.url : String(input);
      const request = { path, body: typeof init?.body === "string" ? JSON.parse(init.body) : null };
      asked.push(request);
      const reply = replies(request, init?.signal ?? null);
      if (reply === undefined) return new Promise(() => undefined);
      return Promise.resolve(reply).then((given) =>
        given instanceof Response ? given : Response.json(given),
      );
    },
    database: openDatabase(crypto.randomUUID()),
  });
  onTestFinished(() => app.end());
  for (const lane of app.lanes().slice(1)) app.actions.closeLane(lane.id);
  app.actions.setDraft("");
  return { app, asked, show: (piece) => render(<SessionProvider app={app}>{piece}</SessionProvider>) };
}

/** Saves a tool and turns it on in every lane. */
export function offerTool(app: TestApp, tool: ToolDefinition): void {
  app.actions.saveTool(tool);
  for (const { id } of app.lanes()) {
    const { tools } = effectiveSetup(app.store.getState().session, id);
    app.actions.changeSetup(id, { tools: [...new Set([...tools, tool.id])] });
  }
}

/** Gives a lane an answer of these steps. The first answers of all lanes are to the same prompt. */
export function addAnswer(app: TestApp, lane: number, steps: readonly Step[]): TurnId {
  const { session, turns } = app.store.getState();
  const asked = session.lanes[lane];
  if (asked === undefined) throw new Error("There is no such lane");
  const id = turnId(`turn ${asked.id} ${turns.size}`);
  const record = {
    id,
    sessionId: session.id,
    laneId: asked.id,
    promptId: promptId(asked.leaf === null ? "first" : `after ${asked.leaf}`),
    parentId: asked.leaf,
    prompt: "What is the weather?",
    images: [],
    createdAt: turns.size,
    setup: effectiveSetup(session, asked.id),
    sharedServer: false,
    notes: [],
    turn: { steps },
    events: [],
  };
  app.store.setState({
    turns: new Map(turns).set(id, record),
    session: { ...session, lanes: session.lanes.with(lane, { ...asked, leaf: id }) },
  });
  return id;
}

/** Lets a lane's answer stream. Returns what brings the next events. */
export function streamAnswer(app: TestApp, lane: number): (...events: readonly StreamEvent[]) => void {
  const id = addAnswer(app, lane, []);
  const laneId = app.store.getState().turns.get(id)?.laneId;
  if (laneId === undefined) throw new Error("The answer is gone");
  let at = 0;
  app.live.open(id, emptyTurn(), () => at);
  app.store.setState(({ live }) => ({ live: new Map(live).set(id, laneId) }));
  return (...events) => {
    app.live.push(
      id,
      events.map((event) => ({ at: (at += 1), event })),
    );
  };
}

/** The rows on screen, with every lane's answer. */
export function Answers() {
  const rows = useRows();
  return rows.map((row, index) => (
    <WaitingCallsContext key={row.createdAt} value={waitingCalls(rows, index)}>
      {[...row.turns.values()].map((record, laneIndex) => (
        <section key={record.id} tabIndex={-1} aria-label={`Lane ${laneIndex + 1}`}>
          <Answer
            record={record}
            laneNumber={laneIndex + 1}
            hasGoneOn={hasGoneOn(rows, index, record.laneId)}
          />
        </section>
      ))}
    </WaitingCallsContext>
  ));
}
