import { LinkView } from "@/components/markdown/link-view";
import { safeLink } from "@/lib/markdown/safe-url";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { Citation } from "@/lib/stream/turn/event";

type SourceMarksProps = { sources: readonly Citation[]; numbers: readonly number[] };

/** Small numbers at the end of a statement: each leads to its source. Not part of what is selected and copied. */
export function SourceMarks({ sources, numbers }: SourceMarksProps) {
  return (
    <span className="whitespace-nowrap select-none">
      {numbers.map((number) => {
        const source = sources[number - 1];
        return source === undefined ? null : <Mark key={number} number={number} source={source} />;
      })}
    </span>
  );
}

function Mark({ number, source }: { number: number; source: Citation }) {
  const href = source.url === null ? null : safeLink(source.url);
  const title = showMarks(source.title ?? source.url ?? "an attached document");
  const look = "figures ml-0.5 px-0.5 align-super text-[11px] leading-none";
  if (href === null) {
    return (
      <span title={title} className={`text-muted ${look}`}>
        {number}
      </span>
    );
  }
  return (
    <LinkView
      href={href}
      text={title}
      title={`${title}\n${showMarks(href)}`}
      aria-label={`Source ${String(number)}: ${title} (${new URL(href).host})`}
      className={`text-accent no-underline hover:underline ${look}`}
    >
      {number}
    </LinkView>
  );
}
