/** Sends a prompt, now or as soon as the page has a session and a model for it. */
import type { StoreApi } from "zustand/vanilla";

import { isDemoComing } from "@/lib/contract/servers";
import type { Images } from "@/lib/session/images/images";
import type { AppState, WaitingSend } from "@/lib/session/store/app-state";
import { GIVEN_NAMES } from "@/lib/session/store/first-session";
import type { NewIds } from "@/lib/session/store/ids";
import { draftWithout } from "@/lib/session/store/joined-draft";
import { effectiveSetup } from "@/lib/session/store/lanes";
import type { Notify } from "@/lib/session/store/notices";
import type { Lane, LaneId, SendOutcome, SessionActions, TurnRecord } from "@/lib/session/store/session";

import type { Editor } from "./editor";

export type PromptSender = {
  readonly send: SessionActions["send"];
  /** Takes these lanes out of a send that still waits; without lanes it is not sent at all. */
  readonly cancel: (lanes: "all" | readonly LaneId[]) => void;
};

type SenderPorts = {
  readonly store: StoreApi<AppState>;
  readonly editor: Editor;
  readonly images: Images;
  readonly ids: NewIds;
  readonly notify: Notify;
  readonly newTurn: (
    lane: LaneId,
    asked: Pick<TurnRecord, "promptId" | "prompt" | "images" | "createdAt" | "parentId">,
  ) => TurnRecord;
  /** Puts new turns on screen and runs them. */
  readonly begin: (records: readonly TurnRecord[]) => void;
};

/** At most one send waits. It belongs to the session and the lanes for which Run was pressed. */
export function createPromptSender(ports: SenderPorts): PromptSender {
  const { store, editor } = ports;
  let stopWaiting: (() => void) | null = null;

  const put = (waiting: WaitingSend | null) => store.setState({ waitingSend: waiting });

  const end = () => {
    stopWaiting?.();
    put(null);
  };

  const sendNow = ({ prompt, lanes: to, images, early }: Omit<WaitingSend, "sessionId">): SendOutcome => {
    const { session, turns, live } = store.getState();
    const answering = new Set(live.values());
    const asked = session.lanes.filter((lane) => to.includes(lane.id));
    const busy = asked.filter((lane) => answering.has(lane.id));
    const idle = asked.filter((lane) => !answering.has(lane.id));
    noteBusy(store, busy);
    if (idle.length === 0) return { state: "refused", why: whyNobody(busy.length) };
    if (idle.every((lane) => effectiveSetup(session, lane.id).model === "")) {
      return { state: "refused", why: NOTHING };
    }
    const createdAt = editor.stamp();
    const promptId = ports.ids.prompt();
    ports.begin(
      idle.map((lane) =>
        ports.newTurn(lane.id, { promptId, prompt, images, createdAt, parentId: lane.leaf }),
      ),
    );
    editor.change((current) => ({
      ...current,
      name: turns.size === 0 ? nameOfPrompt(current.name, prompt) : current.name,
      draft: early
        ? draftWithout(current.draft, prompt)
        : current.draft.trim() === prompt.trim()
          ? ""
          : current.draft,
      draftImages: current.draftImages.filter(({ sent }) => !images.some((image) => image.id === sent.id)),
    }));
    // The originals of what went out smaller.
    ports.images.release(session.draftImages.map((draft) => draft.original.id));
    return { state: "sent", lanes: idle.map(idOf), busy: busy.map(idOf) };
  };

  const wait = (waiting: WaitingSend): SendOutcome => {
    end();
    put(waiting);
    stopWaiting = store.subscribe((state) => {
      const due = state.waitingSend;
      if (due === null || state.boot === "loading") return;
      if (due.sessionId === null) {
        put({ ...due, sessionId: state.session.id, lanes: state.session.lanes.map(idOf) });
        return;
      }
      if (state.session.id !== due.sessionId) {
        end();
        ports.notify(
          "info",
          "A prompt was not sent because you opened another comparison before a server answered. It is still in the first comparison's composer.",
        );
        return;
      }
      if (isModelComing(state, due.lanes)) return;
      end();
      const why = whyNot(state, due.prompt);
      const outcome = why === null ? sendNow(due) : { state: "refused" as const, why };
      if (outcome.state === "refused") ports.notify("error", outcome.why);
    });
    return { state: "waiting" };
  };

  return {
    send: (prompt, to, images = []) => {
      const state = store.getState();
      // A person can be faster than the page: whatever is opened, its lanes are meant.
      if (state.boot === "loading" && to === "all" && prompt.trim() !== "") {
        return wait({ sessionId: null, early: true, prompt, lanes: [], images });
      }
      const why = whyNot(state, prompt);
      if (why !== null) return { state: "refused", why };
      const { session } = state;
      const lanes = session.lanes.map(idOf).filter((id) => to === "all" || to.includes(id));
      const send = { prompt, lanes, images, early: false };
      return isModelComing(state, lanes) ? wait({ ...send, sessionId: session.id }) : sendNow(send);
    },
    cancel: (which) => {
      const waiting = store.getState().waitingSend;
      if (waiting === null) return;
      const lanes = which === "all" ? [] : waiting.lanes.filter((id) => !which.includes(id));
      if (lanes.length === 0) end();
      else put({ ...waiting, lanes });
    },
  };
}

function idOf(lane: Lane): LaneId {
  return lane.id;
}

function whyNot({ boot, ownership }: AppState, prompt: string): string | null {
  if (prompt.trim() === "") return "The prompt is empty.";
  if (boot === "loading") return "Your saved comparisons are still loading. Send again in a moment.";
  if (ownership === "elsewhere") return "This comparison is open in another tab, so nothing was sent.";
  if (ownership === "recording") return "This is a recording. Run it live to send it again.";
  return null;
}

function whyNobody(busy: number): string {
  if (busy === 0) return "The lane is closed, so nothing was sent.";
  const who = busy === 1 ? "The lane is" : "All lanes are";
  return `${who} still answering. Wait or press Stop, then send again.`;
}

const NOTHING = "Nothing to run: there is no model yet. Add a server or choose a model, then run again.";

/** Whether lanes have no model only because the servers were not checked yet, or the demo model is on its way. */
function isModelComing({ session, servers }: AppState, lanes: readonly LaneId[]): boolean {
  if (session.shared.model !== "") return false;
  if (servers.reply === null) return servers.problem === null;
  return isDemoComing(servers.reply) && lanes.every((id) => effectiveSetup(session, id).model === "");
}

function noteBusy(store: StoreApi<AppState>, lanes: readonly Lane[]): void {
  if (lanes.length === 0) return;
  const text =
    "The prompt was not sent to this lane because it was still answering. Stop it or wait, then send again.";
  store.setState((state) => {
    const laneNotices = new Map(state.laneNotices);
    for (const lane of lanes) laneNotices.set(lane.id, text);
    return { laneNotices };
  });
}

/** Characters of a session's name that comes from a prompt. */
const LONGEST_NAME = 60;

/** The name of a session after its first prompt: a name that a person gave stays. */
function nameOfPrompt(name: string, prompt: string): string {
  if (!GIVEN_NAMES.includes(name)) return name;
  const line = prompt.trim().replaceAll(/\s+/g, " ");
  if (line.length <= LONGEST_NAME) return line;
  const cut = line.slice(0, LONGEST_NAME);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), LONGEST_NAME / 2)).trimEnd()}…`;
}
