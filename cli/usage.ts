/** How a command ended, as an exit code of the process. The same for every command. */
export const EXIT = {
  /** Done, or as good as before. */
  done: 0,
  /** Failed, or worse than before. */
  failed: 1,
  /** Not measured, or not enough: wins over `failed`. */
  notMeasured: 2,
  /** The command line cannot be read. */
  usage: 64,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const USAGE = `Usage: npm run --silent vitrine -- COMMAND

  run      Ask one or more models the same prompt.
  replay   Print what a recording shows. Nothing is sent.
  convert  Write a recording in another format.
  fold     Fold recordings of provider traffic: one line of JSON for each exchange.

vitrine run --lane PROVIDER/MODEL [--lane …] [options]

  --lane PROVIDER/MODEL   A model to ask, such as llamacpp/qwen3. Repeat it to compare: lanes run at once,
                          those of one server one at a time. PROVIDER may be the NAME of an --endpoint.
  --endpoint NAME=URL     A server of your own. Where NAME is a provider, that provider's API is spoken there.
  --prompt TEXT           The prompt. Without it, standard input is read.
  --system TEXT           The system prompt.
  --tools FILE            Tools in any format that Vitrine reads: OpenAI, Anthropic, Gemini, Bedrock, MCP, OpenAPI, JSON Schema, curl.
                          Mocks and built-ins of a Vitrine file answer by themselves.
  --result NAME=TEXT      The result of every call of this tool. A call that nothing answers ends the run.
  --allow NAME            Lets this tool send its HTTP request, or call its MCP server. Repeat it for others.
  --effort LEVEL          The reasoning effort, such as low or high.
  --set NAME=VALUE        A field of the request, such as temperature=0. VALUE is JSON, or else text.
  --json                  Print one turn as JSON for each lane.
  --record FILE           Keep the run as a tape: every byte and its time. A file that is there is replaced.

vitrine replay FILE [options]

  FILE is a tape, or a recording in any format that convert reads.
  --speed N               1 = the pace of the recording, 2 = twice as fast, 0 = all at once (default).
                          No wait is longer than 5 s of the recording.
  --json                  Print each turn as JSON.

vitrine convert IN OUT

  IN: a tape, go-vcr YAML, HAR, .sse, aimock or OpenAI JSONL. OUT ends in .tape, .yaml (go-vcr), .har, .sse
  or .jsonl (OpenAI messages). What OUT cannot hold is written to standard error.

vitrine verify --lane PROVIDER/MODEL [options]

  Runs a suite of cases and grades every answer. Exit codes: 0 as good as the bar asks, or all was measured where
  there is none; 1 worse; 2 not measured, or not enough to compare (wins over 1).
  --lane, --endpoint, --set   As for run. Repeat --lane to compare.
  --suite NAME            seed, core (default), full, or a FILE with a case of JSON in each line.
  --n N                   Repetitions of each trial, 1 to 20 (default 5).
  --effort LIST           Levels such as low,high: cases about effort run once per level.
  --reference LANE        The bar: as good as this lane.
  --baseline RUN.json     The bar: as good as in an earlier run.
  --min-pass SHARE        The bar: on average over the cases this share of trials passes, such as 0.9.
  --replay DIR            Grades recordings below DIR, a lane for each folder. Nothing is sent for them.
  --json, --junit, --md FILE  Write the run, JUnit XML, or Markdown. The JSON is written after every trial.
  --tapes DIR             Keep a tape of each trial that did not pass.
  --budget TOKENS         No trial begins once this many output tokens were made.
  --resume RUN.json       Goes on with a run that was cut, and repeats no finished trial.
  --yes                   Begin without being asked, also on a terminal.

Keys are read from the environment only, by the names that the README lists.`;
