/** The client scenarios of the protocol's own conformance suite, driven over Vitrine's client. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";

import * as z from "zod";

import { startStub } from "@/lib/server/__fixtures__/stub";
import type { JsonObject } from "@/lib/stream/turn/json";
import { elicitedDefaults } from "@/lib/tools/elicited-defaults";
import type { McpServerRef } from "@/lib/tools/tool";

import type { McpLab } from "./mcp-lab";

const jsonObject = z.record(z.string(), z.any());
const runSchema = z.object({ scenario: z.string(), url: z.string(), context: jsonObject });
const checksSchema = z.array(
  z.object({ id: z.string(), status: z.string(), errorMessage: z.string().optional() }),
);

type Run = z.infer<typeof runSchema>;

/** "passes", or what was found missing, by scenario. */
export type Outcomes = Readonly<Record<string, string>>;

/** Runs all client scenarios of one package at once. */
export async function runConformance(packageName: string, lab: McpLab): Promise<Outcomes> {
  const configured: Record<string, object> = {};
  let turn: Promise<unknown> = Promise.resolve();
  const driver = await startStub((response, { body }) => {
    const run = runSchema.parse(JSON.parse(body));
    // One after another: a busy machine would let some of them run out of time.
    turn = turn
      .then(() => drive(lab, run, configured))
      .then(
        () => response.end("done"),
        (error: unknown) => {
          response.writeHead(500).end(String(error));
        },
      );
  });
  const output = await mkdtemp(path.join(os.tmpdir(), "vitrine-conformance-"));
  try {
    const program = path.join(
      path.dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`)),
      "dist",
      "index.js",
    );
    const hook = path.join(import.meta.dirname, "conformance-hook.mjs");
    const forward = path.join(import.meta.dirname, "conformance-forward.mjs");
    const command = `"${process.execPath}" "${forward}" ${driver.origin}`;
    const suite = [
      "client",
      "--suite",
      "all",
      "--timeout",
      "240000",
      "--output-dir",
      output,
      "--command",
      command,
    ];
    const child = spawn(process.execPath, ["--import", hook, program, ...suite], { stdio: "ignore" });
    await once(child, "exit");
    return await readOutcomes(output);
  } finally {
    await driver.close();
    await rm(output, { recursive: true });
  }
}

/** Checks of how fast something is: a machine that does other things fails them. */
const TIMED: ReadonlySet<string> = new Set(["client-sse-retry-timing"]);

async function readOutcomes(folder: string): Promise<Outcomes> {
  const files = await readdir(folder, { recursive: true });
  const found = files
    .filter((file) => path.basename(file) === "checks.json")
    .map(async (file): Promise<readonly [string, string]> => {
      const checks = checksSchema.parse(JSON.parse(await readFile(path.join(folder, file), "utf8")));
      const bad = checks.filter(({ id, status }) => status === "FAILURE" && !TIMED.has(id));
      const scenario = path.dirname(file).replace(/-\d{4}-\d\d-\d\dT.*$/u, "");
      return [
        scenario,
        bad.length === 0 ? "passes" : `misses ${[...new Set(bad.map(({ id }) => id))].join(", ")}`,
      ];
    });
  return Object.fromEntries((await Promise.all(found)).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** What a person does with a server: looks at it, signs in, calls its tools, reads a prompt and a resource. */
async function drive(
  lab: McpLab,
  { scenario, url, context }: Run,
  configured: Record<string, object>,
): Promise<void> {
  const server = await serverOf(lab, scenario, url, context, configured);
  try {
    await useServer(lab, server, context);
  } finally {
    // The suite waits until every connection is closed.
    await lab.ask("disconnect", { server });
  }
}

async function useServer(lab: McpLab, server: McpServerRef, context: Run["context"]): Promise<void> {
  let state = await lab.state(server);
  for (let round = 0; state.state === "sign-in" && round < 2; round += 1) {
    await signIn(lab, server);
    state = await lab.state(server);
  }
  if (state.state !== "ready") throw new Error(JSON.stringify(state));
  const { tools, prompts, resources } = state;
  const listed = tools.map(({ name, parameters }) => ({ name, args: argumentsOf(name, parameters, tools) }));
  const given = callsSchema.safeParse(context["toolCalls"]).data;
  const calls = given?.map(({ name, arguments: args }) => ({ name, args })) ?? listed;
  for (const { name, args } of calls) await callSignedIn(lab, server, name, args);
  for (const { name } of prompts) await lab.ask("prompt", { server, name, args: {} });
  for (const { uri } of resources) await lab.ask("resource", { server, uri });
}

const callsSchema = z.array(z.object({ name: z.string(), arguments: jsonObject.default({}) }));

async function callSignedIn(
  lab: McpLab,
  server: McpServerRef,
  tool: string,
  args: JsonObject,
): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    const events = await lab.call(server, tool, args, {
      answer: ({ form }) => ({
        action: "accept",
        content: form.kind === "fields" ? elicitedDefaults(form.schema) : null,
      }),
    });
    const last = events.at(-1);
    if (last?.type === "end") return;
    if (last?.type !== "fail" || !/sign in/iu.test(last.message)) throw new Error(JSON.stringify(last));
    await signIn(lab, server);
  }
}

/** As a person would who agrees to everything. */
async function signIn(lab: McpLab, server: McpServerRef): Promise<void> {
  const { json } = await lab.ask("sign-in", { server });
  if (json["state"] === "done") return;
  const { url } = z.object({ state: z.literal("open"), url: z.string() }).parse(json);
  const page = await fetch(url, { redirect: "manual" });
  const { finishSignIn } = await import("@/lib/server/mcp/sign-in/sign-in-flow");
  const back = page.headers.get("location") ?? "http://127.0.0.1:3000/";
  const { ok, sentence } = await finishSignIn(new URL(back).searchParams);
  if (!ok) throw new Error(sentence);
}

async function serverOf(
  lab: McpLab,
  scenario: string,
  url: string,
  context: Run["context"],
  configured: Record<string, object>,
): Promise<McpServerRef> {
  const { client_id: clientId, client_secret: clientSecret } = context;
  if (typeof clientId !== "string") return { from: "person", name: scenario, url, headers: [] };
  const issuer: unknown = context["issuer"] ?? (await issuerOf(url));
  configured[scenario] = { url, oauth: { clientId, clientSecret, issuer } };
  await lab.configure({ mcpServers: configured });
  return { from: "config", name: scenario };
}

/** As whoever writes the configuration would look it up. */
async function issuerOf(url: string): Promise<string> {
  const { origin, pathname } = new URL(url);
  const reply = await fetch(`${origin}/.well-known/oauth-protected-resource${pathname}`);
  const metadata = z.object({ authorization_servers: z.tuple([z.string()]) }).parse(await reply.json());
  return metadata.authorization_servers[0];
}

type Tools = readonly { readonly name: string; readonly parameters: JsonObject }[];

/** Something of the right type for everything that a tool requires. */
function argumentsOf(name: string, schema: JsonObject, tools: Tools): JsonObject {
  const { properties, required } = z
    .object({
      properties: z.record(z.string(), z.looseObject({})).default({}),
      required: z.array(z.string()).default([]),
    })
    .parse(schema);
  // A scenario wants the schema of the other tool back, as it was received.
  const other = tools.find((tool) => tool.name !== name)?.parameters ?? {};
  return Object.fromEntries(
    required.map((key) => {
      const type = properties[key]?.["type"];
      if (key === "schema") return [key, other];
      return [
        key,
        type === "number" || type === "integer"
          ? 1
          : type === "boolean"
            ? true
            : type === "object"
              ? {}
              : "a",
      ];
    }),
  );
}
