import { useMemo } from "react";

import type { MenuEntry } from "@/components/ui/menus/menu-entry";
import { bugReport } from "@/lib/code/bug-report";
import { type CodeFormat, codeFormats } from "@/lib/code/formats";
import { isDialectId } from "@/lib/providers/dialect-id";
import { findProvider } from "@/lib/providers/registry";
import { speechOf } from "@/lib/providers/speech-of";
import { useRecording } from "@/lib/session/hooks/use-recording";
import { useLlamaProps } from "@/lib/session/hooks/use-servers";
import { withSizes } from "@/lib/session/images/wire-images";
import { PAGE_VERSION } from "@/lib/session/page/version";
import type { Step } from "@/lib/stream/turn/turn";

import type { StepToExport } from "./export-attempts";

type CopyEntries = {
  /** The request as programs. */
  readonly programs: readonly MenuEntry[];
  /** The step as a report for whoever maintains the server. */
  readonly report: MenuEntry;
};

const NO_RECORD = { url: "", request: "", speech: null } as const;

/** What a step is copied as, as entries of a menu. All of its attempts send the same request. */
export function useCopyEntries(
  step: Step,
  { attempts, sent }: Pick<StepToExport, "attempts" | "sent">,
  copy: (text: string) => void,
): CopyEntries {
  const { provider, endpoint, dialect, setup } = step.request;
  const recording = useRecording();
  const llama = useLlamaProps(provider, endpoint);
  const known = findProvider(provider);
  const records = attempts.map(({ record }) => record);
  const [{ url, request, speech } = NO_RECORD] = records;
  const formats = useMemo((): readonly CodeFormat[] => {
    const spoken = speech ?? (known && speechOf(known, isDialectId(dialect) ? dialect : null));
    if (spoken === null) return [];
    const isOwnServer = endpoint !== null;
    return codeFormats({ url, request: sent, speech: spoken, provider: known, isOwnServer }, PAGE_VERSION);
  }, [url, sent, speech, known, dialect, endpoint]);
  const report = () =>
    bugReport({
      vitrine: PAGE_VERSION,
      recording,
      server: setup?.endpointName ?? known?.label ?? provider,
      llama,
      step,
      attempts: records,
      request: withSizes(request),
    });
  return {
    programs: formats.map(({ label, text }): MenuEntry => ({
      kind: "item",
      label: `Copy as ${label}`,
      run: () => copy(text),
    })),
    report: { kind: "item", label: "Copy bug report", run: () => copy(report()) },
  };
}
