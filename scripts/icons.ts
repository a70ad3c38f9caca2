/** Makes the icons and the social picture in `public/` from `public/favicon.svg`: `npm run icons`. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { type Browser, chromium } from "@playwright/test";

import { findOrInstallChromium } from "./find-chromium.mjs";

const PUBLIC = path.join(import.meta.dirname, "..", "public");
const DRAWING = `data:image/svg+xml;base64,${readFileSync(path.join(PUBLIC, "favicon.svg")).toString("base64")}`;

type Icon = {
  readonly file: string;
  /** px each way */
  readonly size: number;
  /** Share of the width that the drawing takes. */
  readonly drawing: number;
  /** Radius of the light tile behind it, as a share of the width: the drawing is dark, and the ground may be. */
  readonly tile: number;
};

const ICONS: readonly Icon[] = [
  { file: "apple-touch-icon.png", size: 180, drawing: 0.64, tile: 0 },
  { file: "icon-192.png", size: 192, drawing: 0.68, tile: 0.2 },
  { file: "icon-512.png", size: 512, drawing: 0.68, tile: 0.2 },
  // A launcher may cut everything outside of the circle of 80 %.
  { file: "icon-maskable-512.png", size: 512, drawing: 0.5, tile: 0 },
];

async function main(): Promise<void> {
  const found = findOrInstallChromium();
  if (found === null) throw new Error("No Chromium was found, and none could be installed.");
  const browser = await chromium.launch({
    executablePath: found.path,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    for (const icon of ICONS) write(icon.file, await draw(browser, icon.size, icon.size, pageOf(icon)));
    const small = await draw(browser, 32, 32, pageOf({ file: "", size: 32, drawing: 0.875, tile: 0.2 }));
    write("favicon.ico", icoOf(small, 32));
    write("social.png", await draw(browser, 1200, 630, SOCIAL));
  } finally {
    await browser.close();
  }
}

function pageOf({ size, drawing, tile }: Icon): string {
  return `<body style="margin:0"><div style="background:#fbfbfa;border-radius:${tile * size}px;width:${size}px;height:${size}px;display:grid;place-items:center">
    <img src="${DRAWING}" width="${size * drawing}" height="${size * drawing}"></div>`;
}

/** The name, what it is, and two lanes with the phases of their answers. */
const SOCIAL = `<style>
  body { margin: 0; width: 1200px; height: 630px; background: #fbfbfa; color: #1c1c1a; display: grid;
    grid-template-columns: 1fr 520px; gap: 40px; align-items: center; padding: 0 72px; box-sizing: border-box;
    font: 34px/1.3 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif }
  h1 { margin: 28px 0 16px; font-size: 92px; line-height: 1; letter-spacing: -2px }
  p { margin: 0; color: #5d5d57; text-wrap: balance }
  main { display: grid; grid-template-columns: 1fr 1fr; gap: 20px; height: 430px; padding: 24px;
    border: 2px solid #c6c6c0; border-radius: 24px 24px 0 0; border-bottom: 22px solid #1c1c1a; background: #fff }
  section { display: flex; flex-direction: column; gap: 22px }
  i { height: 14px; border-radius: 7px; background: #e3e3df }
  b { height: 18px; border-radius: 4px; margin-top: auto; display: flex; overflow: hidden }
  u { flex: var(--of) }
</style>
<div><img src="${DRAWING}" width="132" height="132"><h1>Vitrine</h1>
<p>A browser playground for language models that think and call tools</p></div>
<main>
  ${laneOf("#8f8f88", [80, 95, 60, 90, 45], [8, 20, 44, 28])}
  ${laneOf("#2b55cc", [92, 70, 97, 84, 90, 66, 38], [8, 46, 16, 30])}
</main>`;

function laneOf(head: string, lines: readonly number[], phases: readonly number[]): string {
  const colors = ["#78828b", "#a9741a", "#bd4f77", "#2a8653"];
  return `<section><i style="width:55%;background:${head}"></i>
    ${lines.map((width) => `<i style="width:${width}%"></i>`).join("")}
    <b>${phases.map((of, index) => `<u style="--of:${of};background:${colors[index]}"></u>`).join("")}</b></section>`;
}

async function draw(browser: Browser, width: number, height: number, html: string): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: "light" });
  await page.setContent(html);
  await page
    .locator("img")
    .evaluateAll((images) =>
      Promise.all(images.flatMap((image) => (image instanceof HTMLImageElement ? [image.decode()] : []))),
    );
  const png = await page.screenshot({ omitBackground: true });
  await page.close();
  return png;
}

/** A PNG as the only picture of an icon file. */
function icoOf(png: Buffer, size: number): Buffer {
  const head = Buffer.alloc(22);
  // An icon (1) with one picture (1).
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  head.set([size, size, 0, 0, 1, 0, 32, 0], 6);
  head.writeUInt32LE(png.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, png]);
}

function write(file: string, bytes: Buffer): void {
  writeFileSync(path.join(PUBLIC, file), bytes);
  process.stdout.write(`${file} ${(bytes.length / 1000).toFixed(1)} kB\n`);
}

await main();
