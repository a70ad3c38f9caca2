/** A scripted model for the seed cases: right in all of them, or wrong in one argument. */
import type { Exchange, Scenario } from "./upstream";

type Call = { readonly name: string; readonly arguments: object };

type Reply = { readonly thought?: string; readonly text?: string; readonly calls?: readonly Call[] };

const USAGE = { prompt_tokens: 40, completion_tokens: 12, total_tokens: 52 };

/** Answers the seed cases; `city` is where it asks for the weather. */
export function seedModel(city: string): Scenario {
  return (exchange) => {
    const said = JSON.stringify(exchange.body["messages"]);
    send(exchange, replyTo(said, city));
  };
}

function replyTo(said: string, city: string): Reply {
  const hasResult = said.includes('"role":"tool"');
  if (said.includes("Portuguese")) return { text: "Olá!" };
  if (said.includes("train")) return { thought: "From 9:40 to 13:15.", text: "It takes 215 minutes." };
  if (said.includes("weather"))
    return hasResult
      ? { text: "It is 40 degrees in Florence." }
      : { calls: [{ name: "weather", arguments: { location: city } }] };
  if (hasResult) return { text: "The sum is 5 and the product is 6." };
  const numbers = { a: 2, b: 3 };
  return {
    calls: [
      { name: "add", arguments: numbers },
      { name: "multiply", arguments: numbers },
    ],
  };
}

function send(exchange: Exchange, reply: Reply): void {
  const { thought, text, calls } = reply;
  const finish = calls === undefined ? "stop" : "tool_calls";
  const toolCalls = calls?.map((call, index) => ({
    index,
    id: `call_${index}`,
    type: "function",
    function: { name: call.name, arguments: JSON.stringify(call.arguments) },
  }));
  if (exchange.body["stream"] === true) {
    if (thought !== undefined) exchange.delta({ reasoning_content: thought });
    if (text !== undefined) exchange.delta({ content: text });
    if (toolCalls !== undefined) exchange.delta({ tool_calls: toolCalls });
    exchange.finish(finish, USAGE);
    return;
  }
  const message = {
    role: "assistant",
    content: text ?? null,
    ...(thought === undefined ? {} : { reasoning_content: thought }),
    ...(toolCalls === undefined ? {} : { tool_calls: toolCalls }),
  };
  exchange.head(200, { "content-type": "application/json" });
  exchange.raw(
    JSON.stringify({
      id: "chatcmpl-scripted",
      object: "chat.completion",
      created: 1,
      model: exchange.body["model"],
      choices: [{ index: 0, message, finish_reason: finish }],
      usage: USAGE,
    }),
  );
  exchange.end();
}
