import type { Inline } from "@/lib/markdown/block";
import { showMarks, showTraps } from "@/lib/markdown/visible-marks";

import { ImageView } from "./image-view";
import { indexKey } from "./index-key";
import { LinkView } from "./link-view";
import { MathView } from "./math-view";

/** Pieces of a line of text. */
export function Inlines({ inlines }: { inlines: readonly Inline[] }) {
  return inlines.map((inline, index) => <InlineView key={indexKey(index)} inline={inline} />);
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
        <LinkView
          href={inline.href}
          text={unformattedText(inline.inlines)}
          title={linkTitle(inline.href, inline.title)}
        >
          <Inlines inlines={inline.inlines} />
        </LinkView>
      );
    case "image":
      return <ImageView image={inline} />;
    case "break":
      return <br />;
  }
}

/** The full address first: what a link says and where it leads may differ. */
function linkTitle(href: string, title: string | null): string {
  return showMarks(title === null ? href : `${href}\n${title}`);
}

function unformattedText(inlines: readonly Inline[]): string {
  return inlines.map((inline) => (inline.type === "text" ? inline.text : "")).join("");
}
