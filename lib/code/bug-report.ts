import { cachedTokensOf } from "@/lib/providers/dialect-id";
/** What whoever maintains a model server needs to know of one step, as Markdown for an issue. Pure. */
import type { LlamaProps } from "@/lib/providers/llama-props";
import type { AttemptRecord, RecordedEnd } from "@/lib/run/record";
import { incompleteFrom } from "@/lib/run/record";
import { type Figure, sourceLabel } from "@/lib/stream/figures/figure";
import { formatCount, formatRate, formatSeconds } from "@/lib/stream/figures/format-number";
import { measure } from "@/lib/stream/figures/measure";
import type { Step } from "@/lib/stream/turn/turn";

export type BugReportFacts = {
  /** The version of Vitrine that writes the report. */
  readonly vitrine: string;
  /** The recording that the step is read from, with the version of Vitrine that made it; null = it ran here. */
  readonly recording: { readonly writtenBy?: string } | null;
  /** The server as a person knows it, such as "llama.cpp". */
  readonly server: string;
  /** What a llama.cpp server says of itself; null for others, and where it was not asked. */
  readonly llama: LlamaProps | null;
  readonly step: Step;
  /** The step's attempts in their order. Never holds a key: none is recorded, and the relay overwrites one that a server echoes. */
  readonly attempts: readonly AttemptRecord[];
  /** The body as sent, with images as their sizes. */
  readonly request: string;
};

/** Characters of the request and of each response that are written. GitHub takes 65,536 for a whole issue. */
const MOST_OF_REQUEST = 16_000;
const MOST_OF_RESPONSES = 30_000;

/** The report. Long texts keep their beginning and their end, and say how much is left out. */
export function bugReport(facts: BugReportFacts): string {
  const { attempts, request, step } = facts;
  const most = Math.floor(MOST_OF_RESPONSES / Math.max(1, attempts.length));
  return [
    "## What happened\n\n<!-- What you did, what you expected, and what happened instead. -->",
    `## Server\n\n${list(serverLines(facts))}`,
    `## Request\n\nPOST ${code(attempts[0]?.url ?? "")}\n\n${fenced(shortened(pretty(request), MOST_OF_REQUEST), "json")}`,
    ...attempts.map((attempt) => responseSection(attempt, step, attempts.length, most)),
    `## Timings\n\n${timings(facts)}`,
    ...warnings(step),
  ]
    .join("\n\n")
    .concat("\n");
}

function serverLines({ vitrine, server, llama, step, recording }: BugReportFacts): readonly string[] {
  const { request, responseModel, head } = step;
  return [
    `Server: ${words(server)}`,
    `Wire format: ${words(request.dialect)}`,
    `Model asked for: ${code(request.model)}`,
    ...(responseModel === null ? [] : [`Model that answered: ${code(responseModel)}`]),
    ...(llama === null ? [] : llamaLines(llama)),
    ...(head === null ? [] : [`Status: ${String(head.status)}, ${code(head.contentType)}`]),
    ...(head?.requestId == null ? [] : [`Request id: ${code(head.requestId)}`]),
    ...clientLines(vitrine, recording),
  ];
}

/** Who sent the request. A tape may have been made of what another program recorded, and be shown by a later version. */
function clientLines(vitrine: string, recording: BugReportFacts["recording"]): readonly string[] {
  if (recording === null) return [`Client: Vitrine ${words(vitrine)}`];
  const { writtenBy } = recording;
  const by = writtenBy === undefined ? "" : `, which Vitrine ${words(writtenBy)} wrote`;
  return [
    `Client: not known: the step is read from a recording${by}`,
    `This report: Vitrine ${words(vitrine)}`,
  ];
}

function llamaLines({
  build,
  model,
  contextLength,
  slots,
  vision,
  caps,
  router,
}: LlamaProps): readonly string[] {
  const template = Object.entries(caps).map(([name, can]) => `${code(name)} ${can ? "yes" : "no"}`);
  return [
    `Build: ${build === null ? "not reported" : code(build)}`,
    ...(model === null ? [] : [`Model loaded: ${code(model)}`]),
    ...(router ? ["Router: yes"] : []),
    `Context: ${contextLength === null ? "not reported" : `${formatCount(contextLength)} tokens`}`,
    `Slots: ${slots === null ? "not reported" : formatCount(slots)}`,
    `Vision: ${vision === null ? "not reported" : yesOrNo(vision)}`,
    `Chat template: ${template.length === 0 ? "not reported" : template.join(", ")}`,
    "Command line: not reported by the server <!-- Paste the command you start it with. -->",
  ];
}

function yesOrNo(is: boolean): string {
  return is ? "yes" : "no";
}

