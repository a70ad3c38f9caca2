import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";

import { CHAT_FIELDS, MESSAGES_FIELDS, RESPONSES_FIELDS } from "@/lib/code/known-fields";
import { LIBRARIES } from "@/lib/code/library";
import type { SentRequest } from "@/lib/code/sent-request";
import { DIALECT_IDS } from "@/lib/providers/dialect-id";

import { startStrictUpstream, type StrictUpstream } from "../strict/strict-upstream";
import { asArriving, HEADERS } from "./library-changes";
import { openProgramRunner, type ProgramRunner, withResults } from "./run-program";
import { CASES, programOf, sentTo } from "./sent-cases";
import { startWholeUpstream } from "./whole-upstream";

const CANARY = "sk-canary-7d1f";
const RED_PIXEL = "iVBORw0KGgo+/+/AAAA=";

let upstream: StrictUpstream;
let runner: ProgramRunner;

beforeAll(async () => {
  upstream = await startStrictUpstream({ isPlain: true });
  runner = openProgramRunner(inject("runtimes"));
});
afterAll(async () => {
  runner.close();
  await upstream.close();
});

const LIBRARY_IDS = ["python", "typescript", "ai-sdk"] as const;
const IDS = ["curl", ...LIBRARY_IDS] as const;
const ALL = DIALECT_IDS.flatMap((dialect) => IDS.map((id) => [dialect, id] as const));
const WITH_LIBRARIES = DIALECT_IDS.flatMap((dialect) => LIBRARY_IDS.map((id) => [dialect, id] as const));

function bodyOf({ request }: SentRequest) {
  return JSON.parse(request);
}

describe.each(ALL)("in the %s dialect, a request copied as %s", (dialect, id) => {
  it("sends the same method, address and body whatever their words mean to the language, and the headers of its library", async () => {
    const sent = sentTo(upstream.origin, dialect, {
      images: [{ mediaType: "image/png", base64: RED_PIXEL }],
    });
    const before = upstream.seen.length;
    await runner.run(id, programOf(sent, id), { MODEL_API_KEY: CANARY });
    const { pathname, search } = new URL(sent.url);
    expect(upstream.seen[before]).toMatchObject({ method: "POST", path: pathname, query: search });
    const { body, headers = {} } = upstream.seen[before] ?? {};
    expect(body).toEqual(asArriving(bodyOf(sent), dialect, id));
    expect(Object.keys(headers).toSorted()).toEqual([...HEADERS[id][dialect]].toSorted());
    if (id === "curl") return;
    const keys = [headers.authorization, headers["x-api-key"], headers["x-goog-api-key"]];
    const isBearer = dialect !== "gemini" && !(dialect === "anthropic" && id === "ai-sdk");
    expect(keys.filter((key) => key !== undefined)).toEqual([isBearer ? `Bearer ${CANARY}` : CANARY]);
  });

  it("sends fields that the library has no name for, where they stood", async () => {
    const sent = sentTo(upstream.origin, dialect, { tools: [], shape: { patch: CASES[dialect].patch } });
    const before = upstream.seen.length;
    await runner.run(id, programOf(sent, id));
    expect(upstream.seen[before]?.body).toEqual(asArriving(bodyOf(sent), dialect, id));
  });
});

