import { describe, expect, it, onTestFinished, vi } from "vitest";
import { userEvent } from "vitest/browser";

import {
  addAnswer,
  Answers,
  offerTool,
  openTestPage,
  streamAnswer,
} from "@/components/__fixtures__/test-page";
import { buildCall, buildStep } from "@/lib/stream/turn/__fixtures__/build-step";
import type { StreamEvent } from "@/lib/stream/turn/event";
import type { JsonObject } from "@/lib/stream/turn/json";
import { parseArguments } from "@/lib/stream/turn/parse-arguments";
import type { Step, ToolCallPart } from "@/lib/stream/turn/turn";
import type { ToolDefinition } from "@/lib/tools/tool";

const weather: ToolDefinition = {
  id: "sample-weather",
  name: "weather",
  description: "",
  parameters: { type: "object", properties: { location: { type: "string" } }, required: ["location"] },
  strict: null,
  exampleResult: "22 degrees and sunny",
  binding: { kind: "ask" },
  approval: null,
  sharing: "shared",
};

const rome = buildCall({
  id: "call-2",
  callId: "call_b",
  input: '{"location": "Rome"}',
  status: { state: "awaiting-result", args: { valid: true, value: { location: "Rome" } } },
});

const stepOf = (...parts: readonly ToolCallPart[]): Step =>
  buildStep({ parts, finish: { unified: "tool-calls", raw: "tool_calls" } });

/** Answers with these steps, one lane each, and the page that shows them. */
async function openAnswers(...lanes: readonly (readonly Step[])[]) {
  const page = await openTestPage();
  offerTool(page.app, weather);
  for (let lane = 1; lane < lanes.length; lane += 1) page.app.actions.addLane();
  for (const [lane, steps] of lanes.entries()) addAnswer(page.app, lane, steps);
  const screen = await page.show(<Answers />);
  /** What became of the calls of a lane's first step. */
  const statuses = (lane = 0) =>
    page.app
      .leaf(lane)
      .turn.steps[0]?.parts.flatMap((part) => (part.type === "tool-call" ? [part.status] : []));
  return { ...page, screen, statuses };
}

/** The line of a call that was answered with this. */
const lineOf = (screen: Awaited<ReturnType<typeof openAnswers>>["screen"], result: string) =>
  screen.getByRole("button", { name: `weather(location: "Florence") → ${result}` });

const statusOf = (
  output: string,
  isError = false,
  args: JsonObject = { location: "Florence" },
): ToolCallPart["status"] => ({
  state: "answered",
  args: { valid: true, value: args },
  result: { output, isError, origin: { by: "typed" } },
  at: 1_000,
});

const answered = (output: string, rest = {}) => ({
  state: "answered",
  result: { output, isError: false, origin: { by: "typed" }, ...rest },
});

