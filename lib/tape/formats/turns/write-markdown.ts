/** Writes a comparison as Markdown that a person can read and paste. Pure. */
import type { AnswerImage } from "@/lib/stream/turn/event";
import type { Part, Step } from "@/lib/stream/turn/turn";
import { openNotes, type WrittenFile } from "@/lib/tape/formats/found";

import { type ComparedTurn, type Comparison, modelOf, toolsOf } from "./comparison";
import { endingOf, missingResult, numbersIn, settingsIn } from "./turn-words";

/** The comparison as one Markdown document: prompts as headings, lanes below them. */
export function writeMarkdown(comparison: Comparison): WrittenFile {
  const losses = openNotes();
  losses.add("Requests, bytes and the times within answers have no place in Markdown.");
  const { rows, name, lanes } = comparison;
  const blocks = [`# ${oneLine(name)}`, ...rows.flatMap((row, index) => writeRow(row, index, comparison))];
  if (rows.some((row) => row.some((turn) => turn !== null && turn.images.length > 0)))
    losses.add("Images are named and not shown.");
  if (lanes.length > 1) losses.add("Lanes stand below each other.");
  return { content: `${blocks.join("\n\n")}\n`, losses: losses.all() };
}

type Row = Comparison["rows"][number];

function writeRow(row: Row, index: number, comparison: Comparison): readonly string[] {
  const asked = row.find((turn) => turn !== null);
  if (asked === undefined || asked === null) return [];
  const isShared = row.every((turn) => turn === null || turn.prompt === asked.prompt);
  const prompt = isShared ? [writePrompt(asked)] : [];
  const answers = row.flatMap((turn, lane) =>
    turn === null ? [] : writeTurn(turn, lane, { comparison, isShared }),
  );
  return [`## Prompt ${String(index + 1)}`, ...prompt, ...answers];
}

function writePrompt({ prompt, images }: ComparedTurn): string {
  const named = images.map((image) => `Image: ${oneLine(image.name)}`);
  return quoted([prompt, ...named].join("\n"));
}

type Around = { readonly comparison: Comparison; readonly isShared: boolean };

function writeTurn(turn: ComparedTurn, lane: number, { comparison, isShared }: Around): readonly string[] {
  const label = comparison.lanes[lane]?.label ?? "";
  const title = comparison.lanes.length > 1 ? `Lane ${String(lane + 1)}: ${label}` : modelOf(turn);
  const settings = settingsIn(turn.setup, toolsOf(turn, comparison)).join(" · ");
  const numbers = numbersIn(turn.turn).map(
    ({ label: what, value, source }) => `${what} ${value} (${source})`,
  );
  const system = turn.setup.system.trim();
  return [
    `### ${oneLine(title)}`,
    ...(settings === "" ? [] : [`*${inText(settings)}*`]),
    ...(system === "" ? [] : ["System prompt:", quoted(system)]),
    ...(isShared ? [] : [writePrompt(turn)]),
    ...turn.turn.steps.flatMap(writeStep),
    ...(numbers.length === 0 ? [] : [`*${numbers.join(" · ")}*`]),
    ...(turn.sharedServer
      ? ["*Another lane streamed from the same server, which affected these times.*"]
      : []),
    ...turn.notes.map((note) => `*Note: ${inText(note)}*`),
  ];
}

function writeStep(step: Step): readonly string[] {
  const ending = endingOf(step);
  return [...step.parts.flatMap(writePart), ...(ending === null ? [] : [`**${inText(ending)}**`])];
}

function writePart(part: Part): readonly string[] {
  switch (part.type) {
    case "reasoning":
      return part.text.trim() === ""
        ? ["> *A thought that the server does not show.*"]
        : [quoted(`**Thought**\n\n${part.text}`)];
    case "text":
      return part.text.trim() === "" ? [] : [part.text.trim(), ...sourceLines(part.citations)];
    case "tool-call": {
      const missing = missingResult(part);
      const { status } = part;
      const result =
        status.state === "answered"
          ? [status.result.isError ? "Result (error):" : "Result:", fenced("", status.result.output)]
          : [`*${inText(missing ?? "")}*`];
      return [`**Call** ${code(part.name)}`, fenced("json", part.edit?.text ?? part.input), ...result];
    }
    case "provider-call": {
      const output =
        part.status.state === "done" ? (part.status.outcome.output ?? part.status.outcome.error) : null;
      const called = [`**Call by the provider** ${code(part.name)}`, fenced("json", part.input)];
      return output === null ? called : [...called, fenced("", output)];
    }
    case "image":
      return [`*${inText(imageWords(part.image))}*`];
    case "unknown":
      return [`**${inText(part.name)}**`, fenced("json", JSON.stringify(part.json, null, 2))];
  }
}

function sourceLines(citations: Extract<Part, { type: "text" }>["citations"]): readonly string[] {
  const lines = citations.map(
    ({ title, url }) => `- ${[title, url].filter(Boolean).map(String).map(inText).join(": ")}`,
  );
  return lines.length === 0 ? [] : [`Sources:\n${[...new Set(lines)].join("\n")}`];
}

function imageWords(image: AnswerImage): string {
  return image.kind === "data" ? `Image: ${image.mediaType}` : `Image not shown: ${image.reason}`;
}

function oneLine(text: string): string {
  return inText(text.replaceAll(/\s+/gu, " ").trim().slice(0, 300));
}

/** Text whose marks are no Markdown. */
function inText(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|]/gu, (mark) => `\\${mark}`).replaceAll(/\s+/gu, " ");
}

/** A name as code; a backtick in it would end it. */
function code(name: string): string {
  return `\`${name.replaceAll("`", "'").replaceAll(/\s+/gu, " ").slice(0, 200)}\``;
}

function quoted(text: string): string {
  return text
    .split(/\r\n|\r|\n/u)
    .map((line) => (line === "" ? ">" : `> ${line}`))
    .join("\n");
}

function fenced(language: string, text: string): string {
  // A fence must be longer than any run of backticks inside it.
  const longest = Math.max(0, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = "`".repeat(Math.max(3, longest + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}
