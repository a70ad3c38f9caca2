import { createStore } from "zustand/vanilla";

import { createQueue } from "@/lib/run/queue";
import { createImages } from "@/lib/session/images/images";
import type { BrowserPlatform } from "@/lib/session/page/browser-platform";
import type { FromFirstHtml } from "@/lib/session/page/first-html";
import { describeInLane } from "@/lib/session/run/describe-in-lane";
import { createLoopProgress } from "@/lib/session/run/loop-progress";
import { pageSender } from "@/lib/session/run/page-sender";
import { createStreamSlots } from "@/lib/session/run/stream-slots";
import { createTurnRunner } from "@/lib/session/run/turn-runner";
import { javaScriptHost } from "@/lib/session/sandbox/javascript-host";
import { tokenOf } from "@/lib/session/servers/mcp-token";
import { relayTransport } from "@/lib/session/servers/relay-transport";
import { createServers } from "@/lib/session/servers/servers";
import { watchTemplates } from "@/lib/session/servers/template-facts";
import { createToolClient } from "@/lib/session/servers/tool-client";
import type { SessionDatabase } from "@/lib/session/storage/database";
import { createPersist } from "@/lib/session/storage/persist";
import { createPersonLists } from "@/lib/session/storage/person-lists";
import { createPlayedFiles } from "@/lib/session/storage/played-files";
import { createSessionLock } from "@/lib/session/storage/session-lock";
import type { Locks } from "@/lib/session/storage/web-locks";
import { type AppState, initialState } from "@/lib/session/store/app-state";
import { createConsent } from "@/lib/session/store/consent";
import { foundModel, withModel } from "@/lib/session/store/first-session";
import type { FrameClock } from "@/lib/session/store/frame-clock";
import type { NewIds } from "@/lib/session/store/ids";
import { createKeys } from "@/lib/session/store/keys";
import { createLiveTurns } from "@/lib/session/store/live-turns";
import { createNotify } from "@/lib/session/store/notices";
import type { OneAFrame } from "@/lib/session/store/one-a-frame";
import type { SessionId, TurnId, TurnRecord } from "@/lib/session/store/session";
import type { ToolHosts } from "@/lib/tools/run-binding";

import { callActions } from "./call-actions";
import { createClosedTurns } from "./closed-turns";
import { createEditor } from "./editor";
import { imageActions } from "./image-actions";
import { laneActions } from "./lane-actions";
import { createLibrary } from "./library";
import { mcpActions } from "./mcp-actions";
import { createOpenMarker, type MarkerStore } from "./open-marker";
import { pageActions } from "./page-actions";
import { recordingActions } from "./recording-actions";
import type { SessionApp } from "./session-app";
import { createTakeOver, type TakeNews } from "./take-over";
import { turnActions } from "./turn-actions";

/** Everything a page needs from the browser. A test provides its own. */
export type AppPorts = {
  readonly platform: BrowserPlatform;
  readonly ids: NewIds;
  readonly frames: FrameClock;
  readonly oneAFrame: OneAFrame;
  readonly database: SessionDatabase;
  readonly locks: Locks | null;
  readonly later: (ms: number, call: () => void) => () => void;
  readonly remembered: { readonly read: () => SessionId | null; readonly write: (id: SessionId) => void };
  readonly marker: MarkerStore;
  /** Calls back once what is on screen was drawn and the page is idle; the returned function cancels. */
  readonly whenDrawn: (call: () => void) => () => void;
  readonly channel: TabChannel<readonly SessionId[]>;
  /** Asks the other tabs for a session. */
  readonly takeChannel: TabChannel<TakeNews>;
  readonly personChannel: TabChannel<"changed">;
  /** Calls `listener` when the page may be gone a moment later. */
  readonly onLeave: (listener: () => void) => () => void;
  /** Makes the browser ask before leaving the page while `isUnsafe` reports unsaved changes. */
  readonly guardLeave: (isUnsafe: () => boolean) => () => void;
  /** Calls `listener` with the part of the page's address behind `#` whenever it changes. */
  readonly onHash: (listener: (hash: string) => void) => () => void;
  /** A link's comparison is open now: a reload must not open it once more. */
  readonly forgetLink: () => void;
  /** The id of the kept recording that played here before a reload; `clear` where it cannot be opened. */
  readonly markedRecording: { readonly read: () => string | null; readonly clear: () => void };
  /** The first turn was saved: the browser may be asked to keep the storage. */
  readonly askToKeep: () => void;
  readonly first: FromFirstHtml;
};

/** Notifies the other tabs which sessions were written, or that the person's lists changed. */
export type TabChannel<News> = {
  readonly post: (news: News) => void;
  readonly listen: (listener: (news: News) => void) => () => void;
};

