import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { render } from "vitest-browser-react";
import { page } from "vitest/browser";

import { ErrorBoundary } from "@/components/ui/error-boundary";

import ErrorPage from "./error";
import GlobalErrorPage from "./global-error";

// React reports what a boundary caught.
beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => undefined));
afterEach(() => void vi.restoreAllMocks());

/** A page that cannot be drawn while `fault.isOn`, and what stands in for it, as the framework would place it. */
function brokenPage(
  Fault: typeof ErrorPage,
  { message = "The grid has no columns.", whole = <p>The page is drawn.</p> } = {},
) {
  const fault = { isOn: true };
  const Drawn = () => {
    if (fault.isOn) throw new Error(message);
    return whole;
  };
  const drawn = (
    <ErrorBoundary renderFault={(error, retry) => <Fault error={error} reset={retry} />}>
      <Drawn />
    </ErrorBoundary>
  );
  return { fault, drawn };
}

describe("a page that cannot be drawn", () => {
  it("says so, why, and that the comparisons are untouched", async () => {
    const screen = await render(brokenPage(ErrorPage).drawn);
    const alert = screen.getByRole("alert");
    await expect
      .element(alert.getByRole("heading", { name: "Vitrine could not display this page" }))
      .toBeVisible();
    await expect.element(alert).toHaveTextContent("The grid has no columns.");
    await expect
      .element(alert)
      .toHaveTextContent("Your comparisons are saved in this browser and have not been changed.");
    for (const name of ["Try again", "Reload", "Open a new comparison"])
      await expect.element(alert.getByRole("button", { name })).toBeVisible();
  });

  it("is drawn once it can be, when a person tries again", async () => {
    const { fault, drawn } = brokenPage(ErrorPage);
    const screen = await render(drawn);
    await screen.getByRole("button", { name: "Try again" }).click();
    await expect.element(screen.getByRole("alert")).toBeVisible();
    fault.isOn = false;
    await screen.getByRole("button", { name: "Try again" }).click();
    await expect.element(screen.getByText("The page is drawn.")).toBeVisible();
    await expect.element(screen.getByRole("alert")).not.toBeInTheDocument();
  });

  it("shows no more than 500 characters of a fault", async () => {
    const screen = await render(brokenPage(ErrorPage, { message: `${"a".repeat(500)}b` }).drawn);
    await expect.element(screen.getByText("a".repeat(500), { exact: true })).toBeVisible();
  });

  it("has a document of its own where the whole frame failed, with its title and language", async () => {
    const frame = document.createElement("iframe");
    frame.title = "broken";
    document.body.append(frame);
    const inside = frame.contentDocument;
    if (inside === null) expect.unreachable("the frame has a document");
    const { fault, drawn } = brokenPage(GlobalErrorPage, {
      whole: (
        <html lang="en">
          <body>The page is drawn.</body>
        </html>
      ),
    });
    const root = createRoot(inside);
    root.render(drawn);
    const screen = page.frameLocator(page.getByTitle("broken"));
    await expect
      .poll(() => inside.querySelector("[role=alert]")?.textContent)
      .toContain("The grid has no columns.");
    expect([inside.title, inside.documentElement.lang]).toEqual(["Vitrine", "en"]);
    fault.isOn = false;
    await screen.getByRole("button", { name: "Try again" }).click();
    await expect.poll(() => inside.body.textContent).toBe("The page is drawn.");
    root.unmount();
    frame.remove();
  });
});
