import { describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";

import type { JsonObject } from "@/lib/stream/turn/json";

import { openBookTool } from "./__fixtures__/open-tools";

async function openForm(properties: JsonObject) {
  const { screen, tools } = await openBookTool(properties);
  await screen.getByRole("radio", { name: "Form" }).click();
  return { screen, parameters: () => tools()[0]?.parameters };
}

const NOTHING: JsonObject = { type: "object", properties: {}, required: [], additionalProperties: false };

describe("the parameters as rows", () => {
  it("are added, named, typed, described and required", async () => {
    const { screen, parameters } = await openForm(NOTHING);
    await screen.getByRole("button", { name: "Add a property" }).click();
    const name = screen.getByRole("textbox", { name: "Name of property" });
    await expect.element(name).toHaveFocus();
    await name.fill("city");
    await screen.getByRole("textbox", { name: "Description of city" }).fill("Where.");
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Type of city" }), "string or null");
    await screen.getByRole("checkbox", { name: "Required" }).click();
    await screen.getByRole("textbox", { name: "Allowed values" }).fill("Rome\nParis");
    await screen.getByRole("textbox", { name: "Default" }).fill("Rome");
    expect(parameters()).toEqual({
      ...NOTHING,
      properties: {
        city: { type: ["string", "null"], description: "Where.", enum: ["Rome", "Paris"], default: "Rome" },
      },
      required: ["city"],
    });
  });

  it("hold objects and lists, which have rows of their own", async () => {
    const { screen, parameters } = await openForm({
      type: "object",
      properties: { guests: { type: "string" } },
    });
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Type of guests" }), "array");
    await userEvent.selectOptions(
      screen.getByRole("combobox", { name: "Type of the items of guests" }),
      "object",
    );
    const inner = screen.getByRole("region", { name: "Properties of the items of guests" });
    await inner.getByRole("button", { name: "Add a property" }).click();
    await inner.getByRole("textbox", { name: "Name of property" }).fill("age");
    await userEvent.selectOptions(inner.getByRole("combobox", { name: "Type of age" }), "integer");
    expect(parameters()).toEqual({
      type: "object",
      properties: {
        guests: { type: "array", items: { type: "object", properties: { age: { type: "integer" } } } },
      },
    });
  });

  it("move with the arrow keys and by dragging, and what they can't show stays and is named", async () => {
    const { screen, parameters } = await openForm({
      type: "object",
      properties: { a: { type: "string", pattern: "^a" }, b: { $ref: "#/$defs/b" }, c: { type: "integer" } },
      $defs: { b: { type: "string" } },
    });
    await expect.element(screen.getByText("Also: pattern (in the JSON view).")).toBeVisible();
    await expect.element(screen.getByText("Also: $defs (in the JSON view).")).toBeVisible();
    await expect.element(screen.getByText("Not shown here ($ref): edit it in the JSON view.")).toBeVisible();
    const order = () => Object.keys(Object(parameters()?.["properties"]));
    screen
      .getByRole("button", { name: /^Move c:/u })
      .element()
      .focus();
    await userEvent.keyboard("{ArrowUp}");
    await expect.poll(order).toEqual(["a", "c", "b"]);
    await userEvent.dragAndDrop(
      screen.getByRole("button", { name: /^Move b:/u }),
      screen.getByRole("textbox", { name: "Name of a" }),
    );
    await expect.poll(order).toEqual(["b", "a", "c"]);
    expect(parameters()).toMatchObject({
      properties: { a: { pattern: "^a" }, b: { $ref: "#/$defs/b" } },
      $defs: { b: { type: "string" } },
    });
  });

  it("keep a name that can't be had as it is typed, say why, and change nothing", async () => {
    const { screen, parameters } = await openForm({
      type: "object",
      properties: { a: { type: "string" }, b: { type: "string" } },
    });
    await screen.getByRole("textbox", { name: "Name of b" }).fill("a");
    await expect.element(screen.getByText("Another property is named a.")).toBeVisible();
    expect(Object.keys(Object(parameters()?.["properties"]))).toEqual(["a", "b"]);
  });
});
