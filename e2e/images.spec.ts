import { readFile } from "node:fs/promises";

import type { Locator, Page } from "@playwright/test";

import { expect, test } from "./fixtures";
import { png, sizeOfPng } from "./pictures";
import { answer, ask, lane, prompt, run, settled, thoughts } from "./screen";
import { serious } from "./serious";
import { savedSessions } from "./wires";

const red = png(60, 40, [200, 30, 30]);
const blue = png(40, 60, [30, 30, 200]);
const green = png(50, 50, [30, 160, 60]);

const attached = (page: Page): Locator =>
  page.getByRole("list", { name: "Attached images" }).getByRole("listitem");

const sent = (page: Page): Locator =>
  page.getByRole("list", { name: "Images of this prompt" }).getByRole("listitem");

const size = (page: Page, name: string): Locator => page.getByRole("button", { name: `Size of ${name}` });

const alert = (page: Page): Locator => page.getByRole("contentinfo").getByRole("alert");

/** Picks files as a person does, through the browser's own chooser. */
async function pick(
  page: Page,
  ...files: readonly { readonly name: string; readonly buffer: Buffer }[]
): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Attach images" }).click();
  await (await chooser).setFiles(files.map(({ name, buffer }) => ({ name, buffer, mimeType: "image/png" })));
}

/** Pastes or drops a file on an element with the very events that the browser would send. */
async function give(target: Locator, how: "paste" | "drop", name: string, bytes: Buffer): Promise<void> {
  await target.evaluate(
    (element, { kind, fileName, base64 }) => {
      const data = new DataTransfer();
      const file = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      data.items.add(new File([file], fileName, { type: "image/png" }));
      const about = { bubbles: true, cancelable: true };
      if (kind === "paste") {
        element.dispatchEvent(new ClipboardEvent("paste", { ...about, clipboardData: data }));
        return;
      }
      element.dispatchEvent(new DragEvent("dragover", { ...about, dataTransfer: data }));
      element.dispatchEvent(new DragEvent("drop", { ...about, dataTransfer: data }));
    },
    { kind: how, fileName: name, base64: bytes.toString("base64") },
  );
}

function imagePart(bytes: Buffer) {
  return { type: "image_url", image_url: { url: `data:image/png;base64,${bytes.toString("base64")}` } };
}

