/**
 * Writes a comparison as one HTML page that needs nothing else: no script, no font, no request to anybody. A policy in the
 * page says so to the browser too. Pure.
 */
import { toBase64 } from "@/lib/link/base64";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { Part, Step, ToolCallPart } from "@/lib/stream/turn/turn";
import { openNotes, type WrittenFile } from "@/lib/tape/formats/found";
import {
  type ComparedImage,
  type ComparedTurn,
  type Comparison,
  modelOf,
  toolsOf,
} from "@/lib/tape/formats/turns/comparison";
import { endingOf, missingResult, numbersIn, settingsIn } from "@/lib/tape/formats/turns/turn-words";

import { markdownHtml, preHtml } from "./blocks-html";
import { escapeHtml } from "./escape";
import { PAGE_STYLE } from "./page-style";

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** The page. `exportedAt` in ms since 1970. */
export function writeHtml(comparison: Comparison, exportedAt: number): WrittenFile {
  const losses = openNotes();
  losses.add("Requests, bytes and the times within answers have no place on a page.");
  const title = escapeHtml(showMarks(comparison.name));
  const rows = comparison.rows.map((row, index) => writeRow(row, index, comparison));
  const content = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1 dir="auto">${title}</h1>
<p class="about">${aboutWords(comparison)}</p>
</header>
<main>
${rows.join("\n")}
</main>
<footer>Exported from Vitrine on ${dateWords(exportedAt)}.</footer>
</body>
</html>
`;
  return { content, losses: losses.all() };
}

function aboutWords({ lanes }: Comparison): string {
  const labels = lanes.map(({ label }) => escapeHtml(showMarks(label)));
  return lanes.length === 1 ? (labels[0] ?? "") : `${String(lanes.length)} lanes: ${labels.join(" · ")}`;
}

/** "2026-11-01 10:00 UTC": the same wherever it is read. */
function dateWords(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

type Row = Comparison["rows"][number];

function writeRow(row: Row, index: number, comparison: Comparison): string {
  const asked = row.find((turn) => turn !== null);
  if (asked === undefined || asked === null) return "";
  const isShared = row.every((turn) => turn === null || turn.prompt === asked.prompt);
  const cells = row.map((turn, lane) =>
    turn === null ? '<div class="note"></div>' : writeTurn(turn, lane, { comparison, isShared }),
  );
  return `<section class="row">
<h2>Prompt ${String(index + 1)}</h2>
${isShared ? writePrompt(asked) : ""}
<div class="lanes" style="--lanes:${String(row.length)}">
${cells.join("\n")}
</div>
</section>`;
}

function writePrompt({ prompt, images }: ComparedTurn): string {
  return `<div class="prompt" dir="auto">${escapeHtml(prompt)}${images.map(promptImage).join("")}</div>`;
}

const DRAWABLE: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/webp", "image/gif"]);

function promptImage({ name, mediaType, bytes }: ComparedImage): string {
  const words = escapeHtml(showMarks(name));
  if (bytes === null || !DRAWABLE.has(mediaType)) return `<p class="note">[Image: ${words}]</p>`;
  return `<p><img src="data:${mediaType};base64,${toBase64(bytes)}" alt="${words}"></p>`;
}

type Around = { readonly comparison: Comparison; readonly isShared: boolean };

function writeTurn(turn: ComparedTurn, lane: number, { comparison, isShared }: Around): string {
  const label =
    comparison.lanes.length > 1
      ? `${String(lane + 1)} ${comparison.lanes[lane]?.label ?? ""}`
      : modelOf(turn);
  const settings = settingsIn(turn.setup, toolsOf(turn, comparison)).join(" · ");
  const system = turn.setup.system.trim();
  const notes = [
    ...(turn.sharedServer ? ["Another lane streamed from the same server, which affected these times."] : []),
    ...turn.notes,
  ];
  return `<article>
<h3 dir="auto">${escapeHtml(showMarks(label))}</h3>
<p class="settings">${escapeHtml(showMarks(settings))}</p>
${system === "" ? "" : `<details><summary>System prompt</summary>${preHtml(system)}</details>`}
${isShared ? "" : writePrompt(turn)}
${turn.turn.steps.map(writeStep).join("\n")}
${notes.map((note) => `<p class="note">${escapeHtml(note)}</p>`).join("\n")}
${writeNumbers(turn)}
</article>`;
}

function writeNumbers({ turn }: ComparedTurn): string {
  const rows = numbersIn(turn).map(
    ({ label, value, source }) =>
      `<dt>${label}</dt><dd>${escapeHtml(value)}</dd><dd>${escapeHtml(source)}</dd>`,
  );
  return rows.length === 0 ? "" : `<dl class="numbers">${rows.join("")}</dl>`;
}

function writeStep(step: Step): string {
  const ending = endingOf(step);
  const end = ending === null ? "" : `<p class="bad" dir="auto">${escapeHtml(ending)}</p>`;
  return `${step.parts.map(writePart).join("\n")}${end}`;
}

function writePart(part: Part): string {
  switch (part.type) {
    case "reasoning":
      return part.text.trim() === ""
        ? '<p class="note">A thought that the server does not show.</p>'
        : `<details><summary>Thought</summary>${markdownHtml(part.text)}</details>`;
    case "text":
      return part.text.trim() === "" ? "" : markdownHtml(part.text) + writeSources(part.citations);
    case "tool-call":
      return writeCall(part);
    case "provider-call": {
      const output =
        part.status.state === "done" ? (part.status.outcome.error ?? part.status.outcome.output) : null;
      const name = `<strong>${escapeHtml(showMarks(part.name))}</strong> <span class="note">run by the provider</span>`;
      return `<div class="call"><p>${name}</p>${preHtml(part.input)}${output === null ? "" : preHtml(output)}</div>`;
    }
    case "image":
      return part.image.kind === "data"
        ? `<p><img src="data:${part.image.mediaType};base64,${escapeHtml(part.image.base64)}" alt="Image of the answer"></p>`
        : `<p class="note">[Image not shown: ${escapeHtml(part.image.reason)}]</p>`;
    case "unknown":
      return `<div class="call"><p><strong>${escapeHtml(showMarks(part.name))}</strong></p>${preHtml(JSON.stringify(part.json, null, 2))}</div>`;
  }
}

function writeCall(part: ToolCallPart): string {
  const { status, name } = part;
  const missing = missingResult(part);
  const result =
    status.state === "answered"
      ? `<p class="note${status.result.isError ? " bad" : ""}">${status.result.isError ? "Result (error)" : "Result"}</p><pre class="result" dir="auto">${escapeHtml(status.result.output)}</pre>`
      : `<p class="note">${escapeHtml(missing ?? "")}</p>`;
  const edited = part.edit === undefined ? "" : ' <span class="note">arguments edited by hand</span>';
  return `<div class="call"><p><strong>${escapeHtml(showMarks(name))}</strong>${edited}</p>${preHtml(part.edit?.text ?? part.input)}${result}</div>`;
}

function writeSources(citations: Extract<Part, { type: "text" }>["citations"]): string {
  const lines = new Set(
    citations.map(({ title, url }) => escapeHtml(showMarks([title, url].filter(Boolean).join(": ")))),
  );
  if (lines.size === 0) return "";
  return `<p class="note">Sources:</p><ul class="note">${[...lines].map((line) => `<li>${line}</li>`).join("")}</ul>`;
}
