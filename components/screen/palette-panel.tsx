"use client";

import { copyText } from "@/components/ui/copy-text";
import type { PageActions } from "@/lib/session/actions/session-app";
import { usePageActions, useUndo } from "@/lib/session/hooks/use-page";
import { useActions, useLanes } from "@/lib/session/hooks/use-session";
import { useIsAnyLive } from "@/lib/session/hooks/use-turn";

import { type Command, Palette } from "./palette";
import type { PanelProps } from "./panels";
import { focusLane, focusPrompt, toggleReasoning } from "./use-playground-shortcuts";

/** Every command by name, with its keys. */
export function PalettePanel({ onPanel, onClose }: PanelProps) {
  const actions = useActions();
  const page = usePageActions();
  const lanes = useLanes();
  const isLive = useIsAnyLive();
  const undo = useUndo();
  const first = lanes[0];
  const commands: Command[] = [
    { id: "prompt", label: "Go to the prompt", keys: "Alt P", run: focusPrompt },
    { id: "new", label: "New comparison", run: actions.newSession },
    { id: "sessions", label: "Sessions", keys: "Alt S", run: () => onPanel({ kind: "sessions" }) },
    { id: "add-lane", label: "Add lane", keys: "Alt N", run: actions.addLane },
    { id: "reasoning", label: "Open or close the newest reasoning", keys: "Alt R", run: toggleReasoning },
    {
      id: "link",
      label: "Copy a link to this comparison",
      run: () => void copyLink(page),
    },
  ];
  if (isLive) commands.unshift({ id: "stop", label: "Stop all", keys: "Alt .", run: actions.stopAll });
  if (undo.closed.length > 0)
    commands.push({ id: "restore", label: "Bring back the closed lane", run: actions.restoreLane });
  if (first !== undefined) {
    commands.push({
      id: "tools",
      label: "Tools",
      keys: "Alt T",
      run: () => onPanel({ kind: "tools", lane: first.id }),
    });
    commands.push(
      {
        id: "add-server",
        label: "Add a server",
        run: () => onPanel({ kind: "add-server", lane: first.id }),
      },
      { id: "keys", label: "Paste a key", run: () => onPanel({ kind: "keys", lane: first.id }) },
    );
  }
  for (const [index, lane] of lanes.entries()) {
    const place = index + 1;
    const group = `Lane ${place}`;
    commands.push(
      {
        id: `go-${place}`,
        group,
        label: `Go to lane ${place}`,
        keys: `Alt ${place}`,
        run: () => focusLane(place),
      },
      {
        id: `model-${place}`,
        group,
        label: "Change model…",
        run: () => onPanel({ kind: "model", lane: lane.id }),
      },
      {
        id: `set-${place}`,
        group,
        label: "Settings",
        run: () => onPanel({ kind: "settings", lane: lane.id }),
      },
      { id: `clone-${place}`, group, label: "Duplicate lane", run: () => actions.cloneLane(lane.id) },
      { id: `close-${place}`, group, label: "Close lane", run: () => actions.closeLane(lane.id) },
    );
  }
  return <Palette commands={commands} onClose={onClose} />;
}

async function copyLink(page: PageActions): Promise<void> {
  const link = window.location.origin + page.shareLink();
  if (await copyText(link)) page.say("info", "The link is copied.");
  else page.say("error", `The browser does not let the page copy. Copy the link from here: ${link}`);
}
