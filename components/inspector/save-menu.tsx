import { Download } from "lucide-react";

import { copyText } from "@/components/ui/copy-text";
import { downloadBytes } from "@/components/ui/download-text";
import { Menu } from "@/components/ui/menus/menu";
import type { MenuEntry } from "@/components/ui/menus/menu-entry";
import { curlOf } from "@/lib/inspect/curl-of";
import { usePageActions } from "@/lib/session/hooks/use-page";
import { useServers } from "@/lib/session/hooks/use-servers";

import type { StepToExport } from "./export-attempts";
import type { ShownAttempt } from "./use-attempts";

type SaveMenuProps = {
  /** The one that is shown: its response is copied or saved. */
  attempt: ShownAttempt;
  step: StepToExport;
  /** What files are named, without an ending. */
  fileName: string;
};

const load = () => import("./export-attempts");

/** What can be taken out of the inspector. */
export function SaveMenu({ attempt, step, fileName }: SaveMenuProps) {
  const page = usePageActions();
  const version = useServers()?.version ?? "";
  const copy = async (text: string) => {
    if (!(await copyText(text))) page.notify("error", "The browser blocked copying.");
  };
  const save = async (write: (writers: Awaited<ReturnType<typeof load>>) => void) => {
    try {
      write(await load());
    } catch {
      page.notify("error", "The file could not be written: Vitrine was stopped or updated. Reload the page.");
    }
  };
  const entries: readonly MenuEntry[] = [
    {
      kind: "item",
      label: "Copy as curl, without the key",
      run: () => void copy(curlOf({ url: attempt.record.url, request: step.sent })),
    },
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
        void save(({ harOf }) => downloadBytes(`${fileName}.har`, harOf(step, version), "application/json")),
    },
    {
      kind: "item",
      label: "Save all attempts as go-vcr",
      run: () =>
        void save(({ goVcrOf }) => downloadBytes(`${fileName}.yaml`, goVcrOf(step), "application/yaml")),
    },
  ];
  return (
    <Menu label="Save or copy" entries={entries} kind="quiet" size="icon" tip>
      <Download size={16} aria-hidden />
    </Menu>
  );
}
