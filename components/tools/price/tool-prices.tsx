"use client";

import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { showMarks } from "@/lib/markdown/visible-marks";
import { type LanePrices, useToolPrices } from "@/lib/session/hooks/use-tool-prices";
import { formatCount, formatPlural } from "@/lib/stream/figures/format-number";
import { countRequest } from "@/lib/tools/schema/lint/lint-tool";
import type { ToolDefinition } from "@/lib/tools/tool";

/** What the tools cost in the prompt of a lane, in all and one by one, with their share of its context. */
export function ToolPrices() {
  const prices = useToolPrices();
  if (prices === null || prices.total === 0) return null;
  const { total, each, contextLength, source, lane, tools } = prices;
  const sign = source === "estimated" ? "≈ " : "";
  const priced = tools.filter(({ id }) => each.has(id));
  return (
    <div className="border-line border-b px-4 py-1.5 text-[13px]">
      <Disclosure
        summary={`${lane}: ${sign}${formatPlural(total, "token")}${share(total, contextLength)} for ${formatPlural(tools.length, "tool")}`}
      >
        <p className="text-muted pl-5">{sourceWords(prices)}</p>
        <AskCounter prices={prices} />
        <ul aria-label="Tokens of each tool" className="grid gap-0.5 pl-5">
          {priced.map(({ id, name }) => (
            <li key={id} className="flex justify-between gap-3">
              <code className="truncate">{showMarks(name)}</code>
              <span className="shrink-0">
                {sign}
                {formatCount(each.get(id) ?? null)}
              </span>
            </li>
          ))}
        </ul>
        <StrictLimits tools={tools} />
      </Disclosure>
    </div>
  );
}

function sourceWords({ source, counter }: LanePrices): string {
  switch (source) {
    case "counted":
      return "Counted by the server, with its template: what a prompt has more with the tool than without it.";
    case "reported":
      return `Reported by the counter of ${counter ?? "the provider"}: what a prompt has more with the tool than without it.`;
    case "estimated":
      return "Estimated from the text that is sent, four characters a token.";
  }
}

/** Has the provider's own counter asked, which sends it the tools. */
function AskCounter({ prices: { source, counter, problem, isAsking, askCounter } }: { prices: LanePrices }) {
  if (source !== "estimated" || counter === null) return null;
  return (
    <div className="grid gap-1 py-1 pl-5">
      <div>
        <Button size="small" disabled={isAsking} onClick={askCounter}>
          {isAsking ? `Asking ${counter} …` : `Count with ${counter}`}
        </Button>
      </div>
      <p className="text-faint">Sends the tools to its counter. No model runs.</p>
      <output className="text-danger [overflow-wrap:anywhere] empty:hidden">
        {problem === null || isAsking ? null : `Not counted: ${showMarks(problem)}`}
      </output>
    </div>
  );
}

/** What Anthropic counts over all strict tools of a request; nothing where none is strict. */
function StrictLimits({ tools }: { tools: readonly ToolDefinition[] }) {
  const counters = countRequest(tools);
  if (!tools.some(({ strict }) => strict === true)) return null;
  return (
    <p className="text-muted pl-5">
      Anthropic strict, all tools together:{" "}
      {counters.map(({ label, value, limit, isOver }, index) => (
        <span key={label} className={isOver ? "text-warn" : ""}>
          {index === 0 ? "" : ", "}
          {label} {formatCount(value)} of {formatCount(limit)}
        </span>
      ))}
    </p>
  );
}

function share(tokens: number, contextLength: number | null): string {
  if (contextLength === null || contextLength === 0) return "";
  const percent = (100 * tokens) / contextLength;
  return ` · ${percent < 1 ? "under 1" : String(Math.round(percent))} % of ${formatCount(contextLength)}`;
}