describe("a result", () => {
  it("goes to the call when it is typed and sent, and then stands in one line with it", async () => {
    const { screen, statuses } = await openAnswers([stepOf(buildCall())]);
    await screen.getByRole("textbox", { name: "Result for weather" }).fill("18 degrees");
    await screen.getByRole("button", { name: "Send result" }).click();
    expect(statuses()).toMatchObject([answered("18 degrees")]);
    await expect.element(lineOf(screen, "18 degrees")).toBeVisible();
    await expect.element(screen.getByRole("textbox")).not.toBeInTheDocument();
    await expect.element(screen.getByText("typed by hand")).not.toBeInTheDocument();
    await lineOf(screen, "18 degrees").click();
    await expect.element(screen.getByText("typed by hand")).toBeVisible();
  });

  it("of an imported recording says that it is from the recorded request", async () => {
    const result = { output: "18 degrees", isError: false, origin: { by: "recorded" } } as const;
    const status = { ...statusOf("18 degrees"), result };
    const { screen } = await openAnswers([stepOf(buildCall({ status }))]);
    await lineOf(screen, "18 degrees").click();
    await expect.element(screen.getByText("from the recorded request")).toBeVisible();
  });

  it("is sent with Ctrl+Enter", async () => {
    const { screen, statuses } = await openAnswers([stepOf(buildCall())]);
    await screen.getByRole("textbox", { name: "Result for weather" }).click();
    await userEvent.keyboard("false{Control>}{Enter}{/Control}");
    expect(statuses()).toMatchObject([answered("false")]);
  });

  it("is not sent while there is none, but may be empty on purpose", async () => {
    const { screen, statuses } = await openAnswers([stepOf(buildCall({ name: "book_trip" }))]);
    await screen.getByRole("button", { name: "Send result" }).click({ force: true });
    expect(statuses()).toMatchObject([{ state: "awaiting-result" }]);
    await screen.getByRole("button", { name: "More for Result for book_trip" }).click();
    await screen.getByRole("menuitem", { name: "Send empty result" }).click();
    expect(statuses()).toMatchObject([answered("")]);
    await expect.element(screen.getByText("empty result")).toBeVisible();
  });

  it("is the example that stands in the empty field, at one press", async () => {
    const { screen, statuses } = await openAnswers([stepOf(buildCall())]);
    const field = screen.getByRole("textbox", { name: "Result for weather" });
    await expect.element(field).toHaveAttribute("placeholder", "22 degrees and sunny");
    await screen.getByRole("button", { name: "Use example" }).click();
    expect(statuses()).toMatchObject([answered("22 degrees and sunny", { origin: { by: "example" } })]);
  });

  it("is the example as a person changed it, once they say so", async () => {
    const { screen, statuses } = await openAnswers([stepOf(buildCall())]);
    await screen.getByRole("button", { name: "More for Result for weather" }).click();
    await screen.getByRole("menuitem", { name: "Edit example" }).click();
    const field = screen.getByRole("textbox", { name: "Result for weather" });
    await expect.element(field).toHaveValue("22 degrees and sunny");
    expect(statuses()).toMatchObject([{ state: "awaiting-result" }]);
    await field.fill("22 degrees and rain");
    await screen.getByRole("button", { name: "Send result" }).click();
    expect(statuses()).toMatchObject([answered("22 degrees and rain")]);
  });

  it("goes out as an error when it is marked as one", async () => {
    const { screen, statuses } = await openAnswers([stepOf(buildCall())]);
    await screen.getByRole("textbox", { name: "Result for weather" }).fill("no such place");
    await screen.getByLabelText("Mark as error").click();
    await screen.getByRole("button", { name: "Send result" }).click();
    expect(statuses()).toMatchObject([answered("no such place", { isError: true })]);
  });

  it("goes out as an error too where it is the example and is marked as one", async () => {
    const { screen, statuses } = await openAnswers([stepOf(buildCall())]);
    await screen.getByLabelText("Mark as error").click();
    await screen.getByRole("button", { name: "Use example" }).click();
    expect(statuses()).toMatchObject([
      answered("22 degrees and sunny", { isError: true, origin: { by: "example" } }),
    ]);
  });

  it("is told apart as JSON and as text while it is typed", async () => {
    const { screen } = await openAnswers([stepOf(buildCall())]);
    const field = screen.getByRole("textbox", { name: "Result for weather" });
    for (const [text, kind] of [
      ['{"a": 1}', "JSON"],
      ['{"a": ', "text, not valid JSON"],
      ["sunny", "text"],
    ] as const) {
      await field.fill(text);
      await expect.element(screen.getByText(kind, { exact: true })).toBeVisible();
    }
  });

  it("reaches the equal calls of all lanes at one click", async () => {
    const { screen, statuses } = await openAnswers([stepOf(buildCall())], [stepOf(buildCall())]);
    const first = screen.getByRole("region", { name: "Lane 1" });
    await first.getByRole("textbox", { name: "Result for weather" }).fill("18 degrees");
    await first.getByRole("button", { name: "Send to 2 lanes" }).click();
    expect([statuses(0), statuses(1)]).toMatchObject([[answered("18 degrees")], [answered("18 degrees")]]);
  });

  it("is copied into the fields of the tool's other calls without being sent", async () => {
    const { screen, statuses } = await openAnswers([stepOf(buildCall(), rome)]);
    await screen.getByRole("textbox", { name: "Result for weather, call 1 of 2" }).fill("18 degrees");
    await screen.getByRole("button", { name: "Fill 1 other call" }).click();
    await expect
      .element(screen.getByRole("textbox", { name: "Result for weather, call 2 of 2" }))
      .toHaveValue("18 degrees");
    expect(statuses()).toMatchObject([{ state: "awaiting-result" }, { state: "awaiting-result" }]);
  });

  it("leaves the focus in the next call that waits", async () => {
    const { screen } = await openAnswers([stepOf(buildCall(), rome)]);
    await screen.getByRole("textbox", { name: "Result for weather, call 1 of 2" }).click();
    await userEvent.keyboard("0{Control>}{Enter}{/Control}");
    await expect
      .element(screen.getByRole("textbox", { name: "Result for weather, call 2 of 2" }))
      .toHaveFocus();
  });

  it("is not taken where the lane has gone on; the call may be answered on a new branch", async () => {
    const { app, screen } = await openAnswers([stepOf(buildCall())]);
    addAnswer(app, 0, [buildStep()]);
    await expect.element(screen.getByText(/^Skipped/u)).toBeVisible();
    await expect.element(screen.getByRole("textbox")).not.toBeInTheDocument();
    await screen.getByRole("button", { name: "Answer on a new branch" }).click();
    await expect.element(screen.getByRole("textbox", { name: "Result for weather" })).toBeVisible();
  });

  it("is not taken for a call that was cut off, nor in a tab that only reads", async () => {
    const cut = buildCall({ input: '{"location": "Flo', status: { state: "unfinished" } });
    const { app, screen } = await openAnswers([stepOf(cut)], [stepOf(buildCall())]);
    await expect.element(screen.getByText("incomplete, not sent")).toBeVisible();
    await expect.element(screen.getByRole("textbox")).toBeVisible();
    app.store.setState({ ownership: "elsewhere" });
    await expect.element(screen.getByRole("textbox")).not.toBeInTheDocument();
  });
});

