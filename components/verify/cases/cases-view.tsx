"use client";

import { Download, Pencil, Plus, Trash2, Upload } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { downloadBytes, pickFile } from "@/components/ui/files";
import { IconButton } from "@/components/ui/icon-button";
import { showMarks } from "@/lib/markdown/visible-marks";
import { newCase } from "@/lib/session/verify/case-of-turn";
import { useVerify, useVerifyActions } from "@/lib/session/verify/verify-context";
import { formatPlural } from "@/lib/stream/figures/format-number";
import type { VerifyCase } from "@/lib/verify/case";
import { writeSuiteLines } from "@/lib/verify/saved/saved-case";

import { CaseForm } from "./case-form";

/** A person's own cases: write, change, delete, import and export them as JSONL. */
export function CasesView() {
  const cases = useVerify((state) => state.cases);
  const draft = useVerify((state) => state.draft);
  const { draftCase, saveCases, importCases } = useVerifyActions();
  const [deleted, setDeleted] = useState<readonly VerifyCase[] | null>(null);
  if (draft !== null) {
    return (
      <main className="min-h-0 flex-1 overflow-y-auto p-4">
        <CaseForm
          key={draft.id}
          value={draft}
          onSave={(saved) => {
            const isKnown = cases.some(({ id }) => id === saved.id);
            void saveCases(
              isKnown ? cases.map((each) => (each.id === saved.id ? saved : each)) : [...cases, saved],
            );
            draftCase(null);
          }}
          onCancel={() => draftCase(null)}
        />
      </main>
    );
  }
  return (
    <main className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto grid max-w-180 gap-3 p-4 pt-6">
        <div className="flex flex-wrap items-center gap-2">
          <h2 className="flex-1 font-medium">Own cases</h2>
          <Button size="small" onClick={() => draftCase(newCase(cases))}>
            <Plus size={14} aria-hidden />
            New case
          </Button>
          <Button
            size="small"
            onClick={() => pickFile([".jsonl", ".json"], (file) => void importCases(file))}
          >
            <Upload size={14} aria-hidden />
            Import
          </Button>
          <Button
            size="small"
            aria-disabled={cases.length === 0}
            onClick={() =>
              cases.length > 0 &&
              downloadBytes("vitrine-cases.jsonl", writeSuiteLines(cases), "application/jsonl")
            }
          >
            <Download size={14} aria-hidden />
            Export
          </Button>
        </div>
        {deleted === null ? null : (
          <p className="text-muted flex items-center gap-2 text-[13px]">
            Case deleted.
            <Button
              size="small"
              onClick={() => {
                void saveCases(deleted);
                setDeleted(null);
              }}
            >
              Undo
            </Button>
          </p>
        )}
        {cases.length === 0 ? (
          <p className="text-muted">
            None yet. Write one here, or open the details under an answer in the playground and press “Save as
            case…”.
          </p>
        ) : (
          <ul aria-label="Own cases">
            {cases.map((each) => (
              <li key={each.id} className="border-line flex items-center gap-2 border-b py-1.5">
                <span className="figures text-muted shrink-0">{each.id}</span>
                <span className="min-w-0 flex-1">
                  <span className="block truncate">{showMarks(each.title)}</span>
                  <span className="text-muted block truncate text-[13px]">
                    {`${formatPlural(each.prompts.length, "prompt")}, ${formatPlural(each.tools.length, "tool")}, ${each.expects.map(({ grader }) => EXPECTS[grader] ?? grader).join(" and ")}`}
                  </span>
                </span>
                <IconButton label={`Change ${showMarks(each.title)}`} onClick={() => draftCase(each)}>
                  <Pencil size={14} aria-hidden />
                </IconButton>
                <IconButton
                  label={`Delete ${showMarks(each.title)}`}
                  onClick={() => {
                    setDeleted(cases);
                    void saveCases(cases.filter((other) => other !== each));
                  }}
                >
                  <Trash2 size={14} aria-hidden />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
      </div>
    </main>
  );
}

const EXPECTS: Readonly<Record<string, string>> = {
  calls: "expects calls",
  "no-call": "expects no call",
  text: "expects words",
};
