import { expect, it } from "vitest";
import { render } from "vitest-browser-react";

import { type ChosenTool } from "./found-tools";
import { ImportTools } from "./import-tools";

const tool = (name: string, description: string) => ({ name, description, parameters: { type: "object" } });

/** A text that is pasted as a person pastes it: the field gets it only where nothing stops that. */
function paste(field: HTMLTextAreaElement, text: string): boolean {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  return field.dispatchEvent(event);
}

it("a text of two million characters is read whole, and the field holds its beginning alone until it is removed", async () => {
  const added: ChosenTool[] = [];
  const screen = await render(
    <ImportTools
      initialText=""
      others={[]}
      onAdd={(tools) => added.push(...tools)}
      onCancel={() => undefined}
    />,
  );
  const field = screen.getByRole("textbox", { name: "Tools to import" });
  const element = field.element();
  if (!(element instanceof HTMLTextAreaElement)) expect.unreachable();
  expect(paste(element, "[]")).toBe(true);
  const long = JSON.stringify([tool("first", "x".repeat(2_000_000)), tool("second", "")]);
  expect(paste(element, long)).toBe(false);
  await expect.element(screen.getByText(/^All of its 2,000,\d+ characters are read\./u)).toBeVisible();
  expect(element.value.length).toBeLessThan(3_000);
  await screen.getByRole("button", { name: "Add 2 tools" }).click();
  expect(added.map((each) => [each.tool.name, each.tool.description.length])).toEqual([
    ["first", 2_000_000],
    ["second", 0],
  ]);
  await screen.getByRole("button", { name: "Remove this text" }).click();
  await expect.element(field).toHaveValue("");
  await field.fill(JSON.stringify(tool("third", "")));
  await expect.element(screen.getByText("1 tool found")).toBeVisible();
});