function responseSection(record: AttemptRecord, step: Step, count: number, most: number): string {
  const title =
    count === 1 ? "## Response" : `## Response, attempt ${String(record.attempt)} of ${String(count)}`;
  const bytes = record.chunks.reduce((sum, chunk) => sum + chunk.bytes.length, 0);
  const from = incompleteFrom(record);
  const facts = [
    `${formatCount(record.chunks.length)} reads, ${formatCount(bytes)} bytes`,
    ...(from === null ? [] : [`incomplete from byte ${formatCount(from)}`]),
    ...(record.end === null ? [] : [endWords(record.end)]),
  ].join(" · ");
  const own = record.head === null ? " `relay-head` and `relay-error` are Vitrine's own frames." : "";
  const text = fenced(shortened(readLines(record, step), most), "text");
  return `${title}\n\n${facts}. Times are since the step began.${own}\n\n${text}`;
}

/** Each read with its time. A character that was cut between two reads stands in the later one. */
function readLines({ chunks }: AttemptRecord, { startedAt }: Step): string {
  const decoder = new TextDecoder();
  return chunks
    .map(
      ({ at, bytes }) =>
        `[+${(at - startedAt).toFixed(0)} ms]\n${decoder.decode(bytes, { stream: true }).trimEnd()}`,
    )
    .join("\n");
}

function endWords(end: RecordedEnd): string {
  switch (end.how) {
    case "closed":
      return "the server closed it";
    case "left-open":
      return "the server left it open";
    case "stopped":
      return "stopped by a person";
    case "broken":
      return `broke off: ${words(end.error.message)}`;
  }
}

function timings({ step, recording }: BugReportFacts): string {
  const numbers = measure(step, cachedTokensOf);
  const rows: readonly (readonly [name: string, figure: Figure, text: string])[] = [
    ["First token", numbers.firstToken, formatSeconds(numbers.firstToken.value)],
    ["Reasoning", numbers.reasoningTime, formatSeconds(numbers.reasoningTime.value)],
    ["Answer", numbers.answerTime, formatSeconds(numbers.answerTime.value)],
    ["Total", numbers.totalTime, formatSeconds(numbers.totalTime.value)],
    ["Output rate", numbers.outputRate, `${formatRate(numbers.outputRate.value)} tokens/s`],
    ["Prompt rate", numbers.promptRate, `${formatRate(numbers.promptRate.value)} tokens/s`],
    ["Output tokens", numbers.outputTokens, formatCount(numbers.outputTokens.value)],
    ["Reasoning tokens", numbers.reasoningTokens, formatCount(numbers.reasoningTokens.value)],
    ["Prompt tokens", numbers.inputTokens, formatCount(numbers.inputTokens.value)],
    ["Cached tokens", numbers.cachedTokens, formatCount(numbers.cachedTokens.value)],
  ];
  const known = rows.filter(([, { value }]) => value !== null);
  if (known.length === 0) return "None are known.";
  return [
    "| number | value | source |",
    "|---|---|---|",
    ...known.map(
      ([name, figure, text]) =>
        `| ${name} | ${text} | ${sourceLabel(figure.source, recording !== null)}: ${words(figure.explain)} |`,
    ),
  ].join("\n");
}

function warnings({ warnings: all, status }: Step): readonly string[] {
  const error = status.state === "failed" || status.state === "truncated" ? status.error : null;
  const lines = [
    ...(error === null ? [] : [`${words(error.code)}: ${words(error.message)}`]),
    ...new Set(all.map(({ message }) => words(message))),
  ];
  return lines.length === 0 ? [] : [`## Errors and warnings\n\n${list(lines)}`];
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}

/** Text as one line of Markdown that means nothing but itself. */
function words(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_[\]<>|#@]/g, String.raw`\$&`);
}

/** Text as code on one line. A server's own words must not end it. */
function code(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").replaceAll("|", "/");
  const ticks = "`".repeat(longestTicks(line) + 1);
  const pad = line.startsWith("`") || line.endsWith("`") || line === "" ? " " : "";
  return `${ticks}${pad}${line}${pad}${ticks}`;
}

function fenced(text: string, language: string): string {
  const ticks = "`".repeat(Math.max(3, longestTicks(text) + 1));
  return `${ticks}${language}\n${text}\n${ticks}`;
}

function longestTicks(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}

function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = Math.floor((most * 2) / 3);
  const tail = most - head;
  return `${text.slice(0, head)}\n… ${formatCount(text.length - most)} characters left out …\n${text.slice(-tail)}`;
}

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    // Written as it was sent, whatever it was.
    return json;
  }
}
