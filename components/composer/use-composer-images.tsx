"use client";

import { type ReactNode, useState } from "react";

import { loadedPart } from "@/components/ui/loaded-part";
import { useRecordings } from "@/lib/session/hooks/use-recording";
import { useDraftReport } from "@/lib/session/hooks/use-servers";
import { useActions, useDraftImages } from "@/lib/session/hooks/use-session";
import type { ImageRef, SendTarget } from "@/lib/session/store/session";

import { useDroppedFiles } from "./use-dropped-files";

// Most prompts have no image: what shows and reads them is fetched with the first.
const DraftImages = loadedPart(async () => (await import("./draft-images")).DraftImages);

export type ComposerImages = {
  /** What a prompt sent now would take along. */
  readonly images: readonly ImageRef[];
  /** Sending is blocked; `view` explains why. */
  readonly isBlocked: boolean;
  /** Files are being dragged over the page. */
  readonly isDragging: boolean;
  readonly attach: (files: readonly File[]) => void;
  readonly view: ReactNode;
};

/** The images of the prompt that is being written: picked, pasted or dropped. */
export function useComposerImages(target: SendTarget, readOnly: boolean): ComposerImages {
  const draftImages = useDraftImages();
  const { attachImage } = useActions();
  const report = useDraftReport(target);
  const [refusals, setRefusals] = useState<readonly string[]>([]);
  const attach = (files: readonly File[]) => {
    if (readOnly) return;
    const read = async () => {
      const { attachFiles } = await import("./attach-files");
      setRefusals(await attachFiles(files, attachImage));
    };
    read().catch(() =>
      setRefusals(["The images could not be attached: Vitrine was stopped or updated. Reload the page."]),
    );
  };
  const { openFirst } = useRecordings();
  const isDragging = useDroppedFiles((files) => {
    if (!openFirst(files)) attach(files);
  });
  const isEmpty = draftImages.length === 0 && refusals.length === 0;
  return {
    images: draftImages.map((draft) => draft.sent),
    isBlocked: report.problem !== null,
    isDragging: isDragging && !readOnly,
    attach,
    view: isEmpty ? null : (
      <DraftImages
        images={draftImages}
        report={report}
        refusals={refusals}
        readOnly={readOnly}
        onRefusals={setRefusals}
      />
    ),
  };
}
