/** The reference MCP server in the page, over both of its ways. */
import type { Page } from "@playwright/test";

import { expect, type Mcp, test } from "./mcp-fixtures";
import { addServer, openCard, openConfigured, resultOf, run, useTools } from "./mcp-page";
import { answer, ask, prompt } from "./screen";

const WAYS = [
  ["a program of the configuration", (page: Page) => openConfigured(page, "everything")],
  ["an address that is added", (page: Page, mcp: Mcp) => addServer(page, "everything", mcp.everything.url)],
] as const;

for (const [way, open] of WAYS) {
  test.describe(`the reference server as ${way}`, () => {
    test("has its tools switched on, and each kind of result is on its card and reaches the model as its text", async ({
      lab,
      mcp,
      upstream,
    }) => {
      test.slow();
      const page = await lab();
      await useTools(page, await open(page, mcp), [
        "echo",
        "get-structured-content",
        "get-tiny-image",
        "get-resource-links",
        "get-resource-reference",
        "get-sum",
      ]);
      await test.step("echo", async () => {
        await ask(page, 'call echo {"message":"hello"}');
        await expect(answer(page, 1)).toContainText(/Run calls an MCP server: ?everything\/echo/u);
        await answer(page, 1).getByRole("button", { name: "Run echo" }).click();
        expect(await resultOf(page, upstream.seen)).toBe("Echo: hello");
        const card = await openCard(page, "echo");
        await expect(card).toContainText(/MCP everything\/echo in (\d+ ms|[\d.]+ s)/u);
        await expect(card.getByLabel("Text sent to the model")).toHaveText("Echo: hello");
        expect(JSON.stringify(upstream.seen.at(-1)?.body["tools"])).toContain("Echoes back the input string");
      });
      await test.step("structured content", async () => {
        await run(page, "get-structured-content", { location: "Chicago" });
        const result = await resultOf(page, upstream.seen);
        const card = await openCard(page, "get-structured-content");
        await expect(card.getByLabel("Structured content")).toContainText("temperature");
        expect(JSON.parse(result)).toMatchObject({ humidity: expect.any(Number) });
      });
      await test.step("image", async () => {
        await run(page, "get-tiny-image");
        const result = await resultOf(page, upstream.seen);
        const card = await openCard(page, "get-tiny-image");
        await expect(card.getByRole("img")).toBeVisible();
        expect(
          await card.getByRole("img").evaluate((node: HTMLImageElement) => node.naturalWidth),
        ).toBeGreaterThan(0);
        expect(result).toContain("[image: image/png, 4.0 kB]");
      });
      await test.step("resource links", async () => {
        await run(page, "get-resource-links", { count: 2 });
        const result = await resultOf(page, upstream.seen);
        const card = await openCard(page, "get-resource-links");
        await expect(card.getByText("demo://resource/dynamic/blob/1", { exact: true })).toBeVisible();
        await expect(card.getByRole("link")).toHaveCount(0);
        expect(result).toContain("[resource Text Resource 2: demo://resource/dynamic/text/2]");
      });
      await test.step("an embedded resource", async () => {
        await run(page, "get-resource-reference", { resourceType: "Text", resourceId: 1 });
        const result = await resultOf(page, upstream.seen);
        const card = await openCard(page, "get-resource-reference");
        await expect(card.getByText("demo://resource/dynamic/text/1", { exact: true })).toBeVisible();
        expect(result).toContain("Resource 1: This is a plaintext resource");
      });
      await test.step("an error", async () => {
        await run(page, "get-sum", { a: "x" });
        const result = await resultOf(page, upstream.seen);
        const card = await openCard(page, "get-sum");
        await expect(card.getByRole("group", { name: "Result for get-sum" })).toContainText("error");
        expect(result).toContain("expected number");
      });
    });

    test("reports its progress while it runs, and is stopped at a press", async ({ lab, mcp, upstream }) => {
      const page = await lab();
      const long = "trigger-long-running-operation";
      await useTools(page, await open(page, mcp), [long, "echo"]);
      await run(page, long, { duration: 2, steps: 4 });
      await expect(answer(page, 1).getByLabel("What the tool wrote so far")).toContainText("1 of 4");
      expect(await resultOf(page, upstream.seen)).toContain("Long running operation completed");
      await run(page, long, { duration: 600, steps: 6_000 });
      await expect(answer(page, 1).getByLabel("What the tool wrote so far")).toContainText("2 of 6000");
      await answer(page, 1)
        .getByRole("button", { name: `Stop ${long}` })
        .click();
      await expect(answer(page, 1)).toContainText("The tool failed.");
      await expect(answer(page, 1).getByRole("textbox", { name: `Result for ${long}` })).toHaveValue(
        "Stopped.",
      );
      await answer(page, 1).getByRole("button", { name: "Send result" }).click();
      expect(await resultOf(page, upstream.seen)).toBe("Error: Stopped.");
      await run(page, "echo", { message: "on" });
      expect(await resultOf(page, upstream.seen)).toBe("Echo: on");
    });

    test("asks in a form, which a person fills in or declines, and the call goes on", async ({
      lab,
      mcp,
      upstream,
    }) => {
      const page = await lab();
      const asks = "trigger-elicitation-request";
      await useTools(page, await open(page, mcp), [asks]);
      await run(page, asks);
      const question = answer(page, 1).getByRole("group", { name: "Question from everything" });
      await expect(question).toContainText(
        "everything asks: Please provide inputs for the following fields:",
      );
      await question.getByLabel("String (required)").fill("Ada");
      await question.getByRole("checkbox", { name: "Boolean" }).check();
      await question
        .getByLabel("Titled Single Select Enum", { exact: true })
        .selectOption({ label: "Green Lantern" });
      await question.getByRole("button", { name: "Send answer" }).click();
      const result = await resultOf(page, upstream.seen);
      expect(result).toContain("- Name: Ada\n- Agreed to terms: true");
      expect(result).toContain("hero-2");
      await run(page, asks);
      await question.getByRole("button", { name: "Decline" }).click();
      expect(await resultOf(page, upstream.seen)).toContain("declined");
    });

    test("names the site of a page to visit, opens nothing, and goes on once a person was there", async ({
      lab,
      mcp,
      upstream,
      context,
    }) => {
      const page = await lab();
      const asks = "trigger-url-elicitation";
      await useTools(page, await open(page, mcp), [asks]);
      const url = "https://accounts.example/sign-in?for=you";
      await run(page, asks, { url, message: "Sign in first", elicitationId: "1" });
      const question = answer(page, 1).getByRole("group", { name: "Question from everything" });
      await expect(question).toContainText("everything asks: Sign in first");
      await expect(question.getByText("accounts.example", { exact: true })).toBeVisible();
      await expect(question.getByRole("link")).toHaveAttribute("href", url);
      expect(context.pages()).toHaveLength(1);
      await question.getByRole("button", { name: "I visited it" }).click();
      expect(await resultOf(page, upstream.seen)).toContain("User completed the URL elicitation flow");
      expect(context.pages()).toHaveLength(1);
    });

    test("gives prompts and resources to the draft, and nothing is sent", async ({ lab, mcp, upstream }) => {
      const page = await lab();
      const card = await open(page, mcp);
      const sent = upstream.seen.length;
      await card.getByRole("button", { name: /^\d+ prompts$/u }).click();
      const weather = card.getByRole("listitem").filter({ hasText: "args-prompt" });
      await weather.getByLabel("city (required)").fill("Florence");
      await weather.getByRole("button", { name: "Put args-prompt into the prompt" }).click();
      await expect(prompt(page)).toHaveValue("What's weather in Florence?");
      await card.getByRole("button", { name: /^\d+ resources$/u }).click();
      await card.getByLabel("Address of Dynamic Text Resource").fill("demo://resource/dynamic/text/7");
      await card.getByRole("button", { name: "Put Dynamic Text Resource into the prompt" }).click();
      await expect(prompt(page)).toHaveValue(/^What's weather in Florence\?\n\nResource 7: /u);
      expect(upstream.seen).toHaveLength(sent);
    });
  });
}
