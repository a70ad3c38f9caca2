const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const ago = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** A moment as a person says it: "2 hours ago", after a week its date. Both are epoch ms; the zone is the browser's. Pure. */
export function relativeDate(at: number, now: number): string {
  const since = now - at;
  if (since < MINUTE_MS) return "just now";
  if (since < HOUR_MS) return ago.format(-Math.floor(since / MINUTE_MS), "minute");
  const days = Math.round((startOfDay(now) - startOfDay(at)) / DAY_MS);
  if (days === 0 || since < 6 * HOUR_MS) return ago.format(-Math.floor(since / HOUR_MS), "hour");
  if (days < 7) return ago.format(-days, "day");
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Date(at).toLocaleDateString("en", {
    month: "short",
    day: "numeric",
    ...(isThisYear ? {} : { year: "numeric" }),
  });
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
