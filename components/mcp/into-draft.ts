"use client";

import type { McpBlock } from "@/lib/contract/mcp";
import { usePageActions } from "@/lib/session/hooks/use-page";
import { useActions, useCurrentDraft } from "@/lib/session/hooks/use-session";
import { formatPlural } from "@/lib/stream/figures/format-number";

/** Characters of a server's text that go into the prompt at most. */
const MOST = 200_000;

/** Adds texts of a server to what is typed in the composer, and says so. Sends nothing. */
export function useIntoDraft(): (texts: readonly string[], leftOut: number) => void {
  const draftNow = useCurrentDraft();
  const { setDraft } = useActions();
  const { notify } = usePageActions();
  return (texts, leftOut) => {
    const whole = texts.join("\n\n");
    const text = whole.slice(0, MOST);
    const draft = draftNow();
    if (text !== "") setDraft(draft.trim() === "" ? text : `${draft}\n\n${text}`);
    const put = text === "" ? "There is no text to put into the prompt." : "The text is in the prompt.";
    const cut = whole.length > MOST ? ` It is the first ${MOST.toLocaleString("en-US")} characters.` : "";
    const others = leftOut === 0 ? "" : ` ${formatPlural(leftOut, "part")} that can't be text left out.`;
    notify("info", `${put}${cut}${others}`);
  };
}

/** The texts of some blocks, and how many are none. */
export function textsOf(blocks: readonly McpBlock[]): {
  readonly texts: readonly string[];
  readonly leftOut: number;
} {
  const texts = blocks.flatMap((block) => (block.kind === "text" ? [block.text] : []));
  return { texts, leftOut: blocks.length - texts.length };
}
