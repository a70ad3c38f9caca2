/** Public files: icons, the manifest and the social picture, which browsers and links show, and the recordings that ship. */
import { readdir } from "node:fs/promises";
import path from "node:path";

import { startApp } from "./app";
import { expect, test } from "./fixtures";
import { sizeOfPng } from "./pictures";

const PUBLIC = path.join(import.meta.dirname, "../public");

const FILES: Readonly<Record<string, { type: string; size?: readonly [number, number] }>> = {
  "apple-touch-icon.png": { type: "image/png", size: [180, 180] },
  "favicon.ico": { type: "image/x-icon" },
  "favicon.svg": { type: "image/svg+xml" },
  "icon-192.png": { type: "image/png", size: [192, 192] },
  "icon-512.png": { type: "image/png", size: [512, 512] },
  "icon-maskable-512.png": { type: "image/png", size: [512, 512] },
  "manifest.webmanifest": { type: "application/manifest+json" },
  "social.png": { type: "image/png", size: [1200, 630] },
  ...Object.fromEntries(
    [
      "end-thinking",
      "five-steps",
      "low-and-high-effort",
      "server-killed",
      "think-call-answer",
      "two-calls",
    ].map((name) => [`tapes/${name}.tape`, { type: "application/octet-stream" }]),
  ),
};

test("every public file is served with its type, its size and no right to do anything, and to no foreign host", async ({
  request,
  app,
}) => {
  const found = await readdir(PUBLIC, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile());
  const names = files.map(({ parentPath, name }) => path.relative(PUBLIC, path.join(parentPath, name)));
  expect(names.toSorted()).toEqual(Object.keys(FILES).toSorted());
  for (const [file, { type, size }] of Object.entries(FILES)) {
    const reply = await request.get(`${app.url}/${file}`);
    const headers = reply.headers();
    expect([file, reply.status(), headers["content-type"]?.split(";")[0]]).toEqual([file, 200, type]);
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; (?!.*script-src)/u);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    if (size !== undefined) expect(sizeOfPng(await reply.body())).toEqual(size);
    const foreign = await request.get(`${app.url}/${file}`, { headers: { host: "evil.example" } });
    expect([file, foreign.status()]).toEqual([file, 403]);
    const post = await request.post(`${app.url}/${file}`);
    expect([file, post.status()]).toEqual([file, 405]);
  }
});

test("the page names its icons, its manifest and its picture, and each of them is there", async ({
  page,
  app,
}) => {
  await page.goto(app.url);
  const named = await page.evaluate(() => [
    ...[
      ...document.querySelectorAll<HTMLLinkElement>(
        "link[rel~=icon], link[rel=apple-touch-icon], link[rel=manifest]",
      ),
    ].map(({ href }) => href),
    ...[...document.querySelectorAll("meta[property='og:image']")].map(
      (meta) => new URL(meta.getAttribute("content") ?? "", document.baseURI).href,
    ),
  ]);
  const manifest = `${app.url}/manifest.webmanifest`;
  expect(named.toSorted()).toEqual(
    ["apple-touch-icon.png", "favicon.ico", "favicon.svg", "manifest.webmanifest", "social.png"].map(
      (file) => `${app.url}/${file}`,
    ),
  );
  const { icons } = await (await page.request.get(manifest)).json();
  const listed = icons.map(({ src }: { src: string }) => new URL(src, manifest).href);
  for (const url of [...named, ...listed])
    expect([url, (await page.request.get(url)).status()]).toEqual([url, 200]);
});

test("Chromium finds no fault in the manifest", async ({ page, app }) => {
  await page.goto(app.url);
  const cdp = await page.context().newCDPSession(page);
  const { errors, url } = await cdp.send("Page.getAppManifest");
  expect([url, errors]).toEqual([`${app.url}/manifest.webmanifest`, []]);
});

test("each of them is there without the token, and the page is not", async ({ request }) => {
  const app = await startApp({ VITRINE_LLAMA: "off", VITRINE_TOKEN: "secret-token-of-a-test" });
  try {
    const type = async (file: string) =>
      (await request.get(`${app.url}/${file}`)).headers()["content-type"]?.split(";")[0];
    for (const [file, { type: expected }] of Object.entries(FILES))
      expect([file, await type(file)]).toEqual([file, expected]);
    expect(await (await request.get(app.url)).text()).toContain("Enter the access token");
  } finally {
    await app.stop();
  }
});

test("the browser's bars have the ground of the theme, also after it was changed", async ({ page, app }) => {
  const colors = () =>
    page
      .locator("meta[name=theme-color]")
      .evaluateAll((all) =>
        all.flatMap((meta) =>
          meta instanceof HTMLMetaElement && (meta.media === "" || matchMedia(meta.media).matches)
            ? [meta.content]
            : [],
        ),
      );
  const ground = () =>
    page.evaluate(() => {
      const canvas = document.createElement("canvas").getContext("2d");
      if (canvas === null) return "";
      canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
      return canvas.fillStyle;
    });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(app.url);
  await page.locator("[data-boot=ready]").waitFor();
  const seen = [[await colors(), await ground()]];
  for (const next of ["light", "dark", "system"]) {
    await page.getByRole("button", { name: new RegExp(`Change to ${next}$`, "u") }).click();
    seen.push([await colors(), await ground()]);
  }
  await page.getByRole("button", { name: /Change to light$/u }).click();
  await page.reload();
  seen.push([await colors(), await ground()]);
  const [light, dark] = ["#fbfbfa", "#131312"].map((color) => [[color], color]);
  expect(seen).toEqual([dark, light, dark, dark, light]);
});
