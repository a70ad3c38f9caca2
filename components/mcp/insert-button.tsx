"use client";

import { useState } from "react";

import { Button } from "@/components/ui/button";
import { showMarks } from "@/lib/markdown/visible-marks";

import { useIntoDraft } from "./into-draft";

/** Texts of a server, or why there are none. `leftOut`: parts that are no text. */
export type ServerTexts =
  | { readonly ok: true; readonly texts: readonly string[]; readonly leftOut: number }
  | { readonly ok: false; readonly message: string };

type InsertButtonProps = {
  /** Of what the texts are. */
  name: string;
  read: () => Promise<ServerTexts>;
};

/** Puts texts of a server into the prompt, or says why it could not. */
export function InsertButton({ name, read }: InsertButtonProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const intoDraft = useIntoDraft();
  const insert = async () => {
    setIsBusy(true);
    setProblem(null);
    const found = await read();
    setIsBusy(false);
    if (found.ok) intoDraft(found.texts, found.leftOut);
    else setProblem(found.message);
  };
  return (
    <>
      {problem === null ? null : <p className="text-danger text-[13px]">{showMarks(problem)}</p>}
      <Button
        size="small"
        className="justify-self-start"
        aria-label={`Put ${name} into the prompt`}
        disabled={isBusy}
        onClick={() => void insert()}
      >
        Put into the prompt
      </Button>
    </>
  );
}
