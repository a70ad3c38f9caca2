import { safeLink } from "@/lib/markdown/safe-url";
import { showMarks } from "@/lib/markdown/visible-marks";

type SourceLinkProps = { url: string; title: string | null };

/** A page that an answer rests on. An address that is not safe to follow is shown as text. */
export function SourceLink({ url, title }: SourceLinkProps) {
  const href = safeLink(url);
  const label = showMarks(title === null || title.trim() === "" ? url : title);
  if (href === null) return <span className="[overflow-wrap:anywhere]">{label}</span>;
  return (
    <>
      <a
        href={href}
        title={href}
        target="_blank"
        rel="noopener noreferrer"
        className="text-accent [overflow-wrap:anywhere] underline"
      >
        {label}
      </a>
      <span className="text-faint"> {new URL(href).host}</span>
    </>
  );
}
