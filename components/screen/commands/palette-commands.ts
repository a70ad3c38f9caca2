import type { VerifyLink } from "@/components/answer/answer-scope";
import { focusLane } from "@/components/lane/focus-lane";
import { changeTheme } from "@/components/screen/theme";
import type { Theme } from "@/components/screen/theme-colors";
import { keepThoughts } from "@/components/screen/view/kept-thoughts";
import { copyLink } from "@/components/sessions/copy-link";
import { copyTapeLink } from "@/components/sessions/copy-tape-link";
import { saveTape } from "@/components/sessions/save-tape";
import { downloadText, pickFile } from "@/components/ui/files";
import { RECORDING_ENDINGS, type RecordingActions } from "@/lib/session/actions/recording-actions";
import type { UndoState } from "@/lib/session/store/app-state";
import { MAX_LANES } from "@/lib/session/store/lanes";
import type { LaneId, PromptId, SessionSetup, TurnId } from "@/lib/session/store/session";

import type { Command, CommandScope } from "./command";
import { keyCommands } from "./key-commands";

type PaletteScope = CommandScope & {
  readonly session: SessionSetup;
  readonly undo: UndoState;
  readonly liveLanes: ReadonlySet<LaneId>;
  readonly recordings: RecordingActions;
  /** null where nothing is verified from. */
  readonly verify: VerifyLink | null;
  /** Something is typed. */
  readonly hasDraft: boolean;
  /** The newest answer of the first lane that has one, where there is another to compare it with. */
  readonly newestAnswer: TurnId | null;
  /** What all lanes of the newest row were asked; null where they were asked different things, or nothing. */
  readonly newestPrompt: PromptId | null;
  /** Something was asked. */
  readonly hasTurns: boolean;
};

/** Every command: those with keys, and those that are found by name alone. */
export function paletteCommands(scope: PaletteScope): readonly Command[] {
  const withKeys = keyCommands(scope);
  return [
    ...composerCommands(scope),
    ...withKeys.filter(({ group }) => group === undefined),
    ...viewCommands(scope),
    ...comparisonCommands(scope),
    {
      id: "verify",
      label: "Verify tool calling…",
      words: "test matrix suite cases benchmark conformance",
      applies: scope.verify !== null,
      run: () => scope.verify?.onVerify(null),
    },
    ...serverCommands(scope),
    ...THEMES.map((theme) => ({
      id: `theme-${theme}`,
      group: "Theme",
      label: `Theme: ${theme}`,
      run: () => changeTheme(theme),
    })),
    ...withKeys.filter(({ group }) => group !== undefined),
    ...scope.lanes.flatMap((lane, index) => laneCommands(scope, lane.id, index + 1)),
  ];
}

const THEMES: readonly Theme[] = ["system", "light", "dark"];

function composerCommands({
  hasDraft,
  readOnly,
  isLive,
  session,
  lanes,
  actions,
}: PaletteScope): readonly Command[] {
  return [
    {
      id: "run",
      label: "Run the prompt",
      applies: hasDraft && !readOnly && !isLive,
      run: () =>
        document.querySelector<HTMLTextAreaElement>("textarea[aria-label='Prompt']")?.form?.requestSubmit(),
    },
    {
      id: "attach",
      label: "Attach images",
      applies: !readOnly,
      run: () => document.querySelector<HTMLInputElement>("input[aria-label='Images to attach']")?.click(),
    },
    {
      id: "sequential",
      label: session.sequential
        ? "Run lanes of one server at the same time"
        : "Run lanes of one server one by one",
      applies: lanes.length > 1 && !readOnly,
      run: () => actions.setSequential(!session.sequential),
    },
  ];
}

function viewCommands({
  newestShared,
  newestPrompt,
  newestAnswer,
  view,
  onPanel,
}: PaletteScope): readonly Command[] {
  return [
    {
      id: "row-table",
      label: "Compare numbers of the newest answers",
      applies: newestShared !== null,
      run: () => newestShared !== null && onPanel({ kind: "row-table", prompt: newestShared }),
    },
    {
      id: "compare-answers",
      label: "Compare answers",
      words: "diff difference divergence branches",
      applies: newestAnswer !== null,
      run: () =>
        newestAnswer !== null &&
        onPanel({ kind: "compare", compared: { one: newestAnswer, other: null, view: "answer" } }),
    },
    {
      id: "timeline",
      label: "Timeline of the newest answers",
      words: "clock phases gantt stalls",
      applies: newestPrompt !== null,
      run: () => newestPrompt !== null && onPanel({ kind: "timeline", prompt: newestPrompt }),
    },
    {
      id: "keep-thoughts",
      label: view.keepsThoughts ? "Close thoughts when the answer begins" : "Keep thoughts open",
      run: () => keepThoughts(!view.keepsThoughts),
    },
  ];
}