describe("an answered call", () => {
  it("is one line, and a press opens and closes its card", async () => {
    const { screen } = await openAnswers([stepOf(buildCall({ status: statusOf("18 degrees") }))]);
    const line = lineOf(screen, "18 degrees");
    await expect.element(line).toHaveAttribute("aria-expanded", "false");
    await expect.element(screen.getByLabelText("Text sent to the model")).not.toBeInTheDocument();
    await line.click();
    await expect.element(screen.getByLabelText("Text sent to the model")).toHaveTextContent("18 degrees");
    await screen.getByRole("button", { name: /^weather answered/u }).click();
    await expect.element(screen.getByLabelText("Text sent to the model")).not.toBeInTheDocument();
  });

  it("stays open where its result is an error, or its arguments are invalid", async () => {
    const { screen } = await openAnswers(
      [stepOf(buildCall({ status: statusOf("no such place", true) }))],
      [stepOf(buildCall({ status: statusOf("18 degrees", false, { location: 3 }) }))],
    );
    for (const name of [/^weather answered with an error/u, /^weather answered.*invalid/u])
      await expect.element(screen.getByRole("button", { name })).toHaveAttribute("aria-expanded", "true");
  });

  it("is no higher than a line, however long its arguments and its result are", async () => {
    const long = "word ".repeat(500);
    const { screen } = await openAnswers([
      stepOf(buildCall({ input: JSON.stringify({ location: long }), status: statusOf(`one\n${long}`) })),
    ]);
    const line = screen.getByRole("button", { name: /^weather\(/u }).element();
    expect(line.getBoundingClientRect().height).toBe(28);
    expect(line.scrollWidth).toBe(line.clientWidth);
    const [call, arrow, result] = [...(line.querySelector(".figures")?.children ?? [])];
    for (const half of [call, result])
      expect(half?.getBoundingClientRect().width).toBeGreaterThan(line.clientWidth / 3);
    expect(arrow?.textContent).toBe("→");
  });

  it("keeps the next call where it is, also as the pointer goes there, until it leaves the answer", async () => {
    const { screen } = await openAnswers([stepOf(buildCall(), rome)]);
    const next = () =>
      screen.getByRole("group", { name: "Tool call 2 of 2: weather" }).element().getBoundingClientRect().top;
    const before = next();
    await screen.getByRole("button", { name: "Use example" }).first().click();
    await expect.element(lineOf(screen, "22 degrees and sunny")).toBeVisible();
    expect(Math.abs(next() - before)).toBeLessThan(1);
    const field = screen.getByRole("textbox", { name: "Result for weather, call 2 of 2" });
    await field.hover();
    await field.fill("rain");
    await field.hover();
    expect(Math.abs(next() - before)).toBeLessThan(1);
    await userEvent.hover(outside());
    await vi.waitFor(() => expect(next()).toBeLessThan(before));
  });
});

/** A place that is not in an answer. */
function outside(): HTMLElement {
  const place = document.createElement("footer");
  place.textContent = "outside";
  place.style.cssText = "position: fixed; bottom: 0";
  document.body.append(place);
  onTestFinished(() => place.remove());
  return place;
}

/** The blue buttons, each with its card. */
const primaries = (screen: Awaited<ReturnType<typeof openAnswers>>["screen"]) =>
  screen
    .getByRole("button")
    .all()
    .map((button) => button.element())
    .filter((button) => button.className.includes("bg-accent"))
    .map((button) => `${button.textContent} in ${button.closest("fieldset")?.ariaLabel ?? ""}`);

describe("what stands out in a lane", () => {
  it("is one button, in the first call that waits or in the one that a person is in", async () => {
    const { screen } = await openAnswers([stepOf(buildCall(), rome)]);
    expect(primaries(screen)).toEqual(["Use example in Tool call 1 of 2: weather"]);
    await screen.getByRole("textbox", { name: "Result for weather, call 2 of 2" }).fill("rain");
    await vi.waitFor(() => expect(primaries(screen)).toEqual(["Send result in Tool call 2 of 2: weather"]));
  });

  it("is nothing while no button helps", async () => {
    const { screen } = await openAnswers([stepOf(buildCall({ name: "book_trip" }))]);
    expect(primaries(screen)).toEqual([]);
    await screen.getByRole("textbox", { name: "Result for book_trip" }).fill("booked");
    await vi.waitFor(() => expect(primaries(screen)).toEqual(["Send result in Tool call: book_trip"]));
  });
});

const piece = (text: string): StreamEvent => ({ type: "tool-input-delta", id: "c", text });

describe("the arguments of a call", () => {
  const start: readonly StreamEvent[] = [
    {
      type: "step-start",
      stepId: "s",
      request: { provider: "llamacpp", dialect: "chat-completions", model: "tiny", endpoint: null },
    },
    { type: "tool-input-start", id: "c", callId: "c", name: "weather" },
  ];
  it("are shown while they arrive, and become a tree when they are complete", async () => {
    const { app, screen } = await openAnswers();
    const push = streamAnswer(app, 0);
    push(...start, piece('{"location": "Flo'));
    await expect.element(screen.getByLabelText("Arguments so far")).toHaveTextContent('{"location": "Flo…');
    push(piece("rence"));
    await expect.element(screen.getByLabelText("Arguments so far")).toHaveTextContent('"Florence…');
    push(piece('"}'), { type: "tool-input-end", id: "c" });
    await expect.element(screen.getByLabelText("Arguments", { exact: true })).toHaveTextContent("Florence");
    await expect.element(screen.getByText("valid", { exact: true })).toBeVisible();
  });

  it("are complete, not passed over, while the call beside it still streams", async () => {
    const { app, screen } = await openAnswers();
    const push = streamAnswer(app, 0);
    push(
      ...start,
      piece('{"location": "Florence"}'),
      { type: "tool-input-end", id: "c" },
      { type: "tool-input-start", id: "d", callId: "d", name: "weather" },
    );
    const first = screen.getByRole("group", { name: "Tool call 1 of 2: weather" });
    await expect.element(first.getByText("complete", { exact: true })).toBeVisible();
    const second = screen.getByRole("group", { name: "Tool call 2 of 2: weather" });
    await expect.element(second.getByText("writing arguments")).toBeVisible();
  });

  it("are not marked as an unknown tool's where they are a custom tool's, a shell's or a patch's", async () => {
    const { app, screen } = await openAnswers([
      stepOf(
        buildCall({ id: "a", name: "run_script", form: "text", input: "ls" }),
        buildCall({ id: "b", name: "local_shell" }),
        buildCall({ id: "c", name: "apply_patch" }),
      ),
    ]);
    await expect.element(screen.getByRole("group", { name: "Tool call 3 of 3: apply_patch" })).toBeVisible();
    await expect.element(screen.getByText("unknown tool")).not.toBeInTheDocument();
    addAnswer(app, 0, [stepOf(buildCall({ name: "book_trip" }))]);
    await expect.element(screen.getByText("unknown tool")).toBeVisible();
  });

  it("name the path that does not fit the tool's schema", async () => {
    const args = { valid: true, value: { place: "Florence" } } as const;
    const { screen } = await openAnswers([stepOf(buildCall({ status: { state: "awaiting-result", args } }))]);
    await expect.element(screen.getByText("invalid", { exact: true })).toBeVisible();
    await expect
      .element(screen.getByRole("list", { name: "Problems with the arguments" }))
      .toHaveTextContent(/^\/location: /u);
  });

  it("are shown as the model wrote them: numbers in the tree, all of it at a click", async () => {
    const input = '{"order_id": 7960607143101464577, "limit": 1e400, "price": 1.50}';
    const { screen } = await openAnswers([
      stepOf(buildCall({ input, status: { state: "awaiting-result", args: parseArguments(input) } })),
    ]);
    const shown = screen.getByLabelText("Arguments", { exact: true });
    for (const number of ["7960607143101464577", "1e400", "1.50"])
      await expect.element(shown.getByText(number, { exact: true })).toBeVisible();
    await screen.getByRole("button", { name: "Raw" }).click();
    await expect.element(shown).toHaveTextContent(input);
  });

  it("and the name show hidden characters as marks, and markup as text", async () => {
    const payload = "<img src=x onerror=alert(1)>";
    const value = { location: "Flor\u202Eecne", [payload]: payload };
    const { screen } = await openAnswers([
      stepOf(
        buildCall({
          name: "wea\u200Bther",
          input: JSON.stringify(value),
          status: { state: "awaiting-result", args: { valid: true, value } },
        }),
      ),
    ]);
    const card = screen.getByRole("group", { name: /^Tool call/u });
    await expect.element(card).toHaveTextContent("weaU+200Bther");
    await expect.element(card).toHaveTextContent("FlorU+202Eecne");
    await expect.element(card.getByRole("img")).not.toBeInTheDocument();
    expect(card.element().textContent).not.toMatch(/[\u200B\u202E]/u);
  });
});
