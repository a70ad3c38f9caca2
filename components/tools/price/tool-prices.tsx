"use client";

import { Disclosure } from "@/components/ui/disclosure";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useToolPrices } from "@/lib/session/hooks/use-tool-prices";
import { formatCount, formatPlural } from "@/lib/stream/figures/format-number";
import type { ToolDefinition } from "@/lib/tools/tool";

/** What the tools cost in the prompt of a lane, in all and one by one, with their share of its context. */
export function ToolPrices({ tools }: { tools: readonly ToolDefinition[] }) {
  const prices = useToolPrices();
  if (prices === null || prices.total === 0) return null;
  const { total, each, contextLength, source, lane } = prices;
  const sign = source === "counted" ? "" : "≈ ";
  const priced = tools.filter(({ id }) => each.has(id));
  return (
    <div className="border-line border-b px-4 py-1.5 text-[13px]">
      <Disclosure
        summary={`${lane}: ${sign}${formatPlural(total, "token")}${share(total, contextLength)} for ${formatPlural(prices.count, "tool")}`}
      >
        <p className="text-muted pl-5">
          {source === "counted"
            ? "Counted by the server, with its template: what a prompt has more with the tool than without it."
            : "Estimated from the text that is sent, four characters a token."}
        </p>
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
      </Disclosure>
    </div>
  );
}

function share(tokens: number, contextLength: number | null): string {
  if (contextLength === null || contextLength === 0) return "";
  const percent = (100 * tokens) / contextLength;
  return ` · ${percent < 1 ? "under 1" : String(Math.round(percent))} % of ${formatCount(contextLength)}`;
}
