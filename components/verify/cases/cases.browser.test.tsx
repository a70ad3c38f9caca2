import { expect, it } from "vitest";
import { page } from "vitest/browser";

import { openVerifyPage } from "@/components/verify/__fixtures__/verify-page";
import { buildCase } from "@/lib/verify/__fixtures__/build-run";

it("a case is written: what is said, its tools, and the call of a good answer", async () => {
  const { verify } = await openVerifyPage();
  await page.getByRole("button", { name: "Write a case…" }).click();
  await page.getByRole("button", { name: "New case" }).click();
  await page.getByRole("button", { name: "Save case" }).click();
  await expect.element(page.getByText("Give the case a name.")).toBeVisible();
  await page.getByRole("textbox", { name: "Name" }).fill("Rain in Rome");
  await page.getByRole("textbox", { name: "Prompt", exact: true }).fill("Does it rain in Rome?");
  await expect.element(page.getByText("Choose a tool of the case for each call.")).toBeVisible();
  await page.getByRole("checkbox", { name: "weather" }).click();
  await page.getByRole("combobox", { name: "Call 1" }).selectOptions("weather");
  const values = page.getByRole("textbox", { name: "Arguments" });
  await values.fill("{");
  await expect.element(page.getByText("The arguments of weather are not a JSON object.")).toBeVisible();
  await values.fill('{"location": "Rome"}');
  await page.getByRole("button", { name: "Save case" }).click();
  await expect.element(page.getByText("Rain in Rome")).toBeVisible();
  expect(verify.store.getState().cases).toMatchObject([
    {
      id: "O1",
      title: "Rain in Rome",
      prompts: [{ text: "Does it rain in Rome?", tools: null }],
      tools: [{ name: "weather" }],
      expects: [
        {
          grader: "calls",
          calls: [{ name: "weather", arguments: { location: { is: "one-of", values: ["Rome"] } } }],
        },
      ],
    },
  ]);
});

it("a change of a case keeps what the form does not show", async () => {
  const { verify } = await openVerifyPage();
  const leak = { grader: "leak", reasoning: "none" } as const;
  const text = { grader: "text", how: "equals", anyOf: ["cobalt"], noneOf: ["blue"] } as const;
  await verify.actions.saveCases([buildCase({ id: "O1", title: "mine", expects: [leak, text] })]);
  await page.getByRole("button", { name: "Own cases…" }).click();
  await page.getByRole("button", { name: "Change mine" }).click();
  await page.getByRole("textbox", { name: /^Contains one of these/u }).fill("cobalt\nazure");
  await page.getByRole("button", { name: "Save case" }).click();
  await expect.element(page.getByRole("button", { name: "Change mine" })).toBeVisible();
  expect(verify.store.getState().cases[0]?.expects).toEqual([leak, { ...text, anyOf: ["cobalt", "azure"] }]);
  await page.getByRole("button", { name: "Delete mine" }).click();
  await expect.element(page.getByText("Case deleted.")).toBeVisible();
  await page.getByRole("main").getByRole("button", { name: "Undo" }).click();
  await expect.element(page.getByRole("button", { name: "Change mine" })).toBeVisible();
});
