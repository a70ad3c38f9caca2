import { LinkView } from "@/components/markdown/link-view";
import { safeLink } from "@/lib/markdown/safe-url";
import { showMarks } from "@/lib/markdown/visible-marks";

type SourceLinkProps = { url: string; title: string | null };

/** Longer names and addresses are cut on the page; the whole address stands on hover. */
const LONGEST = 160;

/** A page that an answer rests on. An address that is not safe to follow is shown as text. */
export function SourceLink({ url, title }: SourceLinkProps) {
  const href = safeLink(url);
  const name = title === null || title.trim() === "" ? null : shown(title);
  if (href === null) {
    return (
      <span className="[overflow-wrap:anywhere]">
        {name === null ? null : `${name} `}
        <span className="text-faint">{shown(url)}</span>
      </span>
    );
  }
  return (
    <>
      <LinkView
        href={href}
        // An address that stands there whole needs no question; a title can say anything.
        text={name === null && isWhole(href) ? href : (name ?? "")}
        title={showMarks(href)}
        className="text-accent [overflow-wrap:anywhere] underline"
      >
        {name ?? shown(withoutProtocol(href))}
      </LinkView>
      {name === null ? null : (
        <span className="text-faint [overflow-wrap:anywhere]"> {shown(new URL(href).host)}</span>
      )}
    </>
  );
}

function withoutProtocol(href: string): string {
  return href.replace(/^https?:\/\//, "");
}

function isWhole(href: string): boolean {
  return shown(withoutProtocol(href)) === withoutProtocol(href);
}

function shown(text: string): string {
  const marked = showMarks(text.trim());
  return marked.length <= LONGEST ? marked : `${marked.slice(0, LONGEST)}…`;
}
