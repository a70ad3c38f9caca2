import { copyText } from "@/components/ui/copy-text";
import type { PageActions } from "@/lib/session/actions/session-app";

/** Puts a link to the open comparison on the clipboard, and says what it carries or why there is none. */
export async function copyLink({
  shareLink,
  notify,
}: Pick<PageActions, "shareLink" | "notify">): Promise<void> {
  let link: Awaited<ReturnType<typeof shareLink>>;
  try {
    link = await shareLink(window.location.origin);
  } catch {
    notify(
      "error",
      "No link was made: Vitrine was stopped or updated. Reload the page and try again.",
      "a-link",
    );
    return;
  }
  if (!link.ok) notify("error", link.why, "a-link");
  else if (await copyText(link.url)) notify("info", link.message, "a-link");
  else notify("error", `The browser blocked copying. Copy the link from here: ${link.url}`, "a-link");
}
