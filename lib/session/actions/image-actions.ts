import type { StoreApi } from "zustand/vanilla";

import { MAX_IMAGES } from "@/lib/session/images/image-limits";
import type { Images } from "@/lib/session/images/images";
import type { AppState } from "@/lib/session/store/app-state";
import type { DraftImage, ImageId, SessionActions } from "@/lib/session/store/session";

import type { Editor } from "./editor";

type ImageActions = Pick<SessionActions, "attachImage" | "resizeImage" | "detachImage">;

/** Actions on the images of a prompt that has not been sent. */
export function imageActions(ports: {
  readonly store: StoreApi<AppState>;
  readonly editor: Editor;
  readonly images: Images;
}): ImageActions {
  const { store, editor, images } = ports;
  const find = (original: ImageId): DraftImage | null =>
    store.getState().session.draftImages.find((draft) => draft.original.id === original) ?? null;

  /** Replaces a draft's image with `next`, or removes it, and releases what is no longer needed. */
  const replace = (before: DraftImage, next: readonly DraftImage[]) => {
    editor.change(
      (session) => ({
        ...session,
        draftImages: session.draftImages.flatMap((draft) => (draft === before ? next : [draft])),
      }),
      "quiet",
    );
    images.release([before.original.id, before.sent.id]);
  };

  return {
    attachImage: (image) => {
      if (!editor.isOwner() || store.getState().session.draftImages.length >= MAX_IMAGES) {
        return false;
      }
      const ref = images.keep(image);
      editor.change(
        (session) => ({
          ...session,
          draftImages: [...session.draftImages, { original: ref, sent: ref }],
        }),
        "quiet",
      );
      return true;
    },
    resizeImage: (id, size) => {
      const draft = find(id);
      if (!draft || !editor.isOwner()) return;
      const sent = size === "original" ? draft.original : images.keep(size);
      replace(draft, [{ ...draft, sent }]);
    },
    detachImage: (id) => {
      const draft = find(id);
      if (draft && editor.isOwner()) replace(draft, []);
    },
  };
}
