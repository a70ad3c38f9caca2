import { describe, expect, it } from "vitest";

import {
  addAnswer,
  Answers,
  offerTool,
  openTestPage,
  streamAnswer,
} from "@/components/__fixtures__/test-page";
import { buildCall, buildStep, ONE_PIXEL_PNG } from "@/lib/stream/turn/__fixtures__/build-step";
import type { ToolQuestion, ToolResult } from "@/lib/stream/turn/event";
import type { Step, ToolCallPart } from "@/lib/stream/turn/turn";
import { NEW_TOOL_CHOICES, type ToolDefinition } from "@/lib/tools/tool";

const forecast: ToolDefinition = {
  id: "forecast",
  name: "forecast",
  description: "",
  parameters: { type: "object", properties: { place: { type: "string" } }, required: ["place"] },
  strict: null,
  ...NEW_TOOL_CHOICES,
  binding: {
    kind: "http",
    request: {
      method: "GET",
      url: "https://api.example.com/{{place}}?key={{secret:WEATHER_KEY}}",
      headers: [],
      body: null,
    },
  },
};

const ARGS = { valid: true, value: { place: "New York" } } as const;
const asked = (part: Partial<ToolCallPart> = {}): ToolCallPart =>
  buildCall({
    name: "forecast",
    input: '{"place":"New York"}',
    status: { state: "awaiting-result", args: ARGS },
    ...part,
  });

const stepOf = (parts: readonly ToolCallPart[], step: Partial<Step> = {}): Step =>
  buildStep({ parts, finish: { unified: "tool-calls", raw: "tool_calls" }, ...step });

async function open(steps: readonly Step[], tool = forecast) {
  const page = await openTestPage();
  offerTool(page.app, tool);
  addAnswer(page.app, 0, steps);
  const screen = await page.show(<Answers />);
  const calls = () =>
    page.app.leaf(0).turn.steps[0]?.parts.flatMap((part) => (part.type === "tool-call" ? [part] : [])) ?? [];
  const button = (name: string) => screen.getByRole("button", { name, exact: true });
  return { ...page, screen, calls, button };
}

describe("a call whose tool asks first", () => {
  it("says what will run, with its arguments in it and the name of a secret in place of its value", async () => {
    const { screen, calls } = await open([stepOf([asked()])]);
    await expect
      .element(screen.getByText("GET https://api.example.com/New%20York?key=(secret WEATHER_KEY)"))
      .toBeVisible();
    expect(calls()[0]?.status.state).toBe("awaiting-result");
  });

  it("runs at a press, and can be stopped", async () => {
    const { screen, calls, button, asked: requests } = await open([stepOf([asked()])]);
    await button("Run forecast").click();
    await expect.element(button("Stop forecast")).toBeVisible();
    await expect.poll(() => requests.map(({ path }) => path)).toContain("/api/tools/start");
    await button("Stop forecast").click();
    await expect.element(screen.getByText(/^The tool failed\./u)).toBeVisible();
    expect(calls()[0]?.status).toMatchObject({ state: "awaiting-result", failure: "Stopped." });
  });

  it("is answered with the message of its failed tool as such, and as typed once a person changes a word", async () => {
    const failed = asked({ status: { state: "awaiting-result", args: ARGS, failure: "No such city." } });
    const { screen, calls } = await open([stepOf([failed, { ...failed, id: "call_2" }])]);
    await screen.getByRole("button", { name: "Send result" }).first().click();
    expect(calls()[0]?.status).toMatchObject({
      result: { output: "No such city.", isError: true, origin: { by: "failure" } },
    });
    await expect.element(screen.getByText("message of the failed tool, sent by hand")).toBeVisible();
    await screen.getByRole("textbox", { name: /^Result for forecast/u }).fill("No such town.");
    await screen.getByRole("button", { name: "Send result" }).click();
    expect(calls()[1]?.status).toMatchObject({ result: { isError: true, origin: { by: "typed" } } });
  });

  it("is denied in words that the model reads as an error", async () => {
    const { calls, button } = await open([stepOf([asked()])]);
    await button("Deny").click();
    expect(calls()[0]?.status).toMatchObject({
      result: {
        output: "The user denied this call. Do not try it again.",
        isError: true,
        origin: { by: "denied" },
      },
    });
  });

  it("is skipped with a word to the model", async () => {
    const { screen, calls, button } = await open([stepOf([asked()])]);
    await button("Skip").click();
    await screen.getByRole("textbox", { name: "Tell the model" }).fill("Use what you know.");
    await button("Skip call").click();
    expect(calls()[0]?.status).toMatchObject({
      result: { output: "Use what you know.", isError: false, origin: { by: "skipped" } },
    });
  });

  it("runs always in this tab once a person says so, and what that means stands there", async () => {
    const { app, screen, button } = await open([stepOf([asked()])]);
    await expect
      .element(screen.getByText(/in this tab, until anything about the tool changes/u))
      .toBeVisible();
    await button("Always run").click();
    expect(app.store.getState().allowed.size).toBe(1);
    await expect.element(button("Stop forecast")).toBeVisible();
  });

  it("gets a typed result where a person has a better one", async () => {
    const { screen, calls, button } = await open([stepOf([asked()])]);
    await button("Type a result").click();
    await screen.getByRole("textbox", { name: "Result for forecast" }).fill("snow");
    await button("Send result").click();
    expect(calls()[0]?.status).toMatchObject({ result: { output: "snow", origin: { by: "typed" } } });
  });
});

