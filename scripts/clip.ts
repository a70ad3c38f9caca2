/**
 * Makes the README's clip of 15 seconds from recordings that ship, in both themes: `npm run clip` (after `npm run build`).
 * The page's clock is ours: each frame is a tenth of a second of it, however long its picture takes.
 */
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { type Browser, chromium, type Page } from "@playwright/test";

import { startApp } from "../e2e/app";
import { findOrInstallChromium } from "./find-chromium.mjs";

const ROOT = path.join(import.meta.dirname, "..");
const FRAMES_A_SECOND = 10;
/** Low enough that little of it is empty. Drawn larger than it is, for dense screens. */
const VIEW = { width: 900, height: 400 } as const;
const SCALE = 1.5;
const MOST_BYTES = 3_000_000;

/** What is shown, one after another: a recording, how fast it plays, and how long it is shown. */
const SCENES = [
  { tape: "low-and-high-effort", speed: "0.25", seconds: 6 },
  { tape: "think-call-answer", speed: "0.5", seconds: 9 },
] as const;

/** Any two moments of which the page has not come to the second by itself. */
const OPENED = new Date("2026-01-01T12:00:00Z");
const PAUSED = new Date("2026-01-01T18:00:00Z");

async function main(): Promise<void> {
  if (spawnSync("ffmpeg", ["-version"]).status !== 0)
    throw new Error(
      "ffmpeg was not found, and it makes the clip. Install it (on Debian: apt-get install ffmpeg), then retry.",
    );
  const found = findOrInstallChromium();
  if (found === null) throw new Error("No Chromium was found, and none could be installed.");
  const app = await startApp({ LLAMA_CPP_URL: "http://127.0.0.1:9/v1", VITRINE_LLAMA: "off" });
  const browser = await chromium.launch({
    executablePath: found.path,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    for (const theme of ["light", "dark"] as const) await makeClip(browser, app.url, theme);
  } finally {
    await browser.close();
    await app.stop();
  }
}

async function makeClip(browser: Browser, url: string, colorScheme: "light" | "dark"): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "vitrine-clip-"));
  try {
    let frame = 0;
    for (const scene of SCENES) {
      // A clock belongs to its context: each scene has one that was never stopped.
      const context = await browser.newContext({ viewport: VIEW, deviceScaleFactor: SCALE, colorScheme });
      const page = await context.newPage();
      await openScene(page, url, scene);
      for (let count = 0; count < scene.seconds * FRAMES_A_SECOND; count += 1) {
        const file = path.join(folder, `${String(frame).padStart(4, "0")}.png`);
        await page.screenshot({ path: file, animations: "disabled" });
        await page.clock.runFor(1_000 / FRAMES_A_SECOND);
        frame += 1;
      }
      await context.close();
    }
    await write(folder, path.join(ROOT, "docs/pictures", `clip-${colorScheme}.webp`));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The recording at its beginning, playing by a clock that stands still between frames. */
async function openScene(page: Page, url: string, scene: (typeof SCENES)[number]): Promise<void> {
  await page.clock.install({ time: OPENED });
  await page.goto(`${url}/?tape=/tapes/${scene.tape}.tape`);
  await page.getByRole("slider", { name: "Time" }).waitFor();
  await page.waitForLoadState("networkidle");
  await page.getByRole("combobox", { name: "Speed" }).selectOption(scene.speed);
  await page.getByRole("button", { name: "To the end" }).click();
  const play = page.getByRole("button", { name: "Play again" });
  await play.waitFor();
  await page.mouse.move(VIEW.width / 2, VIEW.height / 2);
  // From here on nothing moves by itself, and a press by hand would wait for a frame.
  await page.clock.pauseAt(PAUSED);
  await play.dispatchEvent("click");
  // No button has the focus in the pictures.
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
}

async function write(folder: string, file: string): Promise<void> {
  const input = ["-framerate", String(FRAMES_A_SECOND), "-i", path.join(folder, "%04d.png")];
  const webp = ["-c:v", "libwebp_anim", "-quality", "70", "-compression_level", "6", "-loop", "0"];
  const made = spawnSync("ffmpeg", ["-y", "-loglevel", "error", ...input, ...webp, file], {
    encoding: "utf8",
  });
  if (made.status !== 0) throw new Error(`ffmpeg could not make the clip:\n${made.stderr}`);
  const { size } = await stat(file);
  if (size > MOST_BYTES) throw new Error(`${file} has ${size} bytes, and ${MOST_BYTES} is the limit.`);
  process.stdout.write(`${path.relative(ROOT, file)} (${Math.round(size / 1_000)} kB)\n`);
}

await main();
