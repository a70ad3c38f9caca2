import { StrictMode } from "react";
import { expect, it } from "vitest";
import { render } from "vitest-browser-react";

import { type Source, useReadings } from "./use-readings";

/** A source that the test changes. */
function handSource(first: string | null): Source<string> & { readonly set: (next: string | null) => void } {
  const listeners = new Set<() => void>();
  let value = first;
  return {
    read: () => value,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set: (next) => {
      value = next;
      for (const listener of listeners) listener();
    },
  };
}

type ShownProps = { source: Source<string>; read: (value: string) => string };

function Shown({ source, read }: ShownProps) {
  const [text, readOn] = useReadings(source, "first", () => read);
  return (
    <button type="button" onClick={readOn}>
      {text}
    </button>
  );
}

function strictly(source: Source<string>) {
  return (
    <StrictMode>
      <Shown source={source} read={String} />
    </StrictMode>
  );
}

it("a reading is made once, when its value comes, however often what shows it is rendered", async () => {
  const source = handSource("a");
  const read: string[] = [];
  const shown = <Shown source={source} read={(value) => String(read.push(value)) + value} />;
  const screen = await render(shown);
  for (let times = 0; times < 3; times += 1) await screen.rerender(shown);
  source.set("ab");
  expect(read).toEqual(["a", "ab"]);
  await expect.element(screen.getByRole("button")).toHaveTextContent("2ab");
});

it("a reading is kept while the source has nothing new", async () => {
  const source = handSource(null);
  const screen = await render(<Shown source={source} read={(value) => value.toUpperCase()} />);
  await expect.element(screen.getByRole("button")).toHaveTextContent("FIRST");
  source.set("second");
  source.set(null);
  await expect.element(screen.getByRole("button")).toHaveTextContent("SECOND");
});

it("a reading goes on with the same value when it is asked to", async () => {
  let times = 0;
  const source = handSource("a");
  const screen = await render(<Shown source={source} read={(value) => `${value}${(times += 1)}`} />);
  await screen.getByRole("button").click();
  await expect.element(screen.getByRole("button")).toHaveTextContent("a2");
});

it("a reading goes on with another source, and hears the old one no more", async () => {
  const [old, other] = [handSource("old"), handSource("other")];
  const screen = await render(strictly(old));
  await screen.rerender(strictly(other));
  await expect.element(screen.getByRole("button")).toHaveTextContent("other");
  old.set("old again");
  other.set("other again");
  await expect.element(screen.getByRole("button")).toHaveTextContent("other again");
});
