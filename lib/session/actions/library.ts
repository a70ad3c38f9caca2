/** Which session is open, and what happens to sessions as a whole. One thing at a time. */
import type { StoreApi } from "zustand/vanilla";

import type { Clock } from "@/lib/run/ports";
import { recorderOf } from "@/lib/run/record";
import { interruptRecord } from "@/lib/session/run/interrupt-turn";
import type { TurnRunner } from "@/lib/session/run/turn-runner";
import { type Bundle, type SessionDatabase, summaryOf } from "@/lib/session/storage/database";
import { MAX_BUNDLE_BYTES, tooLarge } from "@/lib/session/storage/export-session";
import type { Imported } from "@/lib/session/storage/import-session";
import type { Persist } from "@/lib/session/storage/persist";
import type { PersonLists } from "@/lib/session/storage/person-lists";
import { packRecord, unpackRecord } from "@/lib/session/storage/record-parts";
import { sessionBundle } from "@/lib/session/storage/session-bundle";
import type { SessionLock } from "@/lib/session/storage/session-lock";
import type { AppState } from "@/lib/session/store/app-state";
import type { NewIds } from "@/lib/session/store/ids";
import { browserErrorText, type Notify } from "@/lib/session/store/notices";
import type { Session, SessionActions, SessionId, TurnId, TurnRecord } from "@/lib/session/store/session";

import type { Editor } from "./editor";
import { createExports } from "./export-actions";
import { isLinkHash } from "./link";
import { createLinkReader, type Linked, type PageAddress } from "./link-reader";
import type { OpenMarker } from "./open-marker";
import { createParking } from "./parking";
import { createSessionList } from "./session-list";
import { createShelf } from "./session-shelf";
import { withNewIds } from "./with-new-ids";

export type LibraryActions = Pick<
  SessionActions,
  | "newSession"
  | "openSession"
  | "renameSession"
  | "duplicateSession"
  | "deleteSession"
  | "undoDelete"
  | "exportSession"
  | "exportAs"
  | "importSession"
>;

export type Library = {
  readonly actions: LibraryActions;
  /** Reads the list and opens what a link asks for, what this tab had open, or the first comparison. */
  readonly boot: (address: PageAddress) => Promise<void>;
  /** Opens what the part of the page's address behind `#` asks for, if it is a link's. */
  readonly hashChanged: (hash: string) => void;
  /** Opens a new comparison. Nothing of it runs by itself. */
  readonly openNew: (linked: Linked) => Promise<void>;
  /** Another tab has written these sessions. */
  readonly changedElsewhere: (ids: readonly SessionId[]) => void;
  /** Gives a session to another tab. False where it stays here. */
  readonly handOver: (id: SessionId) => Promise<boolean>;
  /** These sessions were written by this tab; of the `whole` ones nothing is left in memory alone. */
  readonly saved: (ids: readonly SessionId[], whole: readonly SessionId[]) => void;
  /** A turn that is no longer on screen but could not be saved yet. */
  readonly parkedTurn: (id: TurnId) => TurnRecord | null;
};

export type LibraryPorts = {
  readonly store: StoreApi<AppState>;
  readonly database: SessionDatabase;
  readonly persist: Persist;
  readonly lists: PersonLists;
  readonly editor: Editor;
  readonly runner: TurnRunner;
  readonly ids: NewIds;
  readonly lock: SessionLock;
  readonly marker: OpenMarker;
  readonly clock: Clock;
  readonly notify: Notify;
  /** A turn as it is now, its streaming text included. */
  readonly readTurn: (id: TurnId) => TurnRecord | null;
  /** The session this tab has open, remembered over a reload. */
  readonly remembered: { readonly read: () => SessionId | null; readonly write: (id: SessionId) => void };
  /** The link was opened; the page's address no longer needs it. */
  readonly forgetLink: () => void;
  /** Other tabs should read their list again. */
  readonly postToOthers: (ids: readonly SessionId[]) => void;
};

