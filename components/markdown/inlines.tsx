import type { Inline } from "@/lib/markdown/block";
import { showMarks, showTraps } from "@/lib/markdown/visible-marks";

import { ImageView } from "./image-view";
import { MathView } from "./math-view";
import { placeKey } from "./place-key";

/** Pieces of a line of text. */
export function Inlines({ inlines }: { inlines: readonly Inline[] }) {
  return inlines.map((inline, index) => <InlineView key={placeKey(index)} inline={inline} />);
}

function InlineView({ inline }: { inline: Inline }) {
  switch (inline.type) {
    case "text":
      return showTraps(inline.text);
    case "strong":
      return (
        <strong>
          <Inlines inlines={inline.inlines} />
        </strong>
      );
    case "emphasis":
      return (
        <em>
          <Inlines inlines={inline.inlines} />
        </em>
      );
    case "deleted":
      return (
        <del>
          <Inlines inlines={inline.inlines} />
        </del>
      );
    case "code":
      return <code>{showMarks(inline.text)}</code>;
    case "math":
      return <MathView source={inline.text} display={inline.display} />;
    case "link":
      return (
        <a
          href={inline.href}
          title={linkTitle(inline.href, inline.title)}
          target="_blank"
          rel="noopener noreferrer"
        >
          <Inlines inlines={inline.inlines} />
        </a>
      );
    case "image":
      return <ImageView image={inline} />;
    case "break":
      return <br />;
  }
}

/** The full address first: what a link says and where it leads may differ. */
function linkTitle(href: string, title: string | null): string {
  return title === null ? href : `${href}\n${title}`;
}
