import type { Linked } from "@/lib/session/actions/link-reader";
import { linkedSession } from "@/lib/session/link/linked-session";
import { linkContentOf } from "@/lib/session/link/write-link";
import type { OpenedRecording } from "@/lib/session/tape/opened-recording";

/** A new session with a recording's lanes, and its first prompt in the composer. Its servers are asked about as a link's are. */
export function sessionToRun(
  { session, turns }: OpenedRecording["bundle"],
  made: Parameters<typeof linkedSession>[1],
): Linked {
  const [first] = turns.toSorted((one, other) => one.createdAt - other.createdAt);
  const { tools, endpoints } = session;
  const prompt = first?.prompt ?? "";
  return linkedSession(linkContentOf({ session, tools, endpoints, prompt, images: 0 }), {
    ...made,
    from: "recording",
  });
}
