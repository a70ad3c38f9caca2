/** A recording as an app of its own: the same screen, without storage, without a network, and read only. */
import { createApp } from "@/lib/session/actions/create-app";
import type { SessionApp } from "@/lib/session/actions/session-app";
import type { BrowserPlatform } from "@/lib/session/page/browser-platform";
import type { SessionDatabase } from "@/lib/session/storage/database";
import type { FrameClock } from "@/lib/session/store/frame-clock";
import type { NewIds } from "@/lib/session/store/ids";
import type { OpenedRecording } from "@/lib/session/tape/opened-recording";

import { createPlayer, type Player } from "./player";

export type RecordingApp = { readonly app: SessionApp; readonly player: Player };

export type RecordingPorts = {
  readonly platform: Omit<BrowserPlatform, "fetch">;
  readonly frames: FrameClock;
  readonly ids: NewIds;
  readonly everyFrame: (tick: (ms: number) => void) => () => void;
};

/**
 * The app that shows a recording, at its beginning. It can send nothing: its only way out rejects, and what it would
 * save goes nowhere. Never `start` it: there is nothing to read and no server to look for.
 */
export function createRecordingApp(recording: OpenedRecording, ports: RecordingPorts): RecordingApp {
  const { bundle, timeline } = recording;
  const silent = { post: () => undefined, listen: () => () => undefined };
  const app = createApp({
    platform: {
      ...ports.platform,
      fetch: () => Promise.reject(new Error("A recording sends nothing")),
    },
    ids: ports.ids,
    frames: ports.frames,
    oneAFrame: (call) => call(),
    database: recordedDatabase(bundle),
    locks: null,
    later: () => () => undefined,
    remembered: { read: () => null, write: () => undefined },
    marker: { read: () => null, write: () => undefined },
    whenDrawn: () => () => undefined,
    channel: silent,
    takeChannel: silent,
    personChannel: silent,
    onLeave: () => () => undefined,
    guardLeave: () => () => undefined,
    onHash: () => () => undefined,
    forgetLink: () => undefined,
    markedRecording: { read: () => null, clear: () => undefined },
    askToKeep: () => undefined,
    first: { takeServers: () => null, takeInput: () => null, takeStarter: () => null },
  });
  const { session } = bundle;
  const lanes = session.lanes.map((lane) => ({ ...lane, leaf: null }));
  app.store.setState(({ person }) => ({
    boot: "ready",
    ownership: "recording",
    recording,
    session: { ...session, lanes },
    person: { ...person, tools: session.tools, toolSets: [], endpoints: session.endpoints, mcpServers: [] },
  }));
  const player = createPlayer(timeline, {
    store: app.store,
    live: app.live,
    session,
    everyFrame: ports.everyFrame,
  });
  return { app, player };
}

const done = () => Promise.resolve();

/** What the recording brings, and nothing else: what is written is dropped. */
function recordedDatabase({ records, images }: OpenedRecording["bundle"]): SessionDatabase {
  return {
    list: () => Promise.resolve({ summaries: [], refused: 0 }),
    sessions: () => Promise.resolve([]),
    load: () => Promise.resolve(null),
    write: done,
    writeRecords: done,
    writeImage: done,
    image: (id) => Promise.resolve(images.find((image) => image.id === id) ?? null),
    imagesOfSession: () => Promise.resolve(images),
    removeImages: done,
    recordsOfSteps: (ids) =>
      Promise.resolve(
        records
          .filter(({ stepId }) => ids.includes(stepId))
          .map(({ chunks, ...facts }) => ({
            facts,
            parts: chunks.length === 0 ? [] : [{ index: 0, chunks }],
          })),
      ),
    recordsOfSession: () => Promise.resolve([]),
    writeBundle: done,
    remove: done,
    removeTurns: done,
    person: () => Promise.reject(new Error("A recording has no person")),
    writePerson: done,
    keepRecording: () => Promise.resolve(false),
    keptRecording: () => Promise.resolve(null),
    dropRecording: done,
  };
}
