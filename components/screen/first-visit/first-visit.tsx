"use client";

import { Wrench } from "lucide-react";
import type { ReactNode } from "react";

import { loadedPart } from "@/components/ui/loaded-part";
import type { ProvidersReply } from "@/lib/contract/servers";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useWaitingPrompt } from "@/lib/session/hooks/use-session";

import { type Starter, STARTERS } from "./starters";

const NoServer = loadedPart(async () => (await import("./no-server")).NoServer);

type FirstVisitProps = {
  /** null while the first answer is on its way. */
  servers: ProvidersReply | null;
  /** Names of the servers that the person added. */
  own: readonly string[];
  /** No lane has a model, and none is on its way. */
  needsModel: boolean;
  /** False where nothing can be changed. */
  canStart: boolean;
  /** The starter that was pressed before the page was ready; null = none. */
  early: Starter | null;
  onStart: (starter: Starter) => void;
  onAddServer: () => void;
  onPasteKey: () => void;
  onPickModel: () => void;
  onInstallDemo: () => void;
};

/** A comparison before its first prompt: what this is, something to try, and how to bring one's own models. */
export function FirstVisit(props: FirstVisitProps) {
  const { servers, own, canStart, early, onStart } = props;
  const waiting = useWaitingPrompt();
  return (
    <section
      aria-label="Start here"
      className="sticky left-0 grid w-[min(100%,100cqw)] flex-1 content-center justify-items-center px-4 py-6"
    >
      {servers !== null && props.needsModel ? (
        <NoServer {...props} servers={servers} />
      ) : (
        <div className="grid w-full max-w-[1008px] gap-5 min-[1920px]:max-w-[1240px] min-[1920px]:gap-7">
          <h2 className="max-w-[40ch] text-[17px] leading-6 font-semibold text-balance min-[1920px]:text-[24px] min-[1920px]:leading-8">
            Ask several models the same thing and compare their thoughts, tool calls and timings.
          </h2>
          <ul className="grid gap-2 min-[720px]:grid-cols-3 min-[1920px]:gap-3">
            {STARTERS.map((starter) => (
              <li key={starter.title} className="grid">
                <button
                  type="button"
                  disabled={!canStart}
                  // The script of the first HTML finds it by this.
                  data-starter={starter.title}
                  onClick={() => onStart(starter)}
                  data-waiting={waiting === starter.prompt || early === starter ? "" : undefined}
                  className="rounded-outer border-line bg-surface enabled:hover:border-line-strong enabled:hover:bg-sunken data-waiting:border-accent flex flex-col gap-1 border px-3.5 py-3 text-left min-[1920px]:px-5 min-[1920px]:py-4 min-[1920px]:text-[17px]"
                >
                  <span className="font-semibold">{starter.title}</span>
                  <span className="text-muted text-[13px] text-balance min-[1920px]:text-[15px]">
                    {starter.prompt}
                  </span>
                  <span className="text-faint mt-auto grid gap-0.5 pt-1 text-[13px]">
                    {waiting === starter.prompt
                      ? "waits for a model"
                      : starter.does.map((line) => (
                          <span key={line} className="flex items-center gap-1.5">
                            {starter.tools.length === 0 ? null : (
                              <Wrench size={12} aria-hidden className="shrink-0" />
                            )}
                            {line}
                          </span>
                        ))}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          <p className="text-muted flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px]">
            <span>{foundWords(servers, own)}</span>
            <span className="flex gap-x-3">
              <WayIn onClick={props.onAddServer}>Add a server</WayIn>
              <WayIn onClick={props.onPasteKey}>Paste a key</WayIn>
            </span>
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
  const { demo } = servers;
  const found = servers.providers.filter(({ local, reach }) => local && reach.state === "ready");
  const keyed = servers.providers.filter(({ local, key }) => !local && key === "present");
  const names = [...found, ...keyed].map(({ label }) => label).concat(own);
  if (names.length > 0) return `Your models: ${names.map((name) => showMarks(name)).join(", ")}.`;
  switch (demo.state) {
    case "installing":
      return "Installing a small model. For better answers:";
    case "starting":
      return "Starting the small model. For better answers:";
    case "ready":
      return "A small model is ready. For better answers:";
    case "available":
    case "failed":
    case "off":
      return "No server found on this machine.";
  }
}
