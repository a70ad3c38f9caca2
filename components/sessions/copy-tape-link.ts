import { copyText } from "@/components/ui/copy-text";
import type { PageActions } from "@/lib/session/actions/session-app";
import type { SessionActions, SessionId } from "@/lib/session/store/session";

/**
 * Puts a link that plays the comparison on the clipboard. Resolves to whether it is short enough for one; where not, a
 * notice explains, and a file is what is left.
 */
export async function copyTapeLink(
  { exportAs }: Pick<SessionActions, "exportAs">,
  { notify }: Pick<PageActions, "notify">,
  id: SessionId,
): Promise<boolean> {
  const file = await exportAs(id, { of: "comparison" }, "tape");
  if (file === null || typeof file.content !== "string") return true;
  try {
    const { writeTapeLink } = await import("@/lib/session/tape/tape-link");
    const link = await writeTapeLink(file.content, window.location.origin);
    if (!link.ok) notify("info", link.why, "a-link");
    else if (await copyText(link.url)) notify("info", link.message, "a-link");
    else notify("error", `The browser blocked copying. Copy the link from here: ${link.url}`, "a-link");
    return link.ok;
  } catch {
    notify(
      "error",
      "No link was made: Vitrine was stopped or updated. Reload the page and try again.",
      "a-link",
    );
    return true;
  }
}
