"use client";

import { type ReactNode, useEffect } from "react";

import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import type { DemoModel, ProvidersReply } from "@/lib/contract/servers";

import { ShippedRecordings } from "./shipped-recordings";

type NoServerProps = {
  servers: ProvidersReply;
  onAddServer: () => void;
  onPasteKey: () => void;
  onPickModel: () => void;
  onInstallDemo: () => void;
};

const COMMANDS = [
  { name: "llama.cpp", command: "llama-server -m model.gguf --port 8080" },
  { name: "Ollama", command: "ollama run qwen3:0.6b" },
  { name: "LM Studio", command: "lms server start" },
] as const;

/** What to do where no lane has a model: the ways to one, the quickest first. */
export function NoServer({ servers, onAddServer, onPasteKey, onPickModel, onInstallDemo }: NoServerProps) {
  const { demo } = servers;
  const usable = servers.providers.filter(
    ({ local, key, reach }) => reach.state === "ready" || (!local && key === "present"),
  );
  // Where Run is offered otherwise, or was before it was known that there is nothing to run on.
  useEffect(() => {
    if (document.activeElement?.matches("body, [data-run]") === true)
      document.querySelector<HTMLElement>("[data-first-step]")?.focus({ preventScroll: true });
  }, []);
  // One button stands out: what leads to a model soonest.
  const best = usable.length > 0 ? "pick" : demo.state === "available" ? "install" : "add";
  const kindOf = (way: typeof best) => (way === best ? "primary" : "plain");
  const first = (way: typeof best) => (way === best ? { "data-first-step": "" } : {});
  return (
    <div className="grid w-full max-w-[40rem] gap-4 min-[1920px]:[zoom:1.3]">
      <div className="grid gap-1">
        <h2 className="text-[17px] leading-6 font-semibold">
          {usable.length > 0 ? "Choose a model to begin" : "No model yet"}
        </h2>
        <p className="text-muted">
          {usable.length > 0
            ? `Ready: ${usable.map(({ label }) => label).join(", ")}.`
            : "Vitrine looks for servers on this machine every few seconds. One that starts shows up here by itself."}
        </p>
      </div>
      <ol className="grid gap-4 [counter-reset:way]">
        {usable.length > 0 ? (
          <Way title="Use what is there">
            <Button kind={kindOf("pick")} {...first("pick")} onClick={onPickModel}>
              Choose a model
            </Button>
          </Way>
        ) : null}
        {demo.state === "off" ? null : (
          <DemoWay demo={demo}>
            <Button kind={kindOf("install")} {...first("install")} onClick={onInstallDemo}>
              {demo.state === "available"
                ? `Install the demo model (${Math.round(demo.downloadBytes / 1_000_000)} MB)`
                : "Try again"}
            </Button>
          </DemoWay>
        )}
        <Way title="Start a server on this machine">
          <ul className="border-line rounded-outer divide-line divide-y border">
            {COMMANDS.map(({ name, command }) => (
              <li
                key={name}
                className="flex min-w-0 items-center gap-x-2 py-0.5 pr-1 pl-3 max-[480px]:flex-wrap"
              >
                <span className="text-muted w-20 shrink-0 text-[13px] max-[480px]:w-full max-[480px]:pt-1">
                  {name}
                </span>
                <code className="figures min-w-0 flex-1 py-1 [overflow-wrap:anywhere]">{command}</code>
                <CopyButton label={`Copy the command for ${name}`} text={() => command} />
              </li>
            ))}
          </ul>
        </Way>
        <Way title="Or use one that runs elsewhere">
          <div className="flex flex-wrap gap-2">
            {servers.endpointsAllowed ? (
              <Button kind={kindOf("add")} {...first("add")} onClick={onAddServer}>
                Add a server
              </Button>
            ) : null}
            <Button onClick={onPasteKey}>Paste a key</Button>
          </div>
          <p className="text-muted text-[13px]">
            Any OpenAI-compatible address, or a service such as OpenAI, Anthropic or Groq. A key stays in this
            tab&rsquo;s memory.
          </p>
        </Way>
        <Way title="Or watch a recording first">
          <ShippedRecordings />
        </Way>
      </ol>
      {demo.state === "off" ? (
        <p className="text-muted text-[13px] [overflow-wrap:anywhere]">
          The built-in demo is off. {demo.reason}
        </p>
      ) : null}
    </div>
  );
}

/** The model that Vitrine brings itself, where it can. `children` is its button. */
function DemoWay({ demo, children }: { demo: DemoModel; children: ReactNode }) {
  switch (demo.state) {
    case "available":
      return (
        <Way title="Try it with a tiny model">
          <div>{children}</div>
          <p className="text-muted text-[13px]">
            It shows how things work; don&rsquo;t judge its answers. It is kept in Vitrine&rsquo;s own folder.
          </p>
        </Way>
      );
    case "failed":
      return (
        <Way title="The demo model could not start">
          <p className="text-muted [overflow-wrap:anywhere]">
            {demo.what} {demo.next}
          </p>
          <div>{children}</div>
        </Way>
      );
    case "off":
    case "installing":
    case "starting":
    case "ready":
      return null;
  }
}

function Way({ title, children }: { title: string; children: ReactNode }) {
  return (
    <li className="grid gap-1.5">
      <h3 className="before:text-muted font-semibold [counter-increment:way] before:mr-2 before:font-normal before:content-[counter(way)]">
        {title}
      </h3>
      {children}
    </li>
  );
}
