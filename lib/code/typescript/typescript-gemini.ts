import { below, type Code, NOTHING, type Value } from "@/lib/code/code";
import { readGeminiRequest } from "@/lib/code/gemini-request";
import { typescript } from "@/lib/code/languages";
import { LIBRARIES } from "@/lib/code/library";
import { bodyOf, keySourceOf, offeredTools, type SentRequest } from "@/lib/code/sent-request";

import {
  TYPESCRIPT_RUN_PARSED,
  typescriptHead,
  typescriptKey,
  typescriptLoop,
  typescriptTools,
} from "./typescript-parts";

/** The request as a program in TypeScript with Google's library; null where the library cannot send it. */
export function typescriptGemini(sent: SentRequest, vitrine: string): Code | null {
  const request = readGeminiRequest(sent);
  const body = bodyOf(sent);
  if (request === null || body === null) return null;
  const { server, apiVersion, model, isStreamed, contents, settings, others } = request;
  const tools = offeredTools(body);
  const hasTools = tools.length > 0;
  const config: Value = {
    ...settings,
    ...(hasTools ? { automaticFunctionCalling: { disable: true } } : {}),
    ...(Object.keys(others).length === 0 ? {} : { httpOptions: { extraBody: others } }),
  };
  return below(
    [
      typescript`
        ${typescriptHead(LIBRARIES.geminiNode, vitrine)}
        import { type GenerateContentParameters, GoogleGenAI, type Part } from "@google/genai";`,
      typescript`
        ${typescriptKey(keySourceOf(sent))}
        const client = new GoogleGenAI({
          apiKey,
          httpOptions: { baseUrl: ${server}, apiVersion: ${apiVersion} },
        });`,
      typescriptTools(tools),
      hasTools ? TYPESCRIPT_RUN_PARSED : NOTHING,
      typescript`const contents: unknown[] = ${contents};`,
      typescript`const config: object = ${config};`,
      typescriptLoop(
        hasTools,
        typescript`
          const params = { model: ${model}, contents, config } as GenerateContentParameters;
          ${isStreamed ? STREAMED : WHOLE}`,
        AFTER,
      ),
    ],
    1,
  );
}

/** The parts go back with their signatures where they were, and all results stand in the next content. */
const AFTER = typescript`
  const calls = parts.flatMap((part) => part.functionCall ?? []);
  if (calls.length === 0) break;
  contents.push({ role: "model", parts });
  const results: Part[] = [];
  for (const { id, name = "", args = {} } of calls) {
    const response = { result: await run(name, args) };
    results.push({ functionResponse: { ...(id ? { id } : {}), name, response } });
  }
  contents.push({ role: "user", parts: results });`;

const STREAMED = typescript`
  const parts: Part[] = [];
  for await (const chunk of await client.models.generateContentStream(params)) {
    for (const part of chunk.candidates?.[0]?.content?.parts ?? []) {
      parts.push(part);
      (part.thought ? process.stderr : process.stdout).write(part.text ?? "");
    }
  }
  process.stdout.write("\\n");`;

const WHOLE = typescript`
  const answer = await client.models.generateContent(params);
  const parts = answer.candidates?.[0]?.content?.parts ?? [];
  console.log(parts.map((part) => (part.thought ? "" : (part.text ?? ""))).join(""));`;
