import { Download } from "lucide-react";

import { copyText } from "@/components/ui/copy-text";
import { downloadBytes } from "@/components/ui/download-text";
import { Menu } from "@/components/ui/menus/menu";
import type { MenuEntry } from "@/components/ui/menus/menu-entry";
import { curlOf } from "@/lib/inspect/curl-of";
import { serverBytes } from "@/lib/inspect/server-bytes";

import type { ShownAttempt } from "./use-attempts";

type SaveMenuProps = {
  attempt: ShownAttempt;
  sent: string;
  /** What files are named, without an ending. */
  fileName: string;
};

/** What can be taken out of the inspector. */
export function SaveMenu({ attempt, sent, fileName }: SaveMenuProps) {
  const { record, frames } = attempt;
  const bytes = () => serverBytes(record, frames);
  const entries: readonly MenuEntry[] = [
    {
      kind: "item",
      label: "Copy as curl, without the key",
      run: () => void copyText(curlOf({ url: record.url, request: sent })),
    },
    { kind: "item", label: "Copy response", run: () => void copyText(new TextDecoder().decode(bytes())) },
    {
      kind: "item",
      label: "Save response as .sse",
      run: () => downloadBytes(`${fileName}.sse`, bytes(), "text/event-stream"),
    },
  ];
  return (
    <Menu label="Save or copy" entries={entries} kind="quiet" size="icon" tip>
      <Download size={16} aria-hidden />
    </Menu>
  );
}