describe("a call of a tool that its lane does not offer", () => {
  const free = { ...forecast, approval: "none" } as const;

  it("says so, runs at a press, and offers nothing that would run it by itself", async () => {
    const page = await openTestPage();
    page.app.actions.saveTool({ ...free, approval: "each" });
    addAnswer(page.app, 0, [stepOf([asked()])]);
    const screen = await page.show(<Answers />);
    await expect.element(screen.getByText(/^This tool was not offered to the model/u)).toBeVisible();
    await expect.element(screen.getByRole("button", { name: "Always run" })).not.toBeInTheDocument();
    await screen.getByRole("button", { name: "Run forecast" }).click();
    await expect.poll(() => page.asked.map(({ path }) => path)).toContain("/api/tools/start");
  });

  it("says so also where only a person has a result", async () => {
    const page = await openTestPage();
    page.app.actions.saveTool({ ...free, binding: { kind: "ask" } });
    addAnswer(page.app, 0, [stepOf([asked()])]);
    const screen = await page.show(<Answers />);
    await expect.element(screen.getByText(/^This tool was not offered to the model/u)).toBeVisible();
    await expect.element(screen.getByRole("textbox", { name: "Result for forecast" })).toBeVisible();
  });

  it("says that it was turned off since, and that the model was told to call none", async () => {
    const { app, screen } = await open([stepOf([asked()])], free);
    const [lane] = app.lanes();
    if (lane !== undefined) app.actions.changeSetup(lane.id, { tools: [] });
    await expect.element(screen.getByText(/^This tool was turned off in this lane/u)).toBeVisible();
    const page = await openTestPage();
    offerTool(page.app, free);
    const [other] = page.app.lanes();
    if (other !== undefined) page.app.actions.changeSetup(other.id, { toolChoice: { kind: "none" } });
    addAnswer(page.app, 0, [stepOf([asked()])]);
    const second = await page.show(<Answers />);
    await expect.element(second.getByText(/^The model was told to call no tool/u)).toBeVisible();
  });
});

describe("edited arguments", () => {
  it("are kept beside the model's own, and both are seen", async () => {
    const { screen, calls, button } = await open([stepOf([asked()])]);
    await button("Edit arguments").click();
    await screen.getByRole("textbox", { name: "Arguments to run with" }).fill('{"place":"Oslo"}');
    await button("Keep them").click();
    expect(calls()[0]).toMatchObject({
      input: '{"place":"New York"}',
      edit: { text: '{"place":"Oslo"}', isSentBack: true },
      status: { args: { value: { place: "Oslo" } } },
    });
    await expect
      .element(screen.getByRole("list", { name: "Changed arguments" }))
      .toHaveTextContent('place: the model wrote "New York", changed to → "Oslo"');
    await expect.element(screen.getByText("GET https://api.example.com/Oslo")).toBeVisible();
  });

  it("may be kept from the model, which then reads its own back", async () => {
    const { screen, calls, button } = await open([stepOf([asked()])]);
    await button("Edit arguments").click();
    await screen.getByRole("textbox", { name: "Arguments to run with" }).fill('{"place":"Oslo"}');
    await screen.getByLabelText(/^The model reads its call back/u).click();
    await button("Keep them").click();
    expect(calls()[0]?.edit?.isSentBack).toBe(false);
  });

  it("name what the schema says, and are refused only where they are no JSON object", async () => {
    const { screen, calls, button } = await open([stepOf([asked()])]);
    await button("Edit arguments").click();
    const field = screen.getByRole("textbox", { name: "Arguments to run with" });
    await field.fill('{"place": 3}');
    await expect.element(screen.getByText(/\/place: must be a string/u)).toBeVisible();
    await field.fill('{"place": ');
    await button("Keep them").click({ force: true });
    expect(calls()[0]?.edit).toBeUndefined();
    await expect.element(field).toBeVisible();
  });

  it("repair a call whose JSON is broken, which then runs, and both versions are seen", async () => {
    const broken = asked({
      input: '{"place": Osl',
      status: { state: "awaiting-result", args: { valid: false, message: "is not JSON" } },
    });
    const { screen, calls, button, asked: requests } = await open([stepOf([broken])]);
    await expect.element(screen.getByText(/^These arguments are not a JSON object/u)).toBeVisible();
    await expect.element(button("Run forecast")).not.toBeInTheDocument();
    await button("Edit arguments").click();
    const field = screen.getByRole("textbox", { name: "Arguments to run with" });
    await expect.element(field).toHaveTextContent('{"place": Osl');
    await field.fill('{"place":"Oslo"}');
    await button("Keep them").click();
    await expect
      .element(screen.getByRole("list", { name: "Changed arguments" }))
      .toHaveTextContent('the model wrote {"place": Osl, changed to → {"place":"Oslo"}');
    await button("Run forecast").click();
    await expect
      .poll(() => requests.find(({ path }) => path === "/api/tools/start")?.body)
      .toMatchObject({ args: { place: "Oslo" } });
    expect(calls()[0]).toMatchObject({ input: '{"place": Osl', edit: { text: '{"place":"Oslo"}' } });
  });

  it("are marked in the line of an answered call", async () => {
    const result: ToolResult = { output: "snow", isError: false, origin: { by: "http", status: 200 } };
    const { screen } = await open([
      stepOf([
        asked({
          edit: { text: '{"place":"Oslo"}', isSentBack: true },
          status: { state: "answered", args: ARGS, result, at: 1_080, ranFrom: 1_000 },
        }),
      ]),
    ]);
    const line = screen.getByRole("button", { name: 'forecast(place: "Oslo") edited → snow' });
    await line.click();
    await expect.element(screen.getByText("HTTP 200 in 80 ms")).toBeVisible();
  });
});

