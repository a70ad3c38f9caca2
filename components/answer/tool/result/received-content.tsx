"use client";

import { useMemo, useState } from "react";

import { AnswerPicture } from "@/components/answer/answer-picture";
import { ScrollBox } from "@/components/answer/scroll/scroll-box";
import { ValueTree } from "@/components/answer/tool/value-tree";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { showMarks } from "@/lib/markdown/visible-marks";
import { sizeInWords } from "@/lib/session/images/image-limits";
import type { Json } from "@/lib/stream/turn/json";

import { LongText } from "./long-text";
import { readReceived, type ReceivedBlock } from "./read-received";

/** Pieces that are drawn before a person asks for more. */
const AT_ONCE = 10;

/** What a tool gave beside the text that the model got. Nothing of it is loaded from anywhere. */
export function ReceivedContent({ received, output }: { received: Json; output: string }) {
  const { blocks, structured, notes } = useMemo(() => readReceived(received, output), [received, output]);
  const [shown, setShown] = useState(AT_ONCE);
  if (blocks.length === 0 && structured === null && notes.length === 0) return null;
  return (
    <div className="mt-2 grid gap-2 text-[13px]">
      {notes.map((note) => (
        <p key={note} className="text-warn [overflow-wrap:anywhere]">
          {showMarks(note)}
        </p>
      ))}
      {blocks.length === 0 && structured === null ? null : (
        <p className="text-muted">The tool also gave, for you and not for the model:</p>
      )}
      {blocks.slice(0, shown).map((block, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a result never changes its order
        <Block key={index} block={block} />
      ))}
      {blocks.length > shown ? (
        <Button
          kind="quiet"
          size="small"
          className="justify-self-start"
          onClick={() => setShown(shown + AT_ONCE)}
        >
          {`Show more (${blocks.length - shown} left)`}
        </Button>
      ) : null}
      {structured === null ? null : (
        <div className="grid min-w-0 gap-1">
          <span className="text-muted">Structured content</span>
          <ScrollBox label="Structured content" className="figures max-h-60">
            <ValueTree value={structured} />
          </ScrollBox>
        </div>
      )}
    </div>
  );
}

function Block({ block }: { block: ReceivedBlock }) {
  switch (block.kind) {
    case "text":
      return (
        <ScrollBox label="Text beside the result" className="max-h-40">
          <LongText text={block.text} />
        </ScrollBox>
      );
    case "image":
      return <AnswerPicture image={block.image} />;
    case "audio":
      return (
        <div className="grid gap-1">
          <span className="text-muted">{`Audio, ${showMarks(block.mediaType) || "of no type"}, ${sizeInWords(block.bytes)}`}</span>
          {block.url === null ? (
            <span className="text-faint">It can&rsquo;t be played here.</span>
          ) : (
            // oxlint-disable-next-line jsx-a11y/media-has-caption -- a tool's sound comes without a text
            <audio controls preload="metadata" src={block.url} className="w-full" />
          )}
        </div>
      );
    case "link":
      return (
        <div className="min-w-0">
          <p className="flex items-start gap-2">
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <span className="text-muted">Resource link </span>
              {showMarks(block.name.slice(0, 200))}{" "}
              <span className="figures text-faint">{showMarks(block.uri.slice(0, 500))}</span>
            </span>
            <CopyButton label="Copy address" text={() => block.uri} className="ml-auto size-6" />
          </p>
          {block.description === "" ? null : (
            <p className="text-faint [overflow-wrap:anywhere]">
              {showMarks(block.description.slice(0, 500))}
            </p>
          )}
        </div>
      );
    case "resource":
      return (
        <div className="grid min-w-0 gap-1">
          <p className="flex items-start gap-2">
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <span className="text-muted">Resource </span>
              <span className="figures">{showMarks(block.uri.slice(0, 500))}</span>
              {block.text === null ? (
                <span className="text-faint">{` ${showMarks(block.mediaType)} ${sizeInWords(block.bytes)}`}</span>
              ) : null}
            </span>
            <CopyButton label="Copy address" text={() => block.uri} className="ml-auto size-6" />
          </p>
          {block.text === null ? null : (
            <ScrollBox label="Text of the resource" className="max-h-40">
              <LongText text={block.text} />
            </ScrollBox>
          )}
        </div>
      );
    case "app":
      return (
        <p className="text-muted [overflow-wrap:anywhere]">
          A page of the server&rsquo;s app, which Vitrine does not show:{" "}
          <span className="figures">{showMarks(block.uri.slice(0, 500))}</span>
        </p>
      );
    case "unknown":
      return (
        <ScrollBox label="Unknown content" className="figures max-h-40">
          <ValueTree value={block.json} />
        </ScrollBox>
      );
  }
}
