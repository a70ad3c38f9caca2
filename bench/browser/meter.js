// @ts-check
/**
 * Runs in the measured page, before anything of it. `window.benchMeter.start` watches frames, long tasks, keystrokes and
 * when each lane's last token is drawn; `read` gives it all. All times are epoch ms.
 */
(() => {
  /** Frames after which an output that stands still may have a successor. Vitrine draws in every third. */
  const STILL_FRAMES = 12;
  const zero = performance.timeOrigin;
  /** @type {number[]} */ const frames = [];
  /** @type {[number, number][]} */ const tasks = [];
  /** @type {number[]} */ const keys = [];
  /** @type {number[]} */ const answered = [];
  /** @type {{ first: number | null, seen: boolean, last: number | null, draws: number, output: Element | null, text: string, still: number }[]} */
  let lanes = [];
  let isOn = false;

  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      if (isOn) tasks.push([zero + startTime, duration]);
  }).observe({ type: "longtask" });
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (isOn && name === "keydown") keys.push(duration);
  }).observe(/** @type {PerformanceObserverInit} */ ({ type: "event", durationThreshold: 16 }));

  // The frame after a key has been laid out and painted once a message that was sent in it arrives, or, where the browser
  // lets messages wait for frames that follow at once, when the next one begins.
  /** @type {number[]} */ let inFrame = [];
  const answer = () => {
    for (const pressedAt of inFrame) answered.push(performance.now() - pressedAt);
    inFrame = [];
  };
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener("message", answer);
  port1.start();
  document.addEventListener("keydown", ({ timeStamp }) => {
    if (!isOn) return;
    requestAnimationFrame(() => {
      answer();
      inFrame.push(timeStamp);
      port2.postMessage(null);
      requestAnimationFrame(answer);
    });
  });

  Object.assign(window, {
    benchMeter: {
      /** @param {{ pane: string, output: string | null, mark: string, count: number }} what */
      start({ pane, output, mark, count }) {
        isOn = true;
        lanes = Array.from({ length: count }, () => ({
          first: null,
          seen: false,
          last: null,
          draws: 0,
          output: null,
          text: "",
          still: 0,
        }));
        const panes = document.querySelectorAll(pane);
        const frame = () => {
          if (!isOn) return;
          const at = zero + performance.now();
          frames.push(at);
          for (const [index, lane] of lanes.entries()) {
            // Seen in one frame, painted by the next.
            if (lane.seen) lane.last ??= at;
            if (lane.last !== null) continue;
            const section = panes[index];
            let text = lane.output?.isConnected ? endOf(lane.output) : "";
            const isDrawn = text !== lane.text;
            lane.still = isDrawn ? 0 : lane.still + 1;
            if (isDrawn) lane.draws += 1;
            // Only an output that stands still may have a successor: to search the page in each frame would cost more than
            // what is measured.
            if (section && (text === "" || lane.still > STILL_FRAMES)) {
              lane.output =
                (output === null ? section : [...section.querySelectorAll(output)].at(-1)) ?? null;
              lane.still = 0;
              text = lane.output === null ? "" : endOf(lane.output);
            }
            lane.text = text;
            if (text !== "") lane.first ??= at;
            lane.seen = text.includes(mark);
          }
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      },
      /**
       * Clicks and waits for the newest answer to hold `mark` in view. Gives ms to the frame after that.
       * @param {HTMLElement} button
       * @param {string} mark
       */
      timeOpening: (button, mark) =>
        new Promise((resolve) => {
          const start = performance.now();
          const look = () => {
            const newest = [...document.querySelectorAll("article")].at(-1);
            const isInView = newest !== undefined && newest.getBoundingClientRect().top < innerHeight;
            if (isInView && (newest.textContent ?? "").includes(mark))
              requestAnimationFrame(() => resolve(performance.now() - start));
            else requestAnimationFrame(look);
          };
          button.click();
          requestAnimationFrame(look);
        }),
      /**
       * Scrolls up so many px a second for so many frames. Gives the ms between them.
       * @param {number} speed
       * @param {number} count
       */
      scrollUp: (speed, count) =>
        new Promise((resolve) => {
          /** @type {number[]} */ const gaps = [];
          const view = document.querySelector("main");
          let last = performance.now();
          const frame = () => {
            const now = performance.now();
            gaps.push(now - last);
            view?.scrollBy({ top: (-speed * (now - last)) / 1000, behavior: "instant" });
            last = now;
            if (gaps.length < count) requestAnimationFrame(frame);
            else resolve(gaps);
          };
          requestAnimationFrame(frame);
        }),
      /**
       * Scrolls an element down and up again, so many px a second for so many frames. Gives the ms between them.
       * @param {string} selector
       * @param {number} speed
       * @param {number} count
       */
      scrollThrough: (selector, speed, count) =>
        new Promise((resolve, reject) => {
          /** @type {number[]} */ const gaps = [];
          const view = document.querySelector(selector);
          if (view === null) {
            reject(new Error(`Nothing to scroll: ${selector}`));
            return;
          }
          let last = performance.now();
          let way = 1;
          const frame = () => {
            const now = performance.now();
            gaps.push(now - last);
            const before = view.scrollTop;
            view.scrollBy({ top: (way * speed * (now - last)) / 1000, behavior: "instant" });
            if (view.scrollTop === before) way = -way;
            last = now;
            if (gaps.length < count) requestAnimationFrame(frame);
            else resolve(gaps);
          };
          requestAnimationFrame(frame);
        }),
      isDone: () => lanes.every((lane) => lane.last !== null),
      read() {
        isOn = false;
        return {
          frames,
          tasks,
          keys,
          answered,
          lanes: lanes.map(({ first, last, draws }) => ({ first, last, draws })),
        };
      },
    },
  });
})();

/**
 * The end of the text in an element, without touching the rest of it.
 * @param {Element} element
 */
function endOf(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  /** @type {Node} */ let last = element;
  while (last.lastChild) last = last.lastChild;
  walker.currentNode = last;
  let text = "";
  for (
    let node = last.nodeType === 3 ? last : walker.previousNode();
    node && text.length < 60;
    node = walker.previousNode()
  )
    text = (node.nodeValue ?? "") + text;
  return text;
}
