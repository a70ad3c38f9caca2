import type { PastTurn, PromptImage } from "@/lib/providers/provider";
import type { ImageId, ImageRef, TurnRecord } from "@/lib/session/store/session";

export type Asked = Pick<TurnRecord, "prompt" | "images" | "turn">;

/**
 * A branch as a dialect writes it. Images that cannot go are left out of their prompts; `notes` says which and
 * why. Pure.
 */
export function pastTurns(
  path: readonly Asked[],
  base64: ReadonlyMap<ImageId, string>,
  /** null = not known: they are sent, and the server says what it thinks of them. */
  readsImages: boolean | null,
): { readonly history: readonly PastTurn[]; readonly notes: readonly string[] } {
  const notes = new Set<string>();
  const outgoing = (ref: ImageRef): readonly PromptImage[] => {
    const text = base64.get(ref.id);
    if (readsImages === false) notes.add("Images were left out because this model does not accept them.");
    else if (text === undefined) notes.add(`${ref.name} was left out: its bytes are not stored here.`);
    else return [{ mediaType: ref.mediaType, base64: text }];
    return [];
  };
  const history = path.map(({ prompt, images, turn }) => ({
    prompt,
    images: images.flatMap(outgoing),
    turn,
  }));
  return { history, notes: [...notes] };
}
