/** One tool that the server runs: its events are held until the page has asked for them. */
import { type QuestionAnswer, questionId } from "@/lib/contract/tool-run";
import type { ToolRunEvent, ToolRunEvents } from "@/lib/tools/tool-run";

import type { HostIo } from "./tool-io";

/** Of what a tool writes while it runs, the latest that is held for the page. */
const MOST_PROGRESS = 64 * 1024;
/** Characters of a result with all that came beside its text. */
const MOST_RESULT = 16 * 1024 * 1024;

export type HeldRun = {
  /** Characters that are held. */
  readonly size: () => number;
  readonly isDone: () => boolean;
  /** Forgets what lies before `from`, and resolves to the rest: at once if there is any, otherwise within `waitMs`. */
  readonly take: (from: number, waitMs: number) => Promise<TakenEvents>;
  /** False where no such question is open. */
  readonly answer: (question: string, answer: QuestionAnswer) => boolean;
  /** Ends it with `message`; without effect once it is done. */
  readonly stop: (message: string) => void;
};

export type TakenEvents = {
  readonly events: ToolRunEvent[];
  readonly next: number;
  readonly isDone: boolean;
};

type OpenQuestion = { readonly id: string; readonly settle: (answer: QuestionAnswer) => void };

/** Begins to run a tool. `mayHold`: whether there is room for a result of so many characters. */
export function holdRun(
  id: string,
  begin: (io: HostIo) => ToolRunEvents,
  mayHold: (size: number) => boolean,
): HeldRun {
  const stopped = new AbortController();
  const waiting = new Set<() => void>();
  /** The events from `first` on; the page has those before `given`. */
  let held: ToolRunEvent[] = [];
  let first = 0;
  let given = 0;
  let isDone = false;
  let asked = 0;
  let open: OpenQuestion | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  const wake = () => {
    for (const go of waiting) go();
    waiting.clear();
  };
  const push = (event: ToolRunEvent) => {
    if (isDone) return;
    const last = held.at(-1);
    if (event.type === "progress") {
      // What the page has not seen yet grows in place: a tool may write without end.
      const isNew = last?.type !== "progress" || first + held.length <= given;
      const text = ((isNew ? "" : last.text) + event.text).slice(-MOST_PROGRESS);
      if (!isNew) held.pop();
      held.push({ type: "progress", text });
    } else held.push(event.type === "end" ? bounded(event, mayHold) : event);
    isDone = event.type === "end" || event.type === "fail";
    wake();
  };

  const settle = (answer: QuestionAnswer) => {
    const question = open;
    if (question === null) return;
    open = null;
    push({ type: "ask", question: null });
    question.settle(answer);
  };
  const ask: HostIo["ask"] = (question) => {
    const answered = turn.then(
      () =>
        new Promise<QuestionAnswer>((resolve) => {
          if (isDone) return resolve(CANCELED);
          open = { id: questionId(id, (asked += 1)), settle: resolve };
          push({ type: "ask", question: { ...question, id: open.id } });
        }),
    );
    turn = answered;
    return answered;
  };

  const stop = (message: string) => {
    if (isDone) return;
    settle(CANCELED);
    push({ type: "fail", message });
    stopped.abort();
  };

  const carry = async () => {
    try {
      for await (const event of begin({ signal: stopped.signal, ask })) {
        push(event);
        if (isDone) break;
      }
      push({ type: "fail", message: "The tool ended without a result." });
    } catch (error) {
      push({ type: "fail", message: error instanceof Error ? error.message : String(error) });
    }
    // A tool that ended while it asked waits for nobody.
    open?.settle(CANCELED);
    open = null;
  };
  void carry();

  const more = (from: number, waitMs: number) =>
    new Promise<void>((resolve) => {
      if (isDone || first + held.length > from) return resolve();
      const timer = setTimeout(go, waitMs);
      waiting.add(go);
      function go() {
        clearTimeout(timer);
        waiting.delete(go);
        resolve();
      }
    });

  return {
    size: () => held.reduce((sum, event) => sum + sizeOf(event), 0),
    isDone: () => isDone,
    take: async (from, waitMs) => {
      const seen = Math.min(Math.max(from, first), first + held.length);
      held = held.slice(seen - first);
      first = seen;
      await more(from, waitMs);
      const events = held.slice(Math.max(0, from - first));
      given = Math.max(given, first + held.length);
      return { events, next: first + held.length, isDone };
    },
    answer: (question, answer) => {
      if (open?.id !== question) return false;
      settle(answer);
      return true;
    },
    stop,
  };
}

const CANCELED: QuestionAnswer = { action: "cancel", content: null };

function bounded(
  event: Extract<ToolRunEvent, { type: "end" }>,
  mayHold: (size: number) => boolean,
): ToolRunEvent {
  const size = sizeOf(event);
  if (size > MOST_RESULT) {
    const megabytes = Math.ceil(size / (1024 * 1024));
    const message = `The tool's result has ${megabytes} MB. Vitrine passes on results of up to 16 MB.`;
    return { type: "fail", message };
  }
  if (mayHold(size)) return event;
  return {
    type: "fail",
    message: "The server holds too many long results of other tools. Run the tool again.",
  };
}

function sizeOf(event: ToolRunEvent): number {
  switch (event.type) {
    case "progress":
      return event.text.length;
    case "end":
      return (
        event.result.output.length +
        (event.result.received === undefined ? 0 : JSON.stringify(event.result.received).length)
      );
    case "ask":
    case "fail":
      return 0;
  }
}
