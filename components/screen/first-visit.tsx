"use client";

import { Wrench } from "lucide-react";
import type { ReactNode } from "react";

import { loadedPart } from "@/components/ui/loaded-part";
import { isDemoComing, type ProvidersReply } from "@/lib/contract/servers";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useWaitingPrompt } from "@/lib/session/hooks/use-session";

import { type Starter, STARTERS } from "./starters";

const NoServer = loadedPart(async () => (await import("./no-server")).NoServer);

type FirstVisitProps = {
  /** null while the first answer is on its way. */
  servers: ProvidersReply | null;
  /** Names of the servers that the person added. */
  own: readonly string[];
  /** No lane has a model. */
  hasNoModel: boolean;
  /** False until the page is alive, and where nothing can be changed. */
  canStart: boolean;
  onStart: (starter: Starter) => void;
  onAddServer: () => void;
  onPasteKey: () => void;
  onPickModel: () => void;
  onInstallDemo: () => void;
};

/** A comparison before its first prompt: what this is, something to try, and how to bring one's own models. */
export function FirstVisit(props: FirstVisitProps) {
  const { servers, own, canStart, onStart } = props;
  const waiting = useWaitingPrompt();
  return (
    <section
      aria-label="Start here"
      className="sticky left-0 grid w-[min(100%,100cqw)] flex-1 content-center justify-items-center px-4 py-6"
    >
      {servers !== null && props.hasNoModel && !isDemoComing(servers) && servers.demo.state !== "ready" ? (
        <NoServer {...props} servers={servers} />
      ) : (
        <div className="grid w-full max-w-[52rem] gap-5">
          <h2 className="max-w-[40ch] text-[17px] leading-6 font-semibold text-balance">
            Ask several models the same thing and compare their thoughts, tool calls and timings.
          </h2>
          <ul className="grid gap-2 min-[720px]:grid-cols-3">
            {STARTERS.map((starter) => (
              <li key={starter.title} className="grid">
                <button
                  type="button"
                  disabled={!canStart}
                  onClick={() => onStart(starter)}
                  data-waiting={waiting === starter.prompt ? "" : undefined}
                  className="rounded-outer border-line bg-surface enabled:hover:border-line-strong enabled:hover:bg-sunken data-waiting:border-accent flex flex-col gap-1 border px-3.5 py-3 text-left"
                >
                  <span className="font-semibold">{starter.title}</span>
                  <span className="text-muted text-[13px] text-balance">{starter.prompt}</span>
                  <span className="text-faint mt-auto flex items-center gap-1.5 pt-1 text-[13px]">
                    {waiting === starter.prompt ? (
                      "waits for a model"
                    ) : (
                      <>
                        <Wrench size={12} aria-hidden />
                        {starter.on}
                      </>
                    )}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          <p className="text-muted flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px]">
            <span>{foundWords(servers, own)}</span>
            <WayIn onClick={props.onAddServer}>Add a server</WayIn>
            <WayIn onClick={props.onPasteKey}>Paste a key</WayIn>
          </p>
        </div>
      )}
    </section>
  );
}

function WayIn({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="rounded-inner hover:text-text underline underline-offset-2"
    >
      {children}
    </button>
  );
}

function foundWords(servers: ProvidersReply | null, own: readonly string[]): string {
  if (servers === null) return "Looking for servers on this machine …";
  const found = servers.providers.filter(({ local, reach }) => local && reach.state === "ready");
  const keyed = servers.providers.filter(({ local, key }) => !local && key === "present");
  const names = [...found, ...keyed].map(({ label }) => label).concat(own);
  return names.length === 0
    ? "No server found on this machine."
    : `Your models: ${names.map((name) => showMarks(name)).join(", ")}.`;
}