describe.each(WITH_LIBRARIES)("in the %s dialect, the program in %s", (dialect, id) => {
  it("runs the tools that are called, sends the results back, and prints the answer apart from the reasoning", async () => {
    const sent = sentTo(upstream.origin, dialect);
    const before = upstream.seen.length;
    const { stdout, stderr } = await runner.run(id, withResults(programOf(sent, id), "22 °C"), {
      MODEL_API_KEY: CANARY,
    });
    expect({ stdout: stdout.trim(), stderr }).toEqual({
      stdout: "It is 22 °C and 22 °C.",
      stderr: "I think about it.Now I know.",
    });
    expect(upstream.seen.slice(before)).toHaveLength(2);
  });

  it("stops before it sends anything where a hosted provider's key is missing, whatever other keys are set", async () => {
    const sent = { ...sentTo(upstream.origin, dialect, { tools: [] }), isOwnServer: false };
    const provider = sent.provider === null ? null : { ...sent.provider, keyEnv: "SOME_OTHER_API_KEY" };
    const hosted = { ...sent, provider: provider && { ...provider, location: { kind: "hosted" } as const } };
    const others = { OPENAI_API_KEY: CANARY, ANTHROPIC_API_KEY: CANARY, GEMINI_API_KEY: CANARY };
    const before = upstream.seen.length;
    const { ok, stderr } = await runner.run(id, programOf(hosted, id), others);
    expect({ ok, sent: upstream.seen.length - before }).toEqual({ ok: false, sent: 0 });
    expect(stderr).toContain("SOME_OTHER_API_KEY");
  });

  it("runs the tools of an answer that comes whole", async () => {
    const whole = await startWholeUpstream();
    const sent = sentTo(whole.origin, dialect, { shape: { stream: false } });
    const { stdout } = await runner.run(id, withResults(programOf(sent, id), "22 °C"));
    await whole.close();
    expect(whole.bodies).toHaveLength(2);
    expect(whole.bodies[0]).toEqual(asArriving(bodyOf(sent), dialect, id));
    expect(JSON.stringify(whole.bodies[1])).toContain("22 °C");
    expect(stdout.trim()).toBe("It is warm.");
  });
});

it("the fields that a program gives by name are those that Python's libraries take", () => {
  const { python, packages } = inject("runtimes");
  const [command, ...first] = python;
  const asked = spawnSync(command, [...first, "-c", ASK_FIELDS], {
    encoding: "utf8",
    env: { ...process.env, PYTHONPATH: packages },
  });
  const fields = JSON.parse(asked.stdout);
  expect(fields).toEqual({
    chat: [...CHAT_FIELDS].toSorted(),
    responses: [...RESPONSES_FIELDS].toSorted(),
    create: [...MESSAGES_FIELDS].toSorted(),
    missing: [],
    versions: [LIBRARIES.openaiPython, LIBRARIES.anthropicPython, LIBRARIES.geminiPython].map(
      ({ version }) => version,
    ),
  });
});

const ASK_FIELDS = `
import inspect, json
from importlib.metadata import version
import anthropic, openai
SHARED = ("self", "extra_headers", "extra_query", "extra_body", "timeout")
def fields(function):
    return sorted(name for name in inspect.signature(function).parameters if name not in SHARED)
o = openai.OpenAI(api_key="none")
a = anthropic.Anthropic(api_key="none")
create = [name for name in fields(a.messages.create) if name != "stream"]
print(json.dumps({
    "chat": fields(o.chat.completions.create),
    "responses": fields(o.responses.create),
    "create": create,
    "missing": [name for name in create if name not in fields(a.messages.stream)],
    "versions": [version("openai"), version("anthropic"), version("google-genai")],
}))
`;

it("the programs in TypeScript have the types that their libraries ask for", () => {
  const shapes = [true, false].flatMap((stream) => [["f"], []].map((tools) => ({ stream, tools })));
  const files = DIALECT_IDS.flatMap((dialect) =>
    shapes.flatMap(({ stream, tools }) =>
      (["typescript", "ai-sdk"] as const).map((id) => {
        const sent = sentTo(upstream.origin, dialect, { tools, shape: { stream } });
        const name = `typed-${id}-${dialect}-${String(stream)}-${String(tools.length)}.ts`;
        writeFileSync(path.join(runner.folder, name), programOf(sent, id));
        return name;
      }),
    ),
  );
  const root = path.join(import.meta.dirname, "../..");
  const compilerOptions = {
    target: "es2024",
    module: "nodenext",
    strict: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: true,
    types: ["node"],
    typeRoots: [path.join(root, "node_modules/@types")],
  };
  writeFileSync(path.join(runner.folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  writeFileSync(path.join(runner.folder, "package.json"), '{"type":"module"}');
  const tsc = path.join(root, "node_modules/typescript/bin/tsc");
  const { stdout, status } = spawnSync(process.execPath, [tsc, "-p", runner.folder], { encoding: "utf8" });
  expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
});