const LONG = "0123456789".repeat(67_000);
const held: ToolResult = { output: LONG, isError: false, origin: { by: "http", status: 200 } };

const waiting = (): Step => stepOf([asked({ status: { state: "awaiting-result", args: ARGS, held } })]);

describe("a held result", () => {
  it("says how long it is, and the model gets its beginning at a press", async () => {
    const { screen, calls, button } = await open([
      stepOf([asked({ status: { state: "awaiting-result", args: ARGS, held } })]),
    ]);
    await expect
      .element(screen.getByText(/^The result has 670,000 characters, ≈ 168k tokens \(estimated\)/u))
      .toBeVisible();
    const card = screen.getByRole("group", { name: "Tool call: forecast" });
    await expect.element(card.getByText("long result, not sent")).toBeVisible();
    await expect.element(card.getByText("waiting for a result")).not.toBeInTheDocument();
    await button("Send the first 20,000").click();
    expect(calls()[0]?.status).toMatchObject({
      result: { output: LONG.slice(0, 20_000), cutFrom: 670_000, origin: { by: "http" } },
    });
    await screen.getByRole("button", { name: /^forecast\(/u }).click();
    await expect.element(screen.getByText("the first 20,000 of 670,000 characters")).toBeVisible();
  });

  it("goes out whole at another press", async () => {
    const { calls, button } = await open([waiting()]);
    await button("Send all").click();
    expect(calls()[0]?.status).toMatchObject({ result: held });
  });

  it("goes out as a person edits it", async () => {
    const { screen, calls, button } = await open([waiting()]);
    await button("Edit").click();
    await screen.getByRole("textbox", { name: /^Result for forecast/u }).fill("short");
    await button("Send edited result").click();
    expect(calls()[0]?.status).toMatchObject({ result: { output: "short", origin: { by: "typed" } } });
  });
});

describe("what a tool gave beside its text", () => {
  it("is shown: pictures, links as text, structured content; and nothing is loaded", async () => {
    const received = {
      content: [
        { type: "text", text: "in the output" },
        { type: "image", mimeType: "image/png", data: ONE_PIXEL_PNG },
        { type: "image", mimeType: "image/svg+xml", data: "PHN2Zz4=" },
        { type: "resource_link", uri: "demo://text/1", name: "Text 1" },
        { type: "resource_link", uri: "ui://app/page", name: "App" },
      ],
      structured: { degrees: 21 },
      notes: ["One block was too large."],
    };
    const result: ToolResult = {
      output: "in the output",
      isError: false,
      origin: { by: "mcp", server: "everything", tool: "echo" },
      received,
    };
    const { screen } = await open([
      stepOf([asked({ status: { state: "answered", args: ARGS, result, at: 1_000 } })]),
    ]);
    await screen.getByRole("button", { name: /^forecast\(/u }).click();
    await expect.element(screen.getByText("MCP everything/echo")).toBeVisible();
    await expect.element(screen.getByRole("img")).toBeVisible();
    await expect.element(screen.getByText(/^Image not shown\. It is image\/svg\+xml/u)).toBeVisible();
    await expect.element(screen.getByText("demo://text/1")).toBeVisible();
    await expect.element(screen.getByText("ui://app/page")).toBeVisible();
    await expect.element(screen.getByLabelText("Structured content")).toHaveTextContent("degrees");
    await expect.element(screen.getByText("One block was too large.")).toBeVisible();
  });
});

const RUN = "0123456789abcdef0123456789abcdef";

const running = (form: ToolQuestion["form"]): ToolCallPart =>
  asked({
    status: {
      state: "running",
      args: ARGS,
      startedAt: 1_000,
      log: "",
      question: { id: `${RUN}/1`, from: "everything", message: "Who are you?", form },
    },
  });

describe("a question of a running tool", () => {
  it("is a form of its schema, and the answer goes to the tool", async () => {
    const schema = {
      type: "object",
      properties: { name: { type: "string", title: "Your name" }, days: { type: "integer" } },
      required: ["name"],
    };
    const { screen, button, asked: requests } = await open([stepOf([running({ kind: "fields", schema })])]);
    await expect.element(screen.getByText("everything asks:")).toBeVisible();
    await screen.getByLabelText("Your name (required)").fill("Ada");
    await screen.getByLabelText("days").fill("3");
    await button("Send answer").click();
    await expect
      .poll(() => requests.find(({ path }) => path === "/api/tools/answer")?.body)
      .toMatchObject({ run: RUN, action: "accept", content: { name: "Ada", days: 3 } });
  });

  it("shows the site of a page to visit, opens nothing, and can be declined", async () => {
    const url = "https://login.example.com/start?state=1";
    const { screen, button, asked: requests } = await open([stepOf([running({ kind: "url", url })])]);
    await expect.element(screen.getByText("login.example.com", { exact: true })).toBeVisible();
    await expect.element(screen.getByRole("link")).toHaveAttribute("href", url);
    await button("Decline").click();
    await expect
      .poll(() => requests.find(({ path }) => path === "/api/tools/answer")?.body)
      .toMatchObject({ action: "decline", content: null });
  });
});

describe("thousands of calls in one step", () => {
  it("are drawn a run at a time, and one press runs as many as the limit", async () => {
    const many = Array.from({ length: 2_000 }, (_none, index) =>
      asked({ id: `call-${index}`, callId: `call_${index}` }),
    );
    const { screen, button } = await open([stepOf(many, { pause: { why: "calls", limit: 50 } })], {
      ...forecast,
      approval: "none",
    });
    await expect.element(screen.getByText("Go on runs the next 50 of 2,000 calls.")).toBeInTheDocument();
    await expect.element(button("Go on")).toBeInTheDocument();
    const drawn = screen.container.querySelectorAll("fieldset[aria-label^='Tool call ']").length;
    expect(drawn).toBeGreaterThan(0);
    expect(drawn).toBeLessThan(200);
  });

  it("are lines while they pass by in a burst, and cards once they stay in view", async () => {
    const page = await openTestPage();
    offerTool(page.app, { ...forecast, binding: { kind: "ask" } });
    const send = streamAnswer(page.app, 0);
    const request = { provider: "llamacpp", dialect: "chat-completions", model: "m", endpoint: null };
    send({ type: "step-start", stepId: "s", request }, { type: "step-send" });
    const screen = await page.show(<Answers />);
    const made = new Set<Node>();
    const watcher = new MutationObserver((changes) => {
      for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes]))
        if (node instanceof Element && node.matches("fieldset[aria-label^='Tool call ']")) made.add(node);
    });
    watcher.observe(screen.container, { childList: true, subtree: true });
    for (let burst = 0; burst < 20; burst += 1) {
      const calls = Array.from({ length: 100 }, (_none, index) => `${burst}-${index}`);
      send(
        ...calls.flatMap((id) => [
          { type: "tool-input-start" as const, id, callId: id, name: "forecast", form: "json" as const },
          { type: "tool-input-delta" as const, id, text: `{"place":"${id}"}` },
          { type: "tool-input-end" as const, id },
        ]),
      );
      await expect.element(screen.getByText(`forecast({"place":"${burst}-99"})`)).toBeInTheDocument();
      window.scrollTo(0, document.documentElement.scrollHeight);
      // What is near the view is found out between two frames.
      for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    }
    watcher.disconnect();
    expect(made.size).toBeLessThan(200);
    await expect
      .element(screen.getByRole("group", { name: "Tool call 2,000 of 2,000: forecast" }))
      .toBeVisible();
  });
});
