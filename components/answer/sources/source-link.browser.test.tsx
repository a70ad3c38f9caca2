import { afterEach, describe, expect, it, vi } from "vitest";
import { render } from "vitest-browser-react";
import { userEvent } from "vitest/browser";

import { SourceLink } from "./source-link";
import { SourceMarks } from "./source-marks";

afterEach(() => void vi.restoreAllMocks());

const ADDRESS = "https://weather.example/florence?said=what-was-said";

/** Addresses that were opened, in place of their tabs. */
function openedTabs(): readonly unknown[] {
  const opened: unknown[] = [];
  vi.spyOn(window, "open").mockImplementation((url) => {
    opened.push(url);
    return null;
  });
  return opened;
}

const mark = (url: string | null) => (
  <SourceMarks sources={[{ url, title: "The weather", quote: null, start: null, end: null }]} numbers={[1]} />
);

describe.each([
  ["a source with a title", <SourceLink key="link" url={ADDRESS} title="The weather" />, "The weather"],
  ["the number of a citation", mark(ADDRESS), "Source 1: The weather (weather.example)"],
] as const)("%s", (_what, drawn, name) => {
  it("shows its whole address and opens it only once a person has said so", async () => {
    const opened = openedTabs();
    const screen = await render(drawn);
    const link = screen.getByRole("link", { name });
    const question = screen.getByRole("dialog", { name: "Open this address?" });
    await link.click();
    await expect.element(question.getByText(ADDRESS)).toBeVisible();
    await question.getByRole("button", { name: "Cancel" }).click();
    await expect.element(question).not.toBeInTheDocument();
    expect(opened).toEqual([]);
    await expect.element(link).toHaveFocus();
    await userEvent.keyboard("{Enter}");
    await question.getByRole("button", { name: "Open in a new tab" }).click();
    await expect.element(question).not.toBeInTheDocument();
    expect(opened).toEqual([ADDRESS]);
  });

  it("asks also where a tab is opened with the middle button", async () => {
    const opened = openedTabs();
    const screen = await render(drawn);
    await screen.getByRole("link", { name }).click({ button: "middle" });
    await expect
      .element(screen.getByRole("dialog", { name: "Open this address?" }).getByText(ADDRESS))
      .toBeVisible();
    expect(opened).toEqual([]);
  });
});

it("a source or citation whose address is not safe to follow is no link", async () => {
  const screen = await render(
    <>
      <SourceLink url="javascript:alert(1)" title="The weather" />
      {mark("javascript:alert(1)")}
    </>,
  );
  await expect.element(screen.getByText("javascript:alert(1)")).toBeVisible();
  await expect.element(screen.getByText("1", { exact: true })).toBeVisible();
  expect(screen.getByRole("link").elements()).toEqual([]);
});
