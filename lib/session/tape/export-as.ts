/** Writes a session, a lane or a turn of it in a format of others, or as a tape. Pure; loaded when somebody exports. */
import { type AttemptRecord, incompleteFrom } from "@/lib/run/record";
import type { Bundle } from "@/lib/session/storage/database";
import { safeFileName } from "@/lib/session/storage/export-session";
import { effectiveSetup } from "@/lib/session/store/lanes";
import type {
  ExportedFile,
  ExportFormat,
  ExportScope,
  Lane,
  Session,
  TurnRecord,
} from "@/lib/session/store/session";
import { pathOf, rowsOf } from "@/lib/session/store/turn-tree";
import { formatCount, formatPlural } from "@/lib/stream/figures/format-number";
import type { Exchange } from "@/lib/tape/exchange";
import type { WrittenFile } from "@/lib/tape/formats/found";
import { writeGoVcr } from "@/lib/tape/formats/go-vcr/write-go-vcr";
import { writeHar } from "@/lib/tape/formats/har/write-har";
import { writeHtml } from "@/lib/tape/formats/html/write-html";
import { writeMessages } from "@/lib/tape/formats/messages/write-messages";
import { writeOtlp } from "@/lib/tape/formats/otlp/write-otlp";
import { writeSse } from "@/lib/tape/formats/sse/write-sse";
import type { ComparedTurn, Comparison } from "@/lib/tape/formats/turns/comparison";
import { writeMarkdown } from "@/lib/tape/formats/turns/write-markdown";
import type { Tape } from "@/lib/tape/tape";
import { exchangesOf } from "@/lib/tape/to-exchanges";
import { writeTape } from "@/lib/tape/write-tape";

import { tapeOfSession } from "./tape-of-session";

type Whole = Bundle<AttemptRecord>;

export type ExportAs = {
  readonly scope: ExportScope;
  readonly format: ExportFormat;
  /** The version of Vitrine that writes the file. */
  readonly version: string;
  /** epoch ms */
  readonly now: number;
};

const ENDINGS: Readonly<Record<ExportFormat, readonly [ending: string, type: string]>> = {
  tape: ["tape", "application/x-ndjson"],
  "go-vcr": ["yaml", "application/yaml"],
  har: ["har", "application/json"],
  sse: ["sse", "text/event-stream"],
  messages: ["jsonl", "application/jsonl"],
  markdown: ["md", "text/markdown"],
  html: ["html", "text/html"],
  otlp: ["otlp.json", "application/json"],
};

/** The file, with what its format cannot hold. */
export function exportAs(whole: Whole, options: ExportAs): ExportedFile {
  const [ending, type] = ENDINGS[options.format];
  const { content, losses } = written(whole, options);
  return { name: safeFileName(nameOf(whole, options.scope), `.${ending}`), type, content, losses };
}

/** What is missing on a tape is missing in the record of the run. */
function asTape(tape: Tape): WrittenFile {
  const cut = tape.turns.flatMap(({ records }) => records.flatMap((record) => incompleteFrom(record) ?? []));
  const [from] = cut;
  const losses =
    from === undefined
      ? []
      : [
          `${formatPlural(cut.length, "response")} on it ${cut.length === 1 ? "is" : "are"} incomplete, the first from byte ${formatCount(from)} on.`,
        ];
  return { content: writeTape(tape), losses };
}

function written(
  whole: Whole,
  { scope, format, version, now }: ExportAs,
): WrittenFile<ExportedFile["content"]> {
  switch (format) {
    case "tape":
      return asTape({ ...tapeOfSession(whole, inScope(scope)), writtenBy: version });
    case "go-vcr":
      return ofExchanges(whole, scope, writeGoVcr);
    case "har":
      return ofExchanges(whole, scope, (exchanges) => writeHar(exchanges, version));
    case "sse":
      return ofExchanges(whole, scope, writeSse);
    case "messages":
      return ofComparison(whole, scope, writeMessages, "with-earlier");
    case "markdown":
      return ofComparison(whole, scope, writeMarkdown);
    case "html":
      return ofComparison(whole, scope, (comparison) => writeHtml(comparison, now));
    case "otlp":
      return ofComparison(whole, scope, (comparison) => writeOtlp(comparison, version));
  }
}