function comparisonCommands({
  actions,
  page,
  session,
  undo,
  readOnly,
  recordings,
  hasTurns,
  onPanel,
}: PaletteScope): readonly Command[] {
  const group = "Comparison";
  const exportOpen = async () => {
    const text = await actions.exportSession(session.id);
    if (text !== null) downloadText(page.exportFileName(session.id), text);
  };
  const deleteOpen = async () => {
    if (await actions.deleteSession(session.id))
      page.notify("info", "Comparison deleted. “Undo delete” in Comparisons brings it back.");
  };
  const playLink = async () => {
    const isShort = await copyTapeLink(actions, page, session.id);
    if (!isShort) onPanel({ kind: "export", scope: { of: "comparison" } });
  };
  return [
    { id: "new", group, label: "New comparison", run: actions.newSession },
    { id: "link", group, label: "Copy a link to this comparison", run: () => void copyLink(page) },
    {
      id: "duplicate",
      group,
      label: "Duplicate this comparison",
      run: () => void actions.duplicateSession(session.id),
    },
    { id: "export", group, label: "Export this comparison", run: () => void exportOpen() },
    {
      id: "export-as",
      group,
      label: "Save this comparison as…",
      words: "tape html markdown har go-vcr sse jsonl opentelemetry export",
      run: () => onPanel({ kind: "export", scope: { of: "comparison" } }),
    },
    { id: "import", group, label: "Import a comparison…", run: () => onPanel({ kind: "sessions" }) },
    {
      id: "save-tape",
      group,
      label: "Save a tape of this comparison",
      words: "recording record replay",
      applies: hasTurns,
      run: () => void saveTape(actions, page, session.id),
    },
    {
      id: "tape-link",
      group,
      label: "Copy a link that plays this comparison",
      words: "tape recording share",
      applies: hasTurns,
      run: () => void playLink(),
    },
    {
      id: "open-recording",
      group,
      label: "Open a recording…",
      words: "tape replay play HAR go-vcr",
      run: () => pickFile(RECORDING_ENDINGS, (file) => void recordings.openRecording(file)),
    },
    { id: "use-here", group, label: "Use this comparison here", applies: readOnly, run: actions.useHere },
    {
      id: "delete",
      group,
      label: "Delete this comparison",
      applies: !readOnly,
      run: () => void deleteOpen(),
    },
    {
      id: "undo-delete",
      group,
      label: `Undo delete of “${undo.deleted?.name ?? ""}”`,
      applies: undo.deleted !== null,
      run: () => void actions.undoDelete(),
    },
    {
      id: "restore",
      group,
      label: "Reopen the closed lane",
      applies: undo.closed.length > 0,
      run: actions.restoreLane,
    },
  ];
}

function serverCommands({ activeLane, onPanel, page }: PaletteScope): readonly Command[] {
  const group = "Servers";
  const openFor = (kind: "servers" | "add-server" | "keys" | "mcp") => () =>
    activeLane === null ? undefined : onPanel({ kind, lane: activeLane });
  return [
    { id: "servers", group, label: "Servers", words: "keys providers endpoints", run: openFor("servers") },
    {
      id: "add-server",
      group,
      label: "Add a server",
      words: "provider endpoint url",
      run: openFor("add-server"),
    },
    { id: "mcp", group, label: "MCP servers", words: "tools prompts resources", run: openFor("mcp") },
    { id: "paste-key", group, label: "Paste a key", words: "api keys token", run: openFor("keys") },
    { id: "refresh", group, label: "Look for servers again", run: page.refreshServers },
  ];
}

function laneCommands(scope: PaletteScope, id: LaneId, laneNumber: number): readonly Command[] {
  const { actions, lanes, liveLanes, readOnly, onPanel } = scope;
  const group = `Lane ${laneNumber}`;
  const move = (by: -1 | 1) => () => {
    actions.moveLane(id, by);
    scope.showLane(id, () => focusLane(laneNumber + by));
  };
  return [
    {
      id: `stop-${laneNumber}`,
      group,
      label: "Stop lane",
      applies: liveLanes.has(id),
      run: () => actions.stop(id),
    },
    {
      id: `model-${laneNumber}`,
      group,
      label: "Change model…",
      run: () => onPanel({ kind: "model", lane: id }),
    },
    { id: `set-${laneNumber}`, group, label: "Settings", run: () => onPanel({ kind: "settings", lane: id }) },
    {
      id: `key-${laneNumber}`,
      group,
      label: "Paste a key for its server",
      run: () => onPanel({ kind: "key", lane: id }),
    },
    {
      id: `export-${laneNumber}`,
      group,
      label: "Save lane as…",
      run: () => onPanel({ kind: "export", scope: { of: "lane", lane: id } }),
    },
    {
      id: `clone-${laneNumber}`,
      group,
      label: "Duplicate lane",
      applies: lanes.length < MAX_LANES && !readOnly,
      run: () => actions.cloneLane(id),
    },
    {
      id: `left-${laneNumber}`,
      group,
      label: "Move left",
      applies: laneNumber > 1 && !readOnly,
      run: move(-1),
    },
    {
      id: `right-${laneNumber}`,
      group,
      label: "Move right",
      applies: laneNumber < lanes.length && !readOnly,
      run: move(1),
    },
    {
      id: `close-${laneNumber}`,
      group,
      label: "Close lane",
      applies: lanes.length > 1 && !readOnly,
      run: () => {
        // The neighbor stays where it is, so it can take the focus before the lane goes.
        focusLane(laneNumber < lanes.length ? laneNumber + 1 : laneNumber - 1);
        actions.closeLane(id);
      },
    },
  ];
}
