import { expect, test } from "./fixtures";
import { answer, answers, ask, lane, prompt, settled } from "./screen";
import { seriousInBothThemes } from "./serious";
import { savedSessions } from "./wires";

/** What a browser throws where site data is blocked. Each runs in the page before anything else. */
const REFUSALS = {
  sessionStorage: () => {
    Object.defineProperty(window, "sessionStorage", {
      get: () => {
        throw new DOMException("Access is denied", "SecurityError");
      },
    });
  },
  localStorage: () => {
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("Access is denied", "SecurityError");
      },
    });
  },
  locks: () => {
    LockManager.prototype.request = () =>
      Promise.reject(new DOMException("Access is denied", "SecurityError"));
  },
  channels: () => {
    window.BroadcastChannel = new Proxy(BroadcastChannel, {
      construct: () => {
        throw new DOMException("Access is denied", "SecurityError");
      },
    });
  },
  databases: () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("Access is denied", "SecurityError");
    };
  },
} as const;

for (const [what, refuse] of Object.entries(REFUSALS)) {
  test(`the page answers where the browser refuses ${what}`, async ({ page, open }) => {
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    await page.addInitScript(refuse);
    await open(["vllm/plain", "vllm/two-words"]);
    await ask(page, "Hello");
    await settled(page);
    await expect(answer(page, 1)).toContainText("still on");
    await expect(answer(page, 2)).toContainText("It depends.");
    await expect(page.getByText(/^not saved$/i)).toHaveCount(what === "databases" ? 1 : 0);
    expect(faults).toEqual([]);
  });
}

test("the page answers where the browser refuses all site data, and says that nothing is saved", async ({
  page,
  open,
}) => {
  for (const refuse of Object.values(REFUSALS)) await page.addInitScript(refuse);
  await open(["vllm/plain"]);
  await ask(page, "Hello");
  await settled(page);
  await expect(answer(page, 1)).toContainText("still on");
  await expect(page.getByText(/^not saved$/i)).toBeVisible();
});

test("a comparison over which the page stopped is not opened again by itself, and is offered by name", async ({
  open,
}) => {
  const page = await open(["vllm/plain"]);
  await ask(page, "The heavy one");
  await settled(page);
  const mark = async () => page.evaluate(() => localStorage.getItem("vitrine-opening"));
  await page.goto(new URL(page.url()).origin);
  await expect(answer(page, 1)).toContainText("still on");
  await expect.poll(mark).toBeNull();

  // As a tab leaves it that froze while it drew this comparison, and was closed.
  await page.addInitScript(() => {
    const id = sessionStorage.getItem("vitrine-session");
    if (sessionStorage.getItem("frozen") !== null) return;
    sessionStorage.setItem("frozen", "once");
    localStorage.setItem("vitrine-opening", JSON.stringify({ id, at: 0 }));
  });
  await page.reload();
  await page.locator("[data-boot=ready]").waitFor();
  await expect(page.getByRole("article")).toHaveCount(0);
  const notice = page.getByRole("region", { name: "Notices" });
  await expect(notice).toContainText("“The heavy one” was not reopened");
  await notice.getByRole("button", { name: "Open it anyway" }).click();
  await expect(answer(page, 1)).toContainText("still on");
});

test("a second tab takes a comparison over, and the first says where it went", async ({ open }) => {
  const first = await open(["vllm/plain"]);
  await ask(first, "Mine");
  await settled(first);
  const second = await first.context().newPage();
  await second.goto(new URL(first.url()).origin);
  const takeOver = second.getByRole("button", { name: "Use it here" });
  await takeOver.waitFor();
  expect(await seriousInBothThemes(second)).toEqual([]);
  await takeOver.click();
  await ask(second, "Yours");
  await settled(second);
  await expect(first.getByText(/^In use in another tab\./)).toBeVisible();
  await expect(answer(first, 1)).toContainText("still on");
  await expect(first.getByRole("region", { name: "Notices" })).toContainText(
    "“Mine” is now in use in another tab",
  );
  await second.close();
  await expect(first.getByText(/^In use in another tab\./)).toHaveCount(0);
});

test("a second tab works on a copy of a comparison, and the first keeps its own", async ({ open }) => {
  const first = await open(["vllm/plain"]);
  await ask(first, "Mine");
  await settled(first);
  const second = await first.context().newPage();
  await second.goto(new URL(first.url()).origin);
  await second.getByRole("button", { name: "Duplicate", exact: true }).click();
  await expect(second.getByText(/^In use in another tab\./)).toHaveCount(0);
  await expect(second.getByRole("button", { name: "Comparisons. Open: Mine (copy)" })).toBeVisible();
  await expect(answer(second, 1)).toContainText("still on");
  await ask(second, "Only in the copy");
  await settled(second);
  await expect(answers(second, 1)).toHaveCount(2);
  await expect(answers(first, 1)).toHaveCount(1);
  await expect(first.getByText(/^In use in another tab\./)).toHaveCount(0);
  await ask(first, "Only in the first");
  await settled(first);
  await expect(lane(first, 1)).not.toContainText("Only in the copy");
  await expect(lane(second, 1)).not.toContainText("Only in the first");
});

test("a comparison of a tab that stands still is handed over once that tab wakes, with all it received", async ({
  open,
  upstream,
}) => {
  upstream.script("slow-words", async (exchange) => {
    await exchange.paced("content", ["Before. "], 0);
    await exchange.gate("while-still");
    exchange.delta({ content: "Received while still." });
    await exchange.gate("never");
  });
  const first = await open(["vllm/slow-words"]);
  await ask(first, "Mine");
  await expect(answer(first, 1)).toContainText("Before.");
  await prompt(first).fill("typed, not sent");
  await expect.poll(() => savedSessions(first)).toContain("typed, not sent");
  const debug = await first.context().newCDPSession(first);
  await debug.send("Debugger.enable");
  const paused = new Promise((resolve) => debug.once("Debugger.paused", resolve));
  await debug.send("Debugger.pause");
  await paused;

  const second = await first.context().newPage();
  await second.goto(new URL(first.url()).origin);
  await second.getByRole("button", { name: "Use it here" }).click();
  await expect(second.getByText("The other tab does not answer.")).toBeVisible();
  await expect(prompt(second)).toHaveValue("typed, not sent");
  await expect(prompt(second)).not.toBeEditable();
  upstream.open("while-still");

  await debug.send("Debugger.resume");
  await expect(second.getByText(/^In use in another tab\./)).toHaveCount(0);
  await expect(answer(second, 1)).toContainText("Before.");
  await expect(first.getByText(/^In use in another tab\./)).toBeVisible();
  await expect(first.getByRole("region", { name: "Notices" })).toContainText(
    "“Mine” is now in use in another tab",
  );
  const kept = await answer(first, 1).locator("[data-part=text]").innerText();
  await expect(answer(second, 1).locator("[data-part=text]")).toHaveText(kept);
  await expect(answer(second, 1)).toContainText("Stopped.");
  await prompt(second).fill("mine now");
  await expect(prompt(first)).toHaveValue("mine now");
});
