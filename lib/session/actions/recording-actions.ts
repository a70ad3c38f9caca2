/** Recordings: opened from a file, an address of this site or a link, and run live. */
import type { StoreApi } from "zustand/vanilla";

import type { Clock } from "@/lib/run/ports";
import type { KeptRecording, KeptRecordings } from "@/lib/session/storage/kept-recordings";
import type { PlayedFiles } from "@/lib/session/storage/played-files";
import type { AppState } from "@/lib/session/store/app-state";
import type { NewIds } from "@/lib/session/store/ids";
import { browserErrorText, type Notify, withoutAbout } from "@/lib/session/store/notices";
import { TAPE_LIMITS } from "@/lib/tape/tape";

import type { Library } from "./library";
import type { PageAddress } from "./link-reader";

/** Begins the part of the page's address that holds a small tape. */
export const TAPE_MARK = "#tape=";

/** Endings of files that hold a recording. */
export const RECORDING_ENDINGS = [".tape", ".har", ".yaml", ".yml", ".sse", ".jsonl", ".ndjson"] as const;

/** Whether a file of this name is a recording. */
export function isRecordingFile(name: string): boolean {
  const lower = name.toLowerCase();
  return RECORDING_ENDINGS.some((ending) => lower.endsWith(ending));
}

/** A file as a person gives it, or what stands for one. */
export type RecordingFile = Pick<File, "name" | "size" | "arrayBuffer">;

export type RecordingActions = {
  /** Opens a recording over the comparison, which stays as it is. Resolves to whether it is open; where not, a notice explains. */
  readonly openRecording: (file: RecordingFile) => Promise<boolean>;
  /** Opens the first recording of files that were given at once, and says which others are not; false = none is one. */
  readonly openFirst: (files: readonly RecordingFile[]) => boolean;
  /** Opens the recording at a path of this site, such as "/tapes/two-calls.tape", in the same way. */
  readonly openAddress: (path: string) => Promise<boolean>;
  /** Stops reading the recording that is being opened; what was on screen stays. */
  readonly cancelOpening: () => void;
  /** Back to the comparison. */
  readonly closeRecording: () => void;
  /** A new comparison with the recording's lanes and its first prompt. Nothing runs until a person presses Run. */
  readonly runRecordingLive: () => Promise<void>;
};

/** Bytes from which on a person is told that a file is being read: it may take seconds. */
const LONG_BYTES = 3_000_000;

/** Names of files that a sentence has; the others are counted. */
const NAMED_FILES = 3;

function notOpened(files: readonly RecordingFile[]): string {
  const named = files.slice(0, NAMED_FILES).map(({ name }) => name);
  const more = files.length - named.length;
  const names = [...named, ...(more > 0 ? [`${more} more`] : [])].join(", ");
  return `One recording plays at a time. Not opened: ${names}.`;
}

type RecordingPorts = {
  readonly store: StoreApi<AppState>;
  readonly ids: NewIds;
  readonly clock: Clock;
  readonly notify: Notify;
  readonly fetch: typeof fetch;
  readonly library: Pick<Library, "openNew">;
  readonly database: KeptRecordings;
  readonly played: PlayedFiles;
  /** The id of the kept recording that played here before a reload. */
  readonly marked: { readonly read: () => string | null; readonly clear: () => void };
  readonly forgetLink: () => void;
};

/** Where a file comes from: given now, and kept for a reload; kept before; or named by an address. */
type From = "given" | "address" | { readonly kept: string };

