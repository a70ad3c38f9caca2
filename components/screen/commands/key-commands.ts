import { focusLane, nextResult, toggleReasoning } from "@/components/lane/focus-lane";
import { focusNextPane } from "@/components/screen/panes";
import { MAX_LANES } from "@/lib/session/store/lanes";

import type { Command, CommandScope } from "./command";

/** The commands that have keys: what listens, what the commands' list offers and what the sheet of keys shows. */
export function keyCommands(scope: CommandScope): readonly Command[] {
  const { actions, lanes, activeLane, isLive, readOnly, onPanel } = scope;
  const openFor = (kind: "tools" | "settings") => () =>
    activeLane === null ? undefined : onPanel({ kind, lane: activeLane });
  return [
    { id: "stop", label: "Stop all", chord: "Alt+Period", applies: isLive, run: actions.stopAll },
    { id: "prompt", label: "Go to the prompt", chord: "Alt+p", run: focusPrompt },
    {
      id: "next-result",
      label: "Go to the next open call",
      chord: "Alt+j",
      run: () => goToNextResult(scope),
    },
    { id: "reasoning", label: "Open or close the latest thought", chord: "Alt+r", run: toggleReasoning },
    {
      id: "sessions",
      label: "Comparisons",
      chord: "Alt+s",
      run: () => onPanel({ kind: "sessions" }),
    },
    {
      id: "add-lane",
      label: "Add lane",
      chord: "Alt+n",
      applies: lanes.length < MAX_LANES && !readOnly,
      run: actions.addLane,
    },
    { id: "tools", label: "Tools", chord: "Alt+t", run: openFor("tools") },
    { id: "settings", label: "Lane settings", chord: "Alt+e", run: openFor("settings") },
    { id: "palette", label: "Commands", chord: "$mod+k", run: () => onPanel({ kind: "palette" }) },
    {
      id: "keys",
      label: "Keyboard shortcuts",
      words: "keys help",
      chord: "Shift+?",
      run: () => onPanel({ kind: "keys-sheet" }),
    },
    {
      id: "stage",
      label: scope.view.isStage ? "Leave presentation mode" : "Presentation mode",
      chord: "Alt+Shift+f",
      run: () => scope.view.onStage(!scope.view.isStage),
    },
    { id: "next-pane", label: "Next part of the page", chord: "F6", run: () => focusNextPane(1) },
    {
      id: "last-pane",
      label: "Previous part of the page",
      chord: "Shift+F6",
      run: () => focusNextPane(-1),
    },
    ...lanes.map((lane, index) => ({
      id: `go-${index + 1}`,
      group: `Lane ${index + 1}`,
      label: `Go to lane ${index + 1}`,
      chord: `Alt+Digit${index + 1}`,
      run: () => scope.showLane(lane.id, () => focusLane(index + 1)),
    })),
  ];
}

/** Puts the focus into the composer. */
function focusPrompt(): void {
  document.querySelector<HTMLTextAreaElement>("textarea[aria-label='Prompt']")?.focus();
}

function goToNextResult({ lanes, showLane, page }: CommandScope): void {
  const next = nextResult();
  if (next === null) {
    page.notify("info", "No call is waiting for a result.");
    return;
  }
  const lane = lanes[next.laneNumber - 1];
  if (lane !== undefined) showLane(lane.id, () => next.field.focus());
}
