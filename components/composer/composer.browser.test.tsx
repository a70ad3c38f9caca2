import { describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";

import { addAnswer, openTestPage, streamAnswer } from "@/components/__fixtures__/test-page";
import { Playground } from "@/components/screen/playground";
import { buildCall, buildStep } from "@/lib/stream/turn/__fixtures__/build-step";

async function openScreen(lanes = 1) {
  const page = await openTestPage();
  page.app.actions.changeSetup(page.app.lanes()[0]?.id ?? expect.unreachable(), { model: "tiny" });
  for (let lane = 1; lane < lanes; lane += 1) page.app.actions.addLane();
  const screen = await page.show(<Playground theme="system" isKnown={false} keepsThoughts={false} />);
  const prompts = () =>
    page.app.lanes().map(({ leaf }) => leaf && page.app.store.getState().turns.get(leaf)?.prompt);
  return { ...page, screen, prompt: screen.getByRole("textbox", { name: "Prompt" }), prompts };
}

function stops(): readonly string[] {
  return [...document.querySelectorAll("button")]
    .map((button) => button.getAttribute("aria-label") ?? button.textContent)
    .filter((name) => name.startsWith("Stop"));
}

describe("the composer", () => {
  it("sends what is typed to every lane with Enter, and is empty again", async () => {
    const { prompt, prompts } = await openScreen(2);
    await prompt.click();
    await userEvent.keyboard("What is the weather?{Enter}");
    await expect.element(prompt).toHaveValue("");
    expect(prompts()).toEqual(["What is the weather?", "What is the weather?"]);
  });

  it("names the tool that is on alone, and counts several", async () => {
    const { app, screen } = await openScreen();
    const [lane] = app.lanes();
    if (lane === undefined) expect.unreachable("there is a lane");
    const [first, second] = app.store.getState().person.tools;
    if (first === undefined || second === undefined) expect.unreachable("there are tools to begin with");
    const tools = screen.getByRole("button", { name: /^Tools, / });
    app.actions.changeSetup(lane.id, { tools: [first.id] });
    await expect.element(tools).toHaveAccessibleName(`Tools, 1 on: ${first.name}`);
    await expect.element(tools.getByText(first.name)).toBeVisible();
    app.actions.changeSetup(lane.id, { tools: [first.id, second.id] });
    await expect.element(tools).toHaveAccessibleName("Tools, 2 on");
    await expect.element(tools).toHaveTextContent("2");
  });

  it("stops one lane with one button, and several with one for each and one for all", async () => {
    const alone = await openScreen(1);
    streamAnswer(alone.app, 0);
    await expect.poll(stops).toEqual(["Stop"]);
    await alone.screen.unmount();
    const both = await openScreen(2);
    streamAnswer(both.app, 0);
    streamAnswer(both.app, 1);
    await expect.poll(stops).toEqual(["Stop lane 1", "Stop lane 2", "Stop all"]);
  });

  it("breaks the line with Shift+Enter", async () => {
    const { prompt, prompts } = await openScreen();
    await prompt.click();
    await userEvent.keyboard("a{Shift>}{Enter}{/Shift}b");
    await expect.element(prompt).toHaveValue("a\nb");
    expect(prompts()).toEqual([null]);
  });

  it("does not send what an input method is still composing", async () => {
    const { prompt, prompts } = await openScreen();
    await prompt.fill("にほん");
    const composing = new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true });
    prompt.element().dispatchEvent(composing);
    await expect.element(prompt).toHaveValue("にほん");
    expect(prompts()).toEqual([null]);
  });

  it("sends nothing while nothing is typed", async () => {
    const { screen, prompt, prompts } = await openScreen();
    await prompt.fill("  \n");
    await expect
      .element(screen.getByRole("button", { name: "Run" }))
      .toHaveAttribute("aria-disabled", "true");
    await userEvent.keyboard("{Enter}");
    expect(prompts()).toEqual([null]);
  });

  it("sends to one lane alone where it is told to", async () => {
    const { screen, prompt, prompts } = await openScreen(2);
    await screen.getByRole("combobox", { name: "Send to" }).selectOptions("lane 2: tiny");
    await expect.element(prompt).toHaveAttribute("placeholder", "Message lane 2");
    await prompt.fill("Hello");
    await screen.getByRole("button", { name: "Run" }).click();
    expect(prompts()).toEqual([null, "Hello"]);
  });

  it("sends to the idle lanes while another answers, and says which one does not get it", async () => {
    const { app, screen, prompt, prompts } = await openScreen(2);
    streamAnswer(app, 0);
    await prompt.fill("Hello");
    await expect
      .element(screen.getByText("Lane 1 is still answering. Run sends to the other lanes."))
      .toBeVisible();
    await screen.getByRole("button", { name: "Run" }).click();
    expect(prompts()).toEqual(["What is the weather?", "Hello"]);
  });

  it("says before it is sent that calls still wait, and leads to the first of them", async () => {
    const { app, screen, prompt } = await openScreen();
    for (const { id } of app.lanes()) app.actions.changeSetup(id, { answeredBy: "person" });
    addAnswer(app, 0, [buildStep({ parts: [buildCall()] })]);
    await prompt.fill("Never mind");
    const field = screen.getByRole("textbox", { name: "Result for weather" });
    await expect.element(field).toBeVisible();
    await screen.getByRole("button", { name: "Go to it" }).click();
    await expect.element(field).toHaveFocus();
  });

  it("takes nothing while another tab has the session", async () => {
    const { app, prompt } = await openScreen();
    app.store.setState({ ownership: "elsewhere" });
    await expect.element(prompt).toHaveAttribute("readonly");
    await expect.element(prompt).toHaveAttribute("placeholder", "This comparison is open in another tab");
  });

  it("shows an image that is pasted, and lets it go again", async () => {
    const { app, screen, prompt } = await openScreen();
    const canvas = new OffscreenCanvas(4, 4);
    canvas.getContext("2d")?.fillRect(0, 0, 4, 4);
    const file = new File([await canvas.convertToBlob({ type: "image/png" })], "dot.png", {
      type: "image/png",
    });
    const clipboardData = new DataTransfer();
    clipboardData.items.add(file);
    prompt
      .element()
      .dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    await expect.element(screen.getByRole("list", { name: "Attached images" })).toBeVisible();
    expect(app.store.getState().session.draftImages.map(({ sent }) => sent.name)).toEqual(["dot.png"]);
    await screen.getByRole("button", { name: /^Remove/u }).click();
    await expect.element(screen.getByRole("list", { name: "Attached images" })).not.toBeInTheDocument();
  });
});