function inScope(scope: ExportScope): (turn: TurnRecord) => boolean {
  switch (scope.of) {
    case "comparison":
      return () => true;
    case "lane":
      return ({ laneId }) => laneId === scope.lane;
    case "turn":
      return ({ id }) => id === scope.turn;
  }
}

type Content = ExportedFile["content"];

function ofExchanges<C extends Content>(
  whole: Whole,
  scope: ExportScope,
  write: (exchanges: readonly Exchange[]) => WrittenFile<C>,
): WrittenFile<C> {
  const { exchanges, notes } = exchangesOf(tapeOfSession(whole, inScope(scope)));
  const { content, losses } = write(exchanges);
  return { content, losses: [...notes, ...losses] };
}

function ofComparison<C extends Content>(
  whole: Whole,
  scope: ExportScope,
  write: (comparison: Comparison) => WrittenFile<C>,
  earlier: "with-earlier" | "alone" = "alone",
): WrittenFile<C> {
  const comparison = comparisonOf(whole, scope, earlier);
  const shown = comparison.rows.flat().filter((turn) => turn !== null).length;
  const wanted = whole.turns.filter(inScope(scope)).length;
  const { content, losses } = write(comparison);
  const branches = shown < wanted ? ["Branches that are not on screen are left out."] : [];
  return { content, losses: [...losses, ...branches] };
}

/** The branches on screen, row by row; of a turn its own row alone, or all that came before it in its lane too. */
function comparisonOf(whole: Whole, scope: ExportScope, earlier: "with-earlier" | "alone"): Comparison {
  const { session, tools } = { session: whole.session, tools: whole.session.tools };
  const turns = new Map(whole.turns.map((turn) => [turn.id, turn]));
  const compared = (turn: TurnRecord): ComparedTurn => comparedTurn(turn, whole);
  const own = scope.of === "turn" ? turns.get(scope.turn)?.laneId : scope.of === "lane" ? scope.lane : null;
  const lanes = own === null ? session.lanes : session.lanes.filter(({ id }) => id === own);
  const base = { name: session.name, tools, lanes: lanes.map((lane) => labelOf(session, lane)) };
  if (scope.of === "turn") {
    const path = pathOf(turns, scope.turn);
    const kept = earlier === "alone" ? path.slice(-1) : path;
    return { ...base, rows: kept.map((turn) => [compared(turn)]) };
  }
  const rows = rowsOf(lanes, turns).map((row) =>
    lanes.map(({ id }) => {
      const turn = row.turns.get(id);
      return turn === undefined ? null : compared(turn);
    }),
  );
  return { ...base, rows };
}

function labelOf(session: Session, lane: Lane): Comparison["lanes"][number] {
  const { model } = effectiveSetup(session, lane.id);
  return { label: model === "" ? "no model" : model };
}

function comparedTurn(record: TurnRecord, { images }: Whole): ComparedTurn {
  const { id, prompt, createdAt, setup, notes, sharedServer, turn } = record;
  const bytes = new Map(images.map((image) => [image.id, image.bytes]));
  return {
    id,
    prompt,
    createdAt,
    setup,
    notes,
    sharedServer,
    turn,
    images: record.images.map((image) => ({
      name: image.name,
      mediaType: image.mediaType,
      bytes: bytes.get(image.id) ?? null,
    })),
  };
}

/** The comparison's name, and which part of it this is. */
function nameOf({ session, turns }: Whole, scope: ExportScope): string {
  const turn = scope.of === "turn" ? turns.find(({ id }) => id === scope.turn) : undefined;
  const lane = scope.of === "lane" ? scope.lane : turn?.laneId;
  const number = session.lanes.findIndex(({ id }) => id === lane) + 1;
  const model = turn?.turn.steps.at(-1)?.request.model ?? "";
  const parts = [session.name, ...(number > 0 ? [`lane ${String(number)}`] : []), model];
  return parts.filter((part) => part !== "").join(" ");
}
