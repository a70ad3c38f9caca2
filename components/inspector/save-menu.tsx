import { Check, Download } from "lucide-react";

import { downloadBytes } from "@/components/ui/files";
import { Menu } from "@/components/ui/menus/menu";
import type { MenuEntry } from "@/components/ui/menus/menu-entry";
import { COPY_WORDS, useCopied } from "@/components/ui/use-copied";
import { usePageActions } from "@/lib/session/hooks/use-page";
import { PAGE_VERSION } from "@/lib/session/page/version";
import type { Step } from "@/lib/stream/turn/turn";

import type { StepToExport } from "./export-attempts";
import type { ShownAttempt } from "./use-attempts";
import { useCopyEntries } from "./use-copy-entries";

type SaveMenuProps = {
  /** The one that is shown: its response is copied or saved. */
  attempt: ShownAttempt;
  step: StepToExport;
  /** The same step as the turn has it. */
  answer: Step;
  /** What files are named, without an ending. */
  fileName: string;
};

const load = () => import("./export-attempts");

/** What can be taken out of the inspector. */
export function SaveMenu({ attempt, step, answer, fileName }: SaveMenuProps) {
  const page = usePageActions();
  const [outcome, copyNow] = useCopied();
  const copy = async (text: string) => {
    if (!(await copyNow(text))) page.notify("error", "The browser blocked copying.");
  };
  const { programs, report } = useCopyEntries(answer, step, (text) => void copy(text));
  const save = async (write: (writers: Awaited<ReturnType<typeof load>>) => void) => {
    try {
      write(await load());
    } catch {
      page.notify("error", "The file could not be written: Vitrine was stopped or updated. Reload the page.");
    }
  };
  const entries: readonly MenuEntry[] = [
    ...programs,
    { kind: "separator", id: "response" },
    {
      kind: "item",
      label: "Copy response",
      run: () =>
        void save(({ serverBytes }) => {
          const decoder = new TextDecoder();
          void copy(
            serverBytes(attempt)
              .map((bytes) => decoder.decode(bytes, { stream: true }))
              .join(""),
          );
        }),
    },
    { kind: "separator", id: "save" },
    {
      kind: "item",
      label: "Save response as .sse",
      run: () =>
        void save(({ serverBytes }) =>
          downloadBytes(`${fileName}.sse`, new Blob(serverBytes(attempt)), "text/event-stream"),
        ),
    },
    {
      kind: "item",
      label: "Save all attempts as HAR",
      run: () =>
        void save(({ harOf }) =>
          downloadBytes(`${fileName}.har`, harOf(step, PAGE_VERSION), "application/json"),
        ),
    },
    {
      kind: "item",
      label: "Save all attempts as go-vcr",
      run: () =>
        void save(({ goVcrOf }) => downloadBytes(`${fileName}.yaml`, goVcrOf(step), "application/yaml")),
    },
    { kind: "separator", id: "report" },
    report,
  ];
  const Icon = outcome === "copied" ? Check : Download;
  return (
    <>
      <Menu label="Save or copy" entries={entries} kind="quiet" size="icon" tip>
        <Icon size={16} aria-hidden />
      </Menu>
      <output className="sr-only">{outcome === "copied" ? COPY_WORDS.copied : ""}</output>
    </>
  );
}
