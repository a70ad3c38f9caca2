/** Takes a session out of Vitrine. */
import type { StoreApi } from "zustand/vanilla";

import type { Clock } from "@/lib/run/ports";
import type { AttemptRecord } from "@/lib/run/record";
import { PAGE_VERSION } from "@/lib/session/page/version";
import type { Bundle } from "@/lib/session/storage/database";
import { exportBundle, MAX_BUNDLE_BYTES, tooLarge } from "@/lib/session/storage/export-session";
import { unpackRecord } from "@/lib/session/storage/record-parts";
import type { WholeSession } from "@/lib/session/storage/session-bundle";
import type { AppState } from "@/lib/session/store/app-state";
import { browserErrorText, type Notify } from "@/lib/session/store/notices";
import type { SessionActions, SessionId } from "@/lib/session/store/session";

import { mendBundle } from "./mend-bundle";

type ExportPorts = {
  readonly store: StoreApi<AppState>;
  readonly clock: Clock;
  readonly notify: Notify;
  /** null where it cannot be read, which a notice explains. */
  readonly readWhole: (id: SessionId, notDone: "exported") => Promise<WholeSession | null>;
  readonly notifyMissing: (what: string, missing: readonly string[]) => void;
};

/** Writes sessions as files. Nothing rejects: a notice explains what failed. */
export function createExports(ports: ExportPorts): Pick<SessionActions, "exportSession" | "exportAs"> {
  const { clock, notify } = ports;

  /** What of a session can be read back, with a notice of what cannot. */
  const mended = async (id: SessionId): Promise<Bundle<AttemptRecord> | null> => {
    const whole = await ports.readWhole(id, "exported");
    if (whole === null) return null;
    const { bundle, leftOut } = mendBundle(whole.bundle);
    const records = await Promise.all(bundle.records.map(unpackRecord));
    ports.notifyMissing("The exported file", [...whole.missing, ...leftOut]);
    return { ...bundle, records };
  };

  const orExplain = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      // The text of a very large session does not fit into memory.
      notify("error", `The comparison could not be exported. ${browserErrorText(error)}`);
      return null;
    }
  };

  return {
    exportSession: (id) =>
      orExplain(async () => {
        const bundle = await mended(id);
        if (bundle === null) return null;
        const text = exportBundle(bundle, clock.wall());
        const bytes = new Blob([text]).size;
        if (bytes > MAX_BUNDLE_BYTES) notify("info", tooLarge(bytes));
        return text;
      }),
    exportAs: (id, scope, format) =>
      orExplain(async () => {
        const bundle = await mended(id);
        if (bundle === null) return null;
        // Most visits export nothing.
        const { exportAs } = await import("@/lib/session/tape/export-as");
        return exportAs(bundle, { scope, format, version: PAGE_VERSION, now: clock.wall() });
      }),
  };
}
