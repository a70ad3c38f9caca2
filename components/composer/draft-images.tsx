"use client";

import { X } from "lucide-react";

import { Button } from "@/components/ui/button";
import type { DraftReport } from "@/lib/session/store/draft-report";
import type { DraftImage } from "@/lib/session/store/session";

import { DraftImageTile } from "./draft-image-tile";

type DraftImagesProps = {
  images: readonly DraftImage[];
  report: DraftReport;
  /** Why files were not attached. */
  refusals: readonly string[];
  readOnly: boolean;
  onRefusals: (refusals: readonly string[]) => void;
};

/** What would be sent with the prompt, and what is to say of it before it is. */
export function DraftImages({ images, report, refusals, readOnly, onRefusals }: DraftImagesProps) {
  return (
    <div className="grid basis-full gap-2 pointer-coarse:pb-2">
      {images.length === 0 ? null : (
        <ul aria-label="Attached images" className="flex max-h-40 flex-wrap gap-2 overflow-y-auto">
          {images.map((draft) => (
            <DraftImageTile
              key={draft.original.id}
              draft={draft}
              readOnly={readOnly}
              onProblem={(problem) => onRefusals([problem])}
            />
          ))}
        </ul>
      )}
      {report.problem === null ? null : (
        <p role="alert" className="text-danger">
          {report.problem}
        </p>
      )}
      {report.blind.length === 0 ? null : <p className="text-warn">{blindWords(report.blind)}</p>}
      {refusals.length === 0 ? null : (
        <div role="alert" className="text-danger flex items-start gap-2">
          <ul className="min-w-0 flex-1 [overflow-wrap:anywhere]">
            {refusals.map((refusal) => (
              <li key={refusal}>{refusal}</li>
            ))}
          </ul>
          <Button kind="quiet" size="icon" aria-label="Dismiss" onClick={() => onRefusals([])}>
            <X size={14} aria-hidden />
          </Button>
        </div>
      )}
    </div>
  );
}

function blindWords(laneNumbers: readonly number[]): string {
  const lanes = laneNumbers.length === 1 ? "The model of lane" : "The models of lanes";
  const verb = laneNumbers.length === 1 ? "does" : "do";
  return `${lanes} ${laneNumbers.join(", ")} ${verb} not accept images. They won't be sent there.`;
}