/** One page, wired. Nothing happens before `start`. */
export function createApp(ports: AppPorts): SessionApp {
  const { platform, ids, database } = ports;
  const store = createStore<AppState>(initialState);
  const live = createLiveTurns(ports.frames);
  const keys = createKeys(store);
  const notify = createNotify(store, ids.step);
  const lock = createSessionLock(ports.locks);

  const readTurn = (id: TurnId): TurnRecord | null => {
    const record = store.getState().turns.get(id);
    if (!record) return library.parkedTurn(id);
    const turn = live.current(id);
    return turn ? { ...record, turn } : record;
  };
  const persist = createPersist({
    database,
    readTurn,
    later: ports.later,
    onState: (saveState) => store.setState({ saveState }),
    onSaved: (saved, whole) => {
      library.saved(saved, whole);
      lists.flush();
      if (store.getState().turns.size > 0) ports.askToKeep();
    },
  });
  const lists = createPersonLists({
    store,
    database,
    notify,
    newId: ids.step,
    postToOthers: () => ports.personChannel.post("changed"),
  });
  const editor = createEditor(store, persist, platform.clock);
  const consent = createConsent(store, lists);
  const images = createImages({ store, database, persist, ids });
  const toolClient = createToolClient(platform, (binding) => tokenOf(keys, binding));
  const hosts: ToolHosts = {
    wait: platform.wait,
    now: platform.clock.wall,
    javascript: javaScriptHost,
    server: toolClient.run,
  };
  const loopProgress = createLoopProgress();
  const transport = relayTransport(platform.fetch);
  const queue = createQueue(createStreamSlots(ports.locks), () => store.getState().session.sequential);
  const runner = createTurnRunner({
    store,
    live,
    platform,
    transport,
    ids,
    keys,
    queue,
    images,
    consent,
    oneAFrame: ports.oneAFrame,
    hosts,
    onTurn: (id) => {
      persist.turn(id);
      const turn = live.current(id);
      if (turn !== null) {
        // While tools run, a step that ended and each result are as dear as those of a turn that waits.
        if (loopProgress.isNew(id, turn)) void persist.flush();
        return;
      }
      loopProgress.forget(id);
      // Ended steps and typed results are saved at once instead of with the next write.
      void persist.flush();
      // A server that could not be reached must not appear ready until the next check.
      if (isNetworkFailure(store.getState().turns.get(id))) servers.refresh();
    },
    onAttempt: (id, recorder) => {
      const record = store.getState().turns.get(id);
      if (record) persist.record(record.sessionId, recorder);
    },
  });
  const marker = createOpenMarker({
    store: ports.marker,
    whenDrawn: ports.whenDrawn,
    now: platform.clock.wall,
  });
  const library = createLibrary({
    marker,
    store,
    database,
    persist,
    lists,
    editor,
    runner,
    ids,
    lock,
    notify,
    readTurn,
    clock: platform.clock,
    remembered: ports.remembered,
    postToOthers: ports.channel.post,
    forgetLink: ports.forgetLink,
  });
  const takeOver = createTakeOver({
    store,
    post: ports.takeChannel.post,
    later: ports.later,
    handOver: library.handOver,
    notify,
  });
  const closedTurns = createClosedTurns({ store, database, persist });
  const servers = createServers({ store, platform, keys, takeBegun: ports.first.takeServers });

  /** A session that was opened before any server answered gets its model as soon as one does. */
  const fillModel = () => {
    const { session, servers: known } = store.getState();
    const found = session.shared.model === "" && known.reply ? foundModel(known.reply) : null;
    if (found) editor.change((current) => withModel(current, found), "quiet");
  };
  let booting: Promise<void> | null = null;
  const actions = {
    ...library.actions,
    useHere: takeOver.useHere,
    ...laneActions({ store, editor, runner, ids, keys, lists, closedTurns, notify, readTurn }),
    ...mcpActions({ store, keys, lists, editor }),
    ...imageActions({ store, editor, images }),
    ...callActions({ store, editor, runner, live, platform, toolClient, notify }),
    ...turnActions({ store, editor, runner, live, platform, ids, keys, images, notify }),
  };

  const { openAsked, openAtStart, ...recordings } = recordingActions({
    store,
    ids,
    clock: platform.clock,
    notify,
    fetch: platform.fetch,
    library,
    database,
    played: createPlayedFiles(ports.locks),
    marked: ports.markedRecording,
    forgetLink: ports.forgetLink,
  });

  /** What a person did while the page was its first HTML goes on from here. */
  const takeInput = () => {
    const input = ports.first.takeInput();
    if (input === null) return;
    actions.setDraft(input.draft);
    if (input.run !== null) actions.send(input.run.trim(), "all");
  };

  return {
    store,
    live,
    actions,
    hosts,
    sender: pageSender({ store, platform, transport, queue, ids, keys, consent }),
    recordings,
    page: pageActions({
      store,
      servers,
      persist,
      database,
      images,
      live,
      consent,
      notify,
      keys,
      fetch: platform.fetch,
      describe: (request) =>
        describeInLane(request, { store, platform, transport, queue, ids, keys, consent }),
    }),
    start: (address) => {
      takeInput();
      // React's development mode starts twice.
      booting ??= library.boot(address).then(() => openAtStart(address));
      const ends = [
        store.subscribe(fillModel),
        servers.start(),
        watchTemplates({ store, platform, keys }),
        ports.channel.listen(library.changedElsewhere),
        ports.takeChannel.listen(takeOver.listen),
        ports.onHash(library.hashChanged),
        ports.onHash((hash) => void openAsked({ search: "", hash })),
        ports.personChannel.listen(lists.changedElsewhere),
        ports.guardLeave(() => {
          const { saveState, turns, session } = store.getState();
          return saveState.state === "not-saved" && (turns.size > 0 || session.draftImages.length > 0);
        }),
        // Where drawing broke, this has ended before the page is left, and the mark stays.
        ports.onLeave(marker.end),
        ports.onLeave(() => void persist.flush()),
      ];
      return () => {
        marker.abandon();
        for (const end of ends) end();
      };
    },
  };
}

function isNetworkFailure(record: TurnRecord | undefined): boolean {
  const status = record?.turn.steps.at(-1)?.status;
  if (status?.state !== "failed" && status?.state !== "truncated") return false;
  return status.error?.source === "network";
}