/** What a person does with recordings, and what the page's address asks for. */
export function recordingActions(ports: RecordingPorts): RecordingActions & {
  /** Opens the recording that this address asks for, if it asks for one. */
  readonly openAsked: (address: PageAddress) => Promise<void>;
  /** Opens the recording that played before a reload, or otherwise the one that the address asks for. */
  readonly openAtStart: (address: PageAddress) => Promise<void>;
} {
  const { store, ids, clock, notify } = ports;

  const refuse = (reason: string): false => {
    notify("error", `The recording could not be opened. ${reason}`, "opening-a-recording");
    return false;
  };

  /** Ends the reading of the file that was given last. */
  let reading: AbortController | null = null;

  /** Files of recordings that are closed make room. One that cannot be removed does once others are kept. */
  const drop = (id: string | null) => {
    if (id !== null) ports.played.leave(id, () => ports.database.dropRecording(id)).catch(() => undefined);
  };

  const notKept = (why: string) =>
    notify("info", `A reload of the page will close this recording: ${why}`, "opening-a-recording");

  const keep = async (id: string, file: KeptRecording): Promise<void> => {
    try {
      await ports.played.play(id);
      if (!(await ports.database.keepRecording(id, file)))
        notKept("its file is too large to be kept in the browser.");
      // It was closed while it was being kept.
      if (store.getState().recording?.keptAs !== id) drop(id);
    } catch (error) {
      notKept(`its file could not be kept in the browser. ${browserErrorText(error)}`);
    }
  };

  const open = async (
    file: RecordingFile,
    beside: readonly RecordingFile[],
    from: From = "given",
  ): Promise<boolean> => {
    reading?.abort();
    const own = new AbortController();
    reading = own;
    const { name, size } = file;
    store.setState({ opening: size >= LONG_BYTES ? { name, bytes: size } : null });
    try {
      if (size > TAPE_LIMITS.characters)
        return refuse(`The file is larger than ${TAPE_LIMITS.characters / 1_000_000} MB.`);
      const [{ readRecording }, bytes] = await Promise.all([
        // Most visits open none.
        import("@/lib/session/tape/read-in-worker"),
        file.arrayBuffer(),
      ]);
      const request = { fileName: name, bytes: new Uint8Array(bytes), now: clock.wall() };
      const opened = await readRecording(request, ids, own.signal);
      // Another file was given since, or the person does not want this one any more.
      if (opened === null || own.signal.aborted) return false;
      if (!opened.ok) return refuse(opened.reason);
      const { recording } = opened;
      const keptAs = from === "address" ? null : from === "given" ? ids.step() : from.kept;
      drop(store.getState().recording?.keptAs ?? null);
      const notes = beside.length === 0 ? recording.notes : [...recording.notes, notOpened(beside)];
      store.setState(({ notices }) => ({
        recording: { ...recording, notes, keptAs },
        notices: withoutAbout(notices, "opening-a-recording"),
      }));
      if (from === "given" && keptAs !== null) void keep(keptAs, { name, bytes: request.bytes });
      return true;
    } catch (error) {
      return own.signal.aborted ? false : refuse(browserErrorText(error));
    } finally {
      if (reading === own) {
        reading = null;
        store.setState({ opening: null });
      }
    }
  };

  const openRecording = (file: RecordingFile): Promise<boolean> => open(file, []);

  const openAddress = async (path: string): Promise<boolean> => {
    // The page's own site alone: another one could see who opens it, and when.
    if (!/^\/(?![/\\])/u.test(path))
      return refuse(`“${path.slice(0, 80)}” is not a path of this site, such as /tapes/NAME.`);
    try {
      const reply = await ports.fetch(path, { redirect: "error" });
      if (!reply.ok) return refuse(`This site has no file at ${path.slice(0, 80)} (${reply.status}).`);
      const name =
        path
          .replace(/[?#].*$/u, "")
          .split("/")
          .at(-1) ?? "";
      return await open(new File([await reply.blob()], name), [], "address");
    } catch (error) {
      return refuse(browserErrorText(error));
    }
  };

  const openLink = async (hash: string): Promise<boolean> => {
    try {
      const { readTapeLink } = await import("@/lib/session/tape/tape-link");
      const read = await readTapeLink(hash.slice(TAPE_MARK.length));
      return read.ok ? await open(new File([read.text], "link.tape"), [], "address") : refuse(read.reason);
    } catch (error) {
      return refuse(browserErrorText(error));
    }
  };

  const openKept = async (id: string): Promise<void> => {
    let isOpen = false;
    try {
      // Before it is read: a tab that was duplicated may be closed at any time.
      await ports.played.play(id);
      const kept = await ports.database.keptRecording(id);
      if (kept === null)
        notify(
          "info",
          "The recording that was open is not in this browser any more. Open its file again.",
          "opening-a-recording",
        );
      else isOpen = await open(new File([kept.bytes], kept.name), [], { kept: id });
    } catch (error) {
      refuse(browserErrorText(error));
    }
    if (!isOpen) ports.marked.clear();
  };

  const closeRecording = () => {
    drop(store.getState().recording?.keptAs ?? null);
    // Where it is not closed by Back, as by "Run it live".
    ports.marked.clear();
    store.setState({ recording: null });
    ports.forgetLink();
  };

  const openAsked = async ({ search, hash }: PageAddress): Promise<void> => {
    const path = new URLSearchParams(search).get("tape");
    const isOpen = hash.startsWith(TAPE_MARK)
      ? await openLink(hash)
      : path === null || (await openAddress(path));
    // What could not be opened is not asked for once more.
    if (!isOpen) ports.forgetLink();
  };

  return {
    openRecording,
    openFirst: (files) => {
      const first = files.find(({ name }) => isRecordingFile(name));
      if (first === undefined) return false;
      void open(
        first,
        files.filter((file) => file !== first),
      );
      return true;
    },
    openAddress,
    cancelOpening: () => {
      reading?.abort();
      reading = null;
      store.setState({ opening: null });
    },
    closeRecording,
    runRecordingLive: async () => {
      const { recording, person, servers } = store.getState();
      if (recording === null) return;
      try {
        const { sessionToRun } = await import("@/lib/session/tape/session-to-run");
        const linked = sessionToRun(recording.bundle, { ids, now: clock.wall(), person, servers });
        closeRecording();
        await ports.library.openNew(linked);
        notify("info", "A new comparison as it was recorded. Nothing runs until you press Run.");
      } catch (error) {
        notify("error", `The comparison could not be opened. ${browserErrorText(error)}`);
      }
    },
    openAsked,
    openAtStart: (address) => {
      const marked = ports.marked.read();
      return marked === null ? openAsked(address) : openKept(marked);
    },
  };
}
