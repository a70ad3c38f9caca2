import type { Exchange, Scenario } from "./upstream";

const WORDS =
  "The lamp in the hall throws a long thin light across the floor and nobody asks why it is still on.".split(
    " ",
  );

const ESSAY = `## How a stream becomes a page

A server sends **tokens**, one after another, and the page has to stay *calm* while they come.

1. Bytes are read as they arrive.
2. Frames are cut out of them.
   - a frame may lie across two reads
   - a read may hold a hundred frames
3. Each frame becomes events.

| stage | cost | grows with |
| --- | ---: | --- |
| read | 27 ms | bytes |
| parse | 130 ms | events |
| draw | 105 ms | the open block |

\`\`\`ts
/** Folds one event into the turn. */
export function fold(turn: Turn, { at, event }: TimedEvent): Turn {
  const step = turn.steps.at(-1);
  if (step === undefined) return turn;
  return { steps: [...turn.steps.slice(0, -1), apply(step, event, at)] };
}
\`\`\`

> Nothing that has been drawn moves.

The rate is tokens over time, $r = n / t$, and for the whole answer

$$
r = \\frac{n - 1}{t_n - t_1}
$$

See [the specification](https://example.org/spec) and \`content-visibility\`.

${Array.from({ length: 12 }, (_, index) => `Paragraph ${index + 1}: the lamp in the hall throws a long thin light across the floor.`).join("\n\n")}
`;

const TRAINS = {
  name: "train_times",
  description: "Finds trains between two cities on a day. Use it whenever a journey by train is planned.",
  parameters: {
    type: "object",
    properties: {
      from: { type: "string", description: "City of departure, such as Florence" },
      to: { type: "string", description: "City of arrival" },
      day: { type: "string", format: "date", description: "Day of the journey, such as 2026-05-01" },
    },
    required: ["from", "to", "day"],
    additionalProperties: false,
  },
};

/** Models of the scripted upstream that more than one test uses. */
export const scenarios: Record<string, Scenario> = {
  plain: async (exchange) => {
    await exchange.paced("content", pieces(WORDS), 5);
    exchange.finish();
  },
  "two-words": (exchange) => {
    exchange.delta({ content: "It depends." });
    exchange.finish();
  },
  /** Everything that Markdown can do, over more than a screen. */
  essay: async (exchange) => {
    await exchange.paced("content", ESSAY.match(/.{1,12}/gs) ?? [], 1);
    exchange.finish();
  },
  thinker: async (exchange) => {
    await exchange.paced("reasoning_content", pieces(["First", "I", "think", "about", "it."]), 10);
    await exchange.gate("thought");
    await exchange.paced("content", pieces(["Then", "I", "answer."]), 10);
    exchange.finish("stop", { prompt_tokens: 9, completion_tokens: 14, total_tokens: 23 });
  },
  /** Goes on until the client leaves. */
  endless: async (exchange) => {
    while (!exchange.isClosed()) await exchange.paced("content", pieces(WORDS), 10);
  },
  /** Says nothing until the client leaves: a prompt that is read for minutes. */
  silent: (exchange) => exchange.gate("never"),
  caller: (exchange) =>
    callOnce(exchange, [{ id: "call_1", name: "weather", input: '{"location":"Florence"}' }]),
  "two-calls": (exchange) =>
    callOnce(exchange, [
      { id: "call_1", name: "weather", input: '{"location":"Paris"}' },
      { id: "call_2", name: "weather", input: '{"location":"Rome"}' },
    ]),
  /** Drafts a tool, as the drawer's "Describe…" asks for. */
  drafter: (exchange) =>
    callOnce(exchange, [{ id: "call_1", name: "define_tool", input: JSON.stringify(TRAINS) }]),
  "bad-arguments": (exchange) =>
    callOnce(exchange, [{ id: "call_1", name: "weather", input: '{"place":7}' }]),
  "broken-arguments": (exchange) =>
    callOnce(exchange, [{ id: "call_1", name: "weather", input: '{"location": Flor' }]),
  refused: (exchange) => {
    exchange.head(401, { "content-type": "application/json" });
    exchange.raw(
      JSON.stringify({
        error: {
          message: `Incorrect API key provided: ${exchange.headers["authorization"] ?? "none"}`,
          code: "invalid_api_key",
        },
      }),
    );
    exchange.end();
  },
  "error-frame": async (exchange) => {
    await exchange.paced("content", pieces(["Half", "an", "answer"]), 5);
    exchange.frame({
      error: {
        code: 500,
        message: "The model produced output that does not match the expected format",
        type: "server_error",
      },
    });
    exchange.end();
  },
  "cut-off": async (exchange) => {
    await exchange.paced("content", pieces(["Text", "that", "came", "before"]), 5);
    await exchange.gate("cut");
    exchange.cut();
  },
  html: (exchange) => {
    exchange.head(200, { "content-type": "text/html" });
    exchange.raw("<html><head><title>Captive portal</title></head><body>Log in</body></html>");
    exchange.end();
  },
  hostile: async (exchange) => {
    const payloads = [
      '<img src=x onerror="window.__x=1">',
      "<script>window.__x=1</script>",
      "[a](javascript:window.__x=1)",
      "![a](http://127.0.0.1:9/leak.png)",
      '<iframe srcdoc="<script>parent.__x=1</script>"></iframe>',
    ];
    for (const payload of payloads) exchange.delta({ content: `${payload}\n\n` });
    exchange.finish();
  },
};

type ScriptedCall = { readonly id: string; readonly name: string; readonly input: string };

/** Thinks, calls, and after the results answers with them. */
async function callOnce(exchange: Exchange, calls: readonly ScriptedCall[]): Promise<void> {
  const results = toolResults(exchange.body["messages"]);
  if (results.length > 0) {
    await exchange.paced("content", pieces(["It", "is", ...results]), 5);
    exchange.finish();
    return;
  }
  await exchange.paced("reasoning_content", pieces(["I", "need", "the", "weather."]), 5);
  for (const [index, call] of calls.entries()) {
    exchange.delta({
      tool_calls: [{ index, id: call.id, type: "function", function: { name: call.name, arguments: "" } }],
    });
    for (const piece of call.input.match(/.{1,4}/gs) ?? []) {
      exchange.delta({ tool_calls: [{ index, function: { arguments: piece } }] });
    }
  }
  exchange.finish("tool_calls");
}

function toolResults(messages: unknown): string[] {
  if (!Array.isArray(messages)) return [];
  const last = messages.findLastIndex((message) => message?.role === "user");
  return messages
    .slice(last)
    .flatMap((message) => (message?.role === "tool" ? [String(message.content)] : []));
}

/** Words as a server streams them: each after the first with its space. */
function pieces(words: readonly string[]): string[] {
  return words.map((word, index) => (index === 0 ? word : ` ${word}`));
}
