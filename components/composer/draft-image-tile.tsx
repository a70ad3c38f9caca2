"use client";

import { ChevronDown, X } from "lucide-react";
import { useState } from "react";

import { imageFacts } from "@/components/images/image-facts";
import { ImageThumbnail } from "@/components/images/image-thumbnail";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menus/menu";
import type { MenuEntry } from "@/components/ui/menus/menu-entry";
import { usePageActions } from "@/lib/session/hooks/use-page";
import { useActions } from "@/lib/session/hooks/use-session";
import { smallerThan, sizeWithin } from "@/lib/session/images/image-size";
import { resizeImage } from "@/lib/session/images/resize-image";
import type { DraftImage } from "@/lib/session/store/session";

type DraftImageTileProps = {
  draft: DraftImage;
  readOnly: boolean;
  onProblem: (problem: string) => void;
};

/** One image of the draft: what it is, how large it goes out, and a way to take it out. */
export function DraftImageTile({ draft, readOnly, onProblem }: DraftImageTileProps) {
  const { original, sent } = draft;
  const actions = useActions();
  const page = usePageActions();
  const [isBusy, setIsBusy] = useState(false);

  const resize = async (longest: number) => {
    setIsBusy(true);
    const bytes = await page.readImage(original.id);
    const smaller = bytes && (await resizeImage(original, bytes, longest));
    setIsBusy(false);
    if (smaller) actions.resizeImage(original.id, smaller);
    else onProblem(`${original.name} could not be resized in this browser; it is unchanged.`);
  };
  return (
    <li className="rounded-inner border-line flex max-w-full min-w-0 items-center gap-2 border p-1">
      <ImageThumbnail image={sent} className="size-10" />
      <span className="grid min-w-0">
        <span className="max-w-48 truncate px-1 text-[13px]">{original.name}</span>
        <Menu
          label={`Size of ${original.name}`}
          kind="quiet"
          size="small"
          disabled={isBusy || readOnly}
          entries={sizeEntries(draft, {
            original: () => actions.resizeImage(original.id, "original"),
            smaller: (longest) => void resize(longest),
          })}
          className="figures h-5 px-1"
        >
          {isBusy ? "resizing…" : imageFacts(sent)}
          <ChevronDown size={12} aria-hidden />
        </Menu>
      </span>
      {readOnly ? null : (
        <IconButton label={`Remove ${original.name}`} onClick={() => actions.detachImage(original.id)}>
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </li>
  );
}

function sizeEntries(
  { original, sent }: DraftImage,
  choose: { readonly original: () => void; readonly smaller: (longest: number) => void },
): readonly MenuEntry[] {
  const still = original.mediaType === "image/gif" ? ", first picture only" : "";
  return [
    {
      kind: "check",
      label: `Original: ${imageFacts(original)}`,
      checked: sent.id === original.id,
      run: choose.original,
    },
    ...smallerThan(original).map((longest): MenuEntry => {
      const { width, height } = sizeWithin(original, longest);
      return {
        kind: "check",
        label: `${longest} px: ${width} × ${height} px${still}`,
        checked: sent.id !== original.id && sent.width === width && sent.height === height,
        run: () => choose.smaller(longest),
      };
    }),
  ];
}