/** The PNG in the last user message of a request. */
function sentPng(body: unknown): Buffer {
  const url = JSON.stringify(body).match(/data:image\/png;base64,([^"]*)/)?.[1] ?? "";
  return Buffer.from(url, "base64");
}

test("images are picked, pasted and dropped, and reach every lane's server byte for byte", async ({
  open,
  upstream,
}) => {
  const page = await open(["vllm/two-words", "vllm/two-words"]);
  await pick(page, { name: "red.png", buffer: red });
  await give(prompt(page), "paste", "blue.png", blue);
  await expect(attached(page)).toHaveCount(2);
  await give(page.getByRole("main"), "drop", "green.png", green);
  await expect(attached(page)).toHaveCount(3);
  const before = upstream.seen.length;
  await ask(page, "Which colors?");
  await settled(page);
  const content = [
    { type: "text", text: "Which colors?" },
    imagePart(red),
    imagePart(blue),
    imagePart(green),
  ];
  expect(upstream.seen.slice(before).map(({ body }) => body["messages"])).toEqual([
    [{ role: "user", content }],
    [{ role: "user", content }],
  ]);
  await expect(attached(page)).toHaveCount(0);
  await expect(sent(page)).toHaveCount(3);
});

test("a file that is not an image, too large or truncated is refused in place, by its bytes and not its name", async ({
  open,
}) => {
  const page = await open(["vllm/plain"]);
  const refusal = alert(page);
  await pick(page, {
    name: "notes.png",
    buffer: Buffer.from("%PDF-1.7 not an image at all, whatever its name"),
  });
  await expect(refusal).toContainText("notes.png is not a PNG, JPEG, WebP or GIF image");
  await pick(page, { name: "IMG_0042.HEIC", buffer: Buffer.from("\0\0\0\u0018ftypheic\0\0\0\0mif1heic") });
  await expect(refusal).toContainText("IMG_0042.HEIC is a HEIC photo");
  await expect(refusal).toContainText("Export it as JPEG");
  await pick(page, { name: "poster.png", buffer: Buffer.concat([red, Buffer.alloc(20_000_000)]) });
  await expect(refusal).toContainText("poster.png is 20.1 MB; a file can be at most 20 MB");
  await pick(page, { name: "half.png", buffer: red.subarray(0, 60) });
  await expect(refusal).toContainText("half.png looks like an image, but the browser can't open it");
  await expect(attached(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(refusal).toHaveCount(0);
});

test("an image is sent at the chosen smaller size, and the original can be restored", async ({
  open,
  upstream,
}) => {
  const page = await open(["vllm/two-words"]);
  await pick(page, { name: "wide.png", buffer: png(1_600, 1_200, [200, 30, 30]) });
  await expect(size(page, "wide.png")).toContainText("1600 × 1200 px");
  await size(page, "wide.png").click();
  await page.getByRole("menuitemcheckbox", { name: "1024 px: 1024 × 768 px" }).click();
  await expect(size(page, "wide.png")).toContainText(/1024 × 768 px · \d+ kB/);
  await size(page, "wide.png").click();
  await page.getByRole("menuitemcheckbox", { name: /^Original: 1600 × 1200/ }).click();
  await expect(size(page, "wide.png")).toContainText("1600 × 1200 px");
  await size(page, "wide.png").click();
  await page.getByRole("menuitemcheckbox", { name: "512 px: 512 × 384 px" }).click();
  await expect(size(page, "wide.png")).toContainText("512 × 384 px");
  await ask(page, "Look");
  await settled(page);
  expect(sizeOfPng(sentPng(upstream.seen.at(-1)?.body))).toEqual([512, 384]);
});

test("an image too large for one request is not sent, says why, and fits once it is smaller", async ({
  open,
  upstream,
}) => {
  const page = await open(["vllm/two-words"]);
  await pick(page, { name: "noise.png", buffer: png(1_600, 1_200, "noise") });
  await expect(alert(page)).toContainText("noise.png is 5.8 MB; images can be at most 5 MB");
  const before = upstream.seen.length;
  await prompt(page).fill("Look");
  await prompt(page).press("Enter");
  await expect(run(page)).toHaveAttribute("aria-disabled", "true");
  await size(page, "noise.png").click();
  await page.getByRole("menuitemcheckbox", { name: /^1024 px/ }).click();
  await expect(alert(page)).toHaveCount(0);
  await run(page).click();
  await settled(page);
  expect(upstream.seen.length).toBe(before + 1);
  expect(sizeOfPng(sentPng(upstream.seen.at(-1)?.body))).toEqual([1_024, 768]);
});

test("a reload brings back the images of the draft and of the prompts, and they are sent again", async ({
  open,
  upstream,
}) => {
  const page = await open(["vllm/two-words"]);
  await pick(page, { name: "red.png", buffer: red });
  await ask(page, "Which color?");
  await settled(page);
  await pick(page, { name: "blue.png", buffer: blue });
  await expect.poll(() => savedSessions(page)).toContain("blue.png");
  await page.goto(new URL(page.url()).origin);
  await expect(attached(page).getByRole("button", { name: "Show blue.png" })).toBeVisible();
  await expect(sent(page).getByRole("button", { name: "Show red.png" })).toBeVisible();
  await ask(page, "And this?");
  await settled(page);
  expect(upstream.seen.at(-1)?.body["messages"]).toEqual([
    { role: "user", content: [{ type: "text", text: "Which color?" }, imagePart(red)] },
    { role: "assistant", content: "It depends." },
    { role: "user", content: [{ type: "text", text: "And this?" }, imagePart(blue)] },
  ]);
});

test("an edited prompt keeps its images and can drop one", async ({ open, upstream }) => {
  const page = await open(["vllm/two-words"]);
  await pick(page, { name: "red.png", buffer: red }, { name: "blue.png", buffer: blue });
  await expect(attached(page)).toHaveCount(2);
  await ask(page, "Which colors?");
  await settled(page);
  await page.getByRole("button", { name: "Edit prompt" }).click();
  await page.getByRole("button", { name: "Remove red.png" }).click();
  await page.getByRole("button", { name: "Run as a new branch" }).click();
  await settled(page);
  expect(upstream.seen.at(-1)?.body["messages"]).toEqual([
    { role: "user", content: [{ type: "text", text: "Which colors?" }, imagePart(blue)] },
  ]);
  await page.getByRole("button", { name: "Previous branch" }).click();
  await expect(sent(page)).toHaveCount(2);
});

test("a thumbnail opens as a large picture, Escape closes it and the focus goes back", async ({ open }) => {
  const page = await open(["vllm/two-words"]);
  await pick(page, { name: "red.png", buffer: red });
  await ask(page, "Which color?");
  await settled(page);
  const thumbnail = page.getByRole("button", { name: "Show red.png" });
  await thumbnail.press("Enter");
  const viewer = page.getByRole("dialog", { name: "red.png" });
  await expect(viewer.getByRole("img", { name: "red.png" })).toBeVisible();
  await expect(viewer).toContainText("image/png · 60 × 40 px");
  expect(await serious(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(viewer).toHaveCount(0);
  await expect(thumbnail).toBeFocused();
});

test("an export carries the images, and an import brings them back", async ({ open, upstream }, info) => {
  const page = await open(["vllm/two-words"]);
  await pick(page, { name: "red.png", buffer: red });
  await ask(page, "Which color?");
  await settled(page);
  await page.getByRole("button", { name: /^Comparisons/ }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: /^Export/ }).click();
  const file = info.outputPath("session.json");
  await (await download).saveAs(file);
  expect(await readFile(file, "utf8")).toContain(red.toString("base64"));
  await page.getByRole("button", { name: /^Delete/ }).click();
  await page.getByLabel("Comparison or recording to import").setInputFiles(file);
  await page.keyboard.press("Escape");
  await expect(sent(page).getByRole("img", { name: "red.png" })).toBeVisible();
  await ask(page, "Again?");
  await settled(page);
  expect(JSON.stringify(upstream.seen.at(-1)?.body)).toContain(red.toString("base64"));
});

test("the inspector shows how large an image is and copies its exact bytes", async ({ open, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await open(["vllm/two-words"]);
  await pick(page, { name: "red.png", buffer: red });
  await ask(page, "Which color?");
  await settled(page);
  await page.getByRole("button", { name: "Inspect" }).first().click();
  const panel = page.getByRole("dialog", { name: /^Inspector/ });
  await expect(panel.getByRole("group", { name: "Request body" })).toContainText(
    `"data:image/png;base64,… ${red.length} B"`,
  );
  await panel.getByRole("button", { name: "Save or copy" }).click();
  await page.getByRole("menuitem", { name: /^Copy as curl/ }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain(`"data:image/png;base64,${red.toString("base64")}"`);
});

test("on a narrow screen ten images fit the composer, and nothing serious is found", async ({
  open,
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(["vllm/two-words"]);
  await pick(page, ...Array.from({ length: 11 }, (_, index) => ({ name: `${index}.png`, buffer: red })));
  await expect(attached(page)).toHaveCount(10);
  await expect(alert(page)).toContainText("10.png was not attached: a prompt can have at most 10 images");
  await expect(run(page)).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  expect(await serious(page)).toEqual([]);
  await page.getByRole("button", { name: "Remove 0.png" }).click();
  await expect(attached(page)).toHaveCount(9);
});

test("the real llama.cpp has no vision: the lane says so before sending, and answers without the image", async ({
  open,
}) => {
  test.setTimeout(180_000);
  const page = await open(["llamacpp/smollm2-135m", "vllm/two-words"]);
  await pick(page, { name: "red.png", buffer: red });
  await expect(lane(page, 1).getByRole("list", { name: "Before you send" })).toContainText(
    "This server's model does not accept images. They won't be sent in this lane.",
    // The server is found and asked in its own time.
    { timeout: 60_000 },
  );
  await expect(lane(page, 2).getByRole("list", { name: "Before you send" })).toHaveCount(0);
  await expect(
    page.getByText("The model of lane 1 does not accept images. They won't be sent there."),
  ).toBeVisible();
  await ask(page, "How many months are in a year?");
  await settled(page);
  await expect(thoughts(page, 1).first()).toBeVisible();
  await answer(page, 1)
    .getByRole("button", { name: /^Timings: .*1 note/ })
    .click();
  await expect(answer(page, 1)).toContainText(
    "Images were left out because this model does not accept them.",
  );
  await expect(answer(page, 2)).toContainText("It depends.");
});