/** Nothing is read before `boot`. */
export function createLibrary(ports: LibraryPorts): Library {
  const { store, database, persist, editor, ids, lock, clock, notify } = ports;
  const parking = createParking();
  const sessionAskedFor = createLinkReader(ports);
  const list = createSessionList({ store, database, parking, notify });
  let deleted: Bundle | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  /** Opening, deleting and importing wait for each other: a second click must not mix two sessions. */
  const oneByOne = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };

  const shelf = createShelf({
    ...ports,
    parking,
    onFreed: (id) => void oneByOne(() => shelf.reload(id)),
  });
  const { read, leave, show } = shelf;

  /** A session with all that belongs to it; null where it cannot be read, which a notice explains. */
  const readWhole = async (id: SessionId, notDone: "copied" | "deleted" | "exported") => {
    const whole = await sessionBundle(id, { ...ports, read });
    if (whole === null) notify("error", `That comparison could not be read, so it was not ${notDone}.`);
    return whole;
  };

  /** Saves a whole session; when the store is broken it is kept in memory, so that it can still be shown. */
  const keep = async (bundle: Bundle) => {
    try {
      await database.writeBundle(bundle);
      ports.postToOthers([bundle.session.id]);
    } catch (error) {
      // All or nothing did not work: record by record, what can be saved is.
      const { session, turns, records, images } = bundle;
      parking.park({ session, turns });
      persist.session(session);
      for (const turn of turns) persist.turn(turn.id);
      for (const record of records) persist.record(session.id, recorderOf(await unpackRecord(record)));
      for (const image of images) persist.image(session.id, image);
      notify("error", `It is open, but not all of it could be saved. ${browserErrorText(error)}`);
    }
    await list.refresh();
  };

  const notifyMissing = (what: string, missing: readonly string[]) => {
    if (missing.length > 0) notify("error", `${what} is incomplete. Missing: ${missing.join("; ")}.`);
  };

  const readFile = async (file: Blob | string): Promise<Imported> => {
    try {
      // Before anything of it is in memory.
      if (typeof file !== "string" && file.size > MAX_BUNDLE_BYTES) {
        return { ok: false, reason: tooLarge(file.size) };
      }
      // Most visits import nothing.
      const { importBundle } = await import("@/lib/session/storage/import-session");
      return importBundle(typeof file === "string" ? file : await file.text(), ids, clock.wall());
    } catch (error) {
      return { ok: false, reason: `The file could not be imported. ${browserErrorText(error)}` };
    }
  };

  const isBusyElsewhere = async (id: SessionId): Promise<boolean> => {
    const elsewhere = await lock.isElsewhere(id);
    if (elsewhere)
      notify("info", "That comparison is open in another tab. Change it there, or close that tab.");
    return elsewhere;
  };

  /** Once it is open, a reload must not open it once more. */
  const openLinked = async ({ session, notices }: Linked): Promise<Session> => {
    await show({ session, turns: [] }, notices);
    persist.session(store.getState().session);
    ports.forgetLink();
    return session;
  };

  const actions: LibraryActions = {
    newSession: () =>
      void oneByOne(async () => {
        const { saveState } = store.getState();
        await shelf.openFresh();
        if (saveState.state === "not-saved") await list.refresh();
      }),
    openSession: (id) =>
      oneByOne(async () => {
        if (store.getState().session.id !== id) await shelf.open(id);
      }),
    renameSession: (id, name) => {
      const text = name.trim();
      if (text === "") return;
      if (store.getState().session.id === id) {
        editor.change((session) => ({ ...session, name: text }));
        return;
      }
      void oneByOne(async () => {
        if (await isBusyElsewhere(id)) return;
        const found = await read(id).catch((error: unknown) => browserErrorText(error));
        if (found === null || typeof found === "string") {
          notify("error", `That comparison could not be read, so it keeps its name. ${found ?? ""}`.trim());
          return;
        }
        persist.session({ ...found.session, name: text });
        await persist.flush();
        await list.refresh();
      });
    },
    duplicateSession: (id) =>
      oneByOne(async () => {
        const whole = await readWhole(id, "copied");
        if (!whole) return;
        const { bundle } = whole;
        notifyMissing("The copy", whole.missing);
        const turns = bundle.turns.map((turn) => interruptRecord(turn, "copied"));
        const copy = withNewIds({ ...bundle, turns }, ids, clock.wall());
        const named = { ...copy, session: { ...copy.session, name: `${copy.session.name} (copy)` } };
        await keep(named);
        await leave();
        await show(named);
      }),
    deleteSession: (id) =>
      oneByOne(async () => {
        if (await isBusyElsewhere(id)) return false;
        const isOpen = store.getState().session.id === id;
        if (isOpen) await leave();
        const whole = await readWhole(id, "deleted");
        if (!whole) return false;
        const { bundle } = whole;
        persist.drop(id);
        parking.release([id]);
        // What is being written now would be left behind.
        await persist.flush();
        try {
          await database.remove(id);
        } catch (error) {
          persist.revive(id);
          notify("error", `It could not be deleted. ${browserErrorText(error)}`);
          return false;
        }
        deleted = bundle;
        ports.postToOthers([id]);
        await list.refresh();
        store.setState(({ undo }) => ({ undo: { ...undo, deleted: summaryOf(bundle.session) } }));
        if (isOpen) await shelf.openAnother();
        return true;
      }),
    undoDelete: () =>
      oneByOne(async () => {
        const bundle = deleted;
        if (!bundle) return;
        deleted = null;
        persist.revive(bundle.session.id);
        store.setState(({ undo }) => ({ undo: { ...undo, deleted: null } }));
        await keep(bundle);
        await leave();
        await show(bundle);
      }),
    ...createExports({ store, clock, notify, readWhole, notifyMissing }),
    importSession: (file) =>
      oneByOne(async () => {
        const imported = await readFile(file);
        if (!imported.ok) return imported;
        const records = await Promise.all(imported.bundle.records.map(packRecord));
        const bundle = ports.lists.join({ ...imported.bundle, records });
        await keep(bundle);
        await leave();
        await show(bundle);
        return { ok: true, id: bundle.session.id };
      }),
  };

  return {
    actions,
    boot: (address) =>
      oneByOne(async () => {
        await ports.lists.open();
        await list.refresh();
        const linked = await sessionAskedFor(address);
        const opened = linked === null ? await shelf.openFirst() : await openLinked(linked);
        store.setState({ boot: "ready" });
        const { session, ownership } = store.getState();
        // Something was typed in the meantime.
        if (ownership === "owner" && session.draft !== opened.draft) {
          persist.session(session);
          // At once: what is written while a page is left may be lost with it.
          void persist.flush();
        }
      }),
    hashChanged: (hash) => {
      if (!isLinkHash(hash)) return;
      void oneByOne(async () => {
        const linked = await sessionAskedFor({ search: "", hash });
        if (linked === null) return;
        await leave();
        await openLinked(linked);
      });
    },
    openNew: (linked) =>
      oneByOne(async () => {
        await leave();
        await openLinked(linked);
      }),
    changedElsewhere: (changed) => {
      void oneByOne(async () => {
        await list.refresh();
        const { session, ownership } = store.getState();
        if (ownership === "elsewhere" && changed.includes(session.id)) await shelf.reload(session.id);
      });
    },
    handOver: (id) => oneByOne(() => shelf.handOver(id)),
    saved: (saved, whole) => {
      parking.release(whole);
      ports.postToOthers(saved);
      list.saved(saved);
    },
    parkedTurn: parking.turn,
  };
}
