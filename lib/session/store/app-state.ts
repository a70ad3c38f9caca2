/** All slow state of the page: what changes at most a few times a second. Streaming text lives in `live-turns.ts`. */
import type { ModelInfo, ProvidersReply } from "@/lib/contract/servers";
import type { LlamaProps } from "@/lib/providers/llama-props";
import type { TemplateRenders } from "@/lib/providers/rules/template-probe";
import type { OpenedRecording } from "@/lib/session/tape/opened-recording";
import type { RunError } from "@/lib/stream/turn/event";

import { firstSession } from "./first-session";
import { laneId, sessionId } from "./ids";
import type { ClosedLane } from "./lanes";
import { FIRST_PERSON, type Person } from "./person";
import type {
  ImageRef,
  LaneId,
  SaveState,
  Session,
  SessionId,
  SessionSummary,
  TurnId,
  TurnRecord,
} from "./session";

export type AppState = {
  /**
   * "loading" until the saved sessions are read. The session is then the first visit's, without a model; its draft is
   * what was typed so far, and joins that of the session that is opened.
   */
  readonly boot: "loading" | "ready";
  readonly session: Session;
  /** Tools and servers of the person, the same in every session. */
  readonly person: Person;
  /** Turns of the open session, as of their last start, step end or result. */
  readonly turns: ReadonlyMap<TurnId, TurnRecord>;
  /** Turns that have a request under way or waiting for a stream, and their lanes. */
  readonly live: ReadonlyMap<TurnId, LaneId>;
  /** A prompt that goes out as soon as the first server has answered; Stop takes it back. */
  readonly waitingSend: WaitingSend | null;
  /** Live turns that have not moved for 20 s, keep-alives or not. */
  readonly silent: ReadonlySet<TurnId>;
  /** Why a link's lane differs from what the link asked for, as text for a person. */
  readonly laneNotices: ReadonlyMap<LaneId, string>;
  readonly ownership: Ownership | "recording";
  /** Whether the tab that has the session was asked for it, and whether it answers. */
  readonly takeOver: "none" | "asked" | "unanswered";
  readonly summaries: readonly SessionSummary[];
  readonly saveState: SaveState;
  /** Not opened at startup, because the page crashed or froze while showing it last time. */
  readonly heldBack: SessionSummary | null;
  readonly undo: UndoState;
  readonly servers: ServersState;
  /** `serverKey`s for which this tab holds a pasted key. */
  readonly keysHeld: ReadonlySet<string>;
  /** Tools that a person allowed to run by themselves in this tab, by their `definitionKey`. */
  readonly allowed: ReadonlySet<string>;
  readonly notices: readonly Notice[];
  /** A recording that lies over the comparison, which goes on under it; null = none is open. */
  readonly recording: OpenedRecording | null;
  /** A recording that is being read, where that takes long; null = none is. */
  readonly opening: { readonly name: string; readonly bytes: number } | null;
  /** A server that is not the person's own and that something would be sent to; null = no question is open. */
  readonly question: OriginQuestion | null;
};

/** What is asked: whether prompts may go to this origin. */
export type OriginQuestion = {
  readonly origin: string;
  /** As the session's file calls it. */
  readonly name: string;
};

/** It belongs to this session and these lanes, whatever is opened or added in the meantime. Its prompt stays in the draft. */
export type WaitingSend = {
  /** null = the session that is being opened, which goes to all of its lanes. */
  readonly sessionId: SessionId | null;
  /** Sent before a session was there: its prompt may stand in the draft behind one that was saved. */
  readonly early: boolean;
  readonly prompt: string;
  readonly lanes: readonly LaneId[];
  readonly images: readonly ImageRef[];
};

/**
 * "elsewhere": another tab has the session open. It can be read, copied and exported here, not changed. A recording is
 * nobody's: what happened in it has happened.
 */
export type Ownership = "owner" | "elsewhere";

export type UndoState = {
  /** The session that `undoDelete` brings back. */
  readonly deleted: SessionSummary | null;
  /** Closed lanes, the last one first to be restored. */
  readonly closed: readonly ClosedLane[];
};

export type ServersState = {
  /** The last answer of `GET /api/providers`; null before the first. */
  readonly reply: ProvidersReply | null;
  /** Why the server of the app did not answer; null while it does. */
  readonly problem: RunError | null;
  /** Model lists by `serverKey`. */
  readonly models: ReadonlyMap<string, ModelList>;
  /** What llama.cpp servers say of themselves, by `serverKey`. */
  readonly llama: ReadonlyMap<string, LlamaProps>;
  /** What a llama.cpp server rendered from a lane's template probe, by `probeKey`. */
  readonly renders: ReadonlyMap<string, TemplateRenders>;
};

export type ListedModels = {
  readonly state: "ready";
  readonly models: readonly ModelInfo[];
  /** How long the server took to list them, in ms as Vitrine's server measured it; missing where nobody did. */
  readonly latencyMs?: number | undefined;
  /** The address itself answers 404; with this path it answers. */
  readonly below?: "/v1" | undefined;
};

export type ModelList =
  | { readonly state: "loading" }
  | ListedModels
  | { readonly state: "failed"; readonly error: RunError };

/** A one-time notice that belongs to no lane. */
export type Notice = {
  readonly id: string;
  readonly tone: "info" | "error";
  readonly text: string;
  /** A later notice about the same takes its place. */
  readonly about?: NoticeTopic;
};

export type NoticeTopic = "opening-a-recording" | "saving-a-tape" | "a-link";

/** Names one server: a provider at its own address, or at a person's. */
export function serverKey(provider: string, endpoint: string | null): string {
  return JSON.stringify([provider, endpoint]);
}

/** What is drawn on the server and before the store is read: the same for everybody. */
export function initialState(): AppState {
  return {
    boot: "loading",
    session: {
      ...firstSession({
        id: sessionId("first"),
        lanes: [laneId("first-1"), laneId("first-2")],
        now: 0,
        found: null,
      }),
      draft: "",
    },
    person: FIRST_PERSON,
    turns: new Map(),
    live: new Map(),
    waitingSend: null,
    silent: new Set(),
    laneNotices: new Map(),
    ownership: "owner",
    takeOver: "none",
    summaries: [],
    saveState: { state: "saved" },
    heldBack: null,
    undo: { deleted: null, closed: [] },
    servers: { reply: null, problem: null, models: new Map(), llama: new Map(), renders: new Map() },
    keysHeld: new Set(),
    allowed: new Set(),
    notices: [],
    recording: null,
    opening: null,
    question: null,
  };
}
