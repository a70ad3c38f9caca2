/** Sends a prompt, now or as soon as the first server has answered. */
import type { StoreApi } from "zustand/vanilla";

import type { ProvidersReply } from "@/lib/contract/servers";
import type { Images } from "@/lib/session/images/images";
import type { AppState, WaitingSend } from "@/lib/session/store/app-state";
import type { NewIds } from "@/lib/session/store/ids";
import { effectiveSetup } from "@/lib/session/store/lanes";
import type { Say } from "@/lib/session/store/notices";
import type {
  ImageRef,
  Lane,
  LaneId,
  SendOutcome,
  SessionActions,
  TurnRecord,
} from "@/lib/session/store/session";

import type { Editor } from "./editor";
import { nameOfPrompt } from "./name-of-prompt";

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
  readonly say: Say;
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

  const sendNow = (prompt: string, to: readonly LaneId[], images: readonly ImageRef[]): SendOutcome => {
    const { session, turns, live, servers } = store.getState();
    const answering = new Set(live.values());
    const asked = session.lanes.filter((lane) => to.includes(lane.id));
    const busy = asked.filter((lane) => answering.has(lane.id));
    const idle = asked.filter((lane) => !answering.has(lane.id));
    noteBusy(store, busy);
    if (idle.length === 0) return { state: "refused", why: whyNobody(busy.length) };
    if (idle.every((lane) => effectiveSetup(session, lane.id).model === "")) {
      return { state: "refused", why: whyNothing(servers.reply) };
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
      draft: current.draft.trim() === prompt.trim() ? "" : current.draft,
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
      if (due === null) return;
      if (state.session.id !== due.sessionId) {
        end();
        ports.say(
          "info",
          "A prompt was not sent because you opened another comparison before a server answered. It is still in the first comparison's composer.",
        );
        return;
      }
      if (isModelComing(state)) return;
      end();
      const why = whyNot(state, due.prompt);
      const outcome =
        why === null ? sendNow(due.prompt, due.lanes, due.images) : { state: "refused" as const, why };
      if (outcome.state === "refused") ports.say("error", outcome.why);
    });
    return { state: "waiting" };
  };

  return {
    send: (prompt, to, images = []) => {
      const state = store.getState();
      const why = whyNot(state, prompt);
      if (why !== null) return { state: "refused", why };
      const { session } = state;
      const lanes = session.lanes.map(idOf).filter((id) => to === "all" || to.includes(id));
      // A person can be faster than the first answer about the servers, which brings the model.
      if (isModelComing(state)) return wait({ sessionId: session.id, prompt, lanes, images });
      return sendNow(prompt, lanes, images);
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
  return null;
}

function whyNobody(busy: number): string {
  if (busy === 0) return "The lane is closed, so nothing was sent.";
  const who = busy === 1 ? "The lane is" : "All lanes are";
  return `${who} still answering. Wait or press Stop, then send again.`;
}

function whyNothing(reply: ProvidersReply | null): string {
  const demo = reply?.demo.state;
  return demo === "installing" || demo === "starting"
    ? "The demo model is not ready yet. Run again once it is, or choose another model."
    : "Nothing to run: there is no model yet. Add a server or choose a model, then run again.";
}

/** Whether the lanes have no model only because the servers were not checked yet. */
function isModelComing({ session, servers }: AppState): boolean {
  return session.shared.model === "" && servers.reply === null && servers.problem === null;
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
