import { afterEach, expect, it, vi } from "vitest";

import { onFirstUse } from "./when-idle";

afterEach(() => document.body.replaceChildren());

it.each(["pointerdown", "keydown", "input"])(
  "the first %s in the page is its first use, once",
  async (type) => {
    const used = vi.fn<() => void>();
    const cancel = onFirstUse(used);
    const field = document.createElement("textarea");
    document.body.append(field);
    for (let time = 0; time < 3; time += 1) field.dispatchEvent(new Event(type, { bubbles: true }));
    await vi.waitFor(() => expect(used).toHaveBeenCalled());
    field.dispatchEvent(new Event(type, { bubbles: true }));
    await new Promise((resolve) => requestIdleCallback(resolve));
    expect(used).toHaveBeenCalledTimes(1);
    cancel();
  },
);
