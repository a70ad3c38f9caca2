/** What `next start` listens on when nobody tells it: every interface. */
const EVERYWHERE = "0.0.0.0";

/**
 * The address that `next start` was told to listen on, from the command line it reads itself; null when
 * the process runs something else. Next ignores HOST, so HOST alone may be wrong. Pure.
 */
export function boundHost(argv: readonly string[]): string | null {
  const [, program = "", command, ...rest] = argv;
  if (!/(?:^|[\\/])next$/.test(program) || command !== "start") return null;
  const at = rest.findIndex((word) => /^(?:-H|--hostname)/.test(word));
  const [, name, value] = /^(-H|--hostname)=?(.*)$/.exec(rest[at] ?? "") ?? [];
  return name === undefined ? EVERYWHERE : value || (rest[at + 1] ?? EVERYWHERE);
}
