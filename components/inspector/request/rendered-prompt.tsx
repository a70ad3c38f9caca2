"use client";

import { useState } from "react";

import { TrapNote } from "@/components/markdown/trap-note";
import { Button } from "@/components/ui/button";
import { CodeText } from "@/components/ui/code/code-text";
import { CopyButton } from "@/components/ui/copy-button";
import { showMarks } from "@/lib/markdown/visible-marks";
import { llamaCpp } from "@/lib/providers/presets/llama-cpp";
import type { AttemptRecord } from "@/lib/run/record";
import { usePageActions } from "@/lib/session/hooks/use-page";
import { useTurnRecord } from "@/lib/session/hooks/use-turn";
import type { RenderedPrompt as Rendered } from "@/lib/session/servers/render-prompt";
import type { TurnId } from "@/lib/session/store/session";
import { formatCount, formatPlural } from "@/lib/stream/figures/format-number";

type RenderedPromptProps = { turn: TurnId; record: AttemptRecord; sent: string };

/** The prompt as the model read it, where the server can render it: llama.cpp, for chat completions. */
export function RenderedPrompt({ turn, record, sent }: RenderedPromptProps) {
  const page = usePageActions();
  const setup = useTurnRecord(turn)?.setup;
  const [state, setState] = useState<"unasked" | "asked" | Rendered>("unasked");
  const canRender = setup?.provider === llamaCpp.id && record.speech?.dialect === "chat-completions";
  if (setup === undefined || !canRender) return null;
  const render = async () => {
    setState("asked");
    setState(await page.renderPrompt({ provider: setup.provider, endpoint: setup.endpoint, body: sent }));
  };
  return (
    <section className="grid gap-1.5">
      <div className="flex items-center gap-1">
        <h3 className="flex-1 font-medium">Prompt as rendered</h3>
        {typeof state === "object" && state.ok ? (
          <CopyButton label="Copy rendered prompt" text={() => state.prompt} />
        ) : null}
        <Button size="small" disabled={state === "asked"} onClick={() => void render()}>
          {state === "asked" ? "Rendering…" : "Render prompt"}
        </Button>
      </div>
      {typeof state !== "object" ? (
        <p className="text-muted text-[13px]">
          What the server’s chat template makes of this body now, and its tokens. Runs no model.
        </p>
      ) : state.ok ? (
        <>
          <p className="text-muted text-[13px] tabular-nums">
            {`${formatCount(state.prompt.length)} characters · ${state.tokens === null ? "– tokens: the server did not count them" : `${formatPlural(state.tokens, "token")}, counted by the server`}`}
          </p>
          <CodeText label="Rendered prompt" text={state.prompt} maxRows={24} />
          <TrapNote text={state.prompt} />
        </>
      ) : (
        <p role="alert" className="text-danger text-[13px] [overflow-wrap:anywhere]">
          {showMarks(state.message)}
        </p>
      )}
    </section>
  );
}
