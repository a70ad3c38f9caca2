/** A run saved as HAR, read by somebody else: the browser's automation answers its requests from the file. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { bodyOf } from "@/lib/tape/formats/body-bytes";
import { writeHar } from "@/lib/tape/formats/har/write-har";
import { readTape } from "@/lib/tape/read-tape";
import { exchangesOf } from "@/lib/tape/to-exchanges";

import { expect, test } from "./fixtures";

for (const name of ["two-calls", "low-and-high-effort", "end-thinking"]) {
  test(`the requests of the recording ${name}, saved as HAR, are answered from that file byte for byte`, async ({
    page,
  }, info) => {
    const read = readTape(readFileSync(`public/tapes/${name}.tape`, "utf8"));
    if (!read.ok) throw new Error(read.reason);
    const { exchanges } = exchangesOf(read.tape);
    const file = path.join(info.outputDir, `${name}.har`);
    writeFileSync(info.outputPath(`${name}.har`), writeHar(exchanges, "1.2.3").content);
    const [{ url } = { url: "" }] = exchanges;
    await page.route(`${new URL(url).origin}/`, (route) =>
      route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Answers</title>" }),
    );
    await page.routeFromHAR(file, { url: "**/v1/**", notFound: "abort" });
    await page.goto(`${new URL(url).origin}/`);
    for (const exchange of exchanges) {
      const answer = await page.evaluate(
        async ({ address, body }) => {
          const headers = { "content-type": "application/json" };
          const reply = await fetch(address, { method: "POST", body, headers });
          return { status: reply.status, type: reply.headers.get("content-type"), text: await reply.text() };
        },
        { address: exchange.url, body: exchange.requestBody },
      );
      expect(answer).toEqual({
        status: exchange.status,
        type: exchange.headers.find(([header]) => header.toLowerCase() === "content-type")?.[1],
        text: new TextDecoder().decode(bodyOf(exchange)),
      });
    }
  });
}
