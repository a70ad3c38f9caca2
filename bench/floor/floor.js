// @ts-check
/** The floor page: raw lines in chunks, one write a frame, held at its end. No Markdown, no storage, no framework. */

const LINES = 40;
const LONGEST_LINE = 160;
const MOST_STREAMS = 5;

const query = new URLSearchParams(location.search);
const models = query.getAll("lane");
const main = document.querySelector("main");
const lanes = models.map((model) => {
  const pane = document.createElement("section");
  main?.append(pane);
  return { model, pane };
});

/** Rows beside the lanes, as one more section of them: what a page that only shows them takes. */
Object.assign(window, {
  /** @param {readonly { text: string, height: number }[]} rows */
  showRows(rows) {
    const pane = document.createElement("section");
    pane.id = "rows";
    for (let from = 0; from < rows.length; from += LINES) {
      const part = document.createElement("div");
      part.className = "chunk full";
      const own = rows.slice(from, from + LINES);
      part.style.containIntrinsicSize = `auto ${own.reduce((sum, { height }) => sum + height, 0)}px`;
      for (const { text, height } of own) {
        const row = document.createElement("div");
        row.style.minHeight = `${height}px`;
        row.textContent = text;
        part.append(row);
      }
      pane.append(part);
    }
    main?.prepend(pane);
  },

  /**
   * A table beside the lanes, in `#rows`.
   * @param {readonly { cells: readonly string[], height: number }[]} rows
   */
  showTable(rows) {
    const pane = document.createElement("section");
    pane.id = "rows";
    const table = document.createElement("table");
    for (const { cells, height } of rows) {
      const row = table.insertRow();
      row.style.height = `${height}px`;
      for (const text of cells) row.insertCell().textContent = text;
    }
    pane.append(table);
    main?.prepend(pane);
  },

  /**
   * Asks with each of the bodies, this many ms apart and four at a time, and writes a cell for each answer.
   * @param {readonly string[]} bodies
   * @param {number} everyMs
   */
  async fillTable(bodies, everyMs) {
    const cells = document.querySelectorAll("#rows td");
    const start = performance.now();
    let next = 0;
    const ask = async () => {
      for (let index = next++; index < bodies.length; index = next++) {
        const early = start + index * everyMs - performance.now();
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
        const response = await fetch("/", { method: "POST", body: bodies[index] });
        const { length } = await response.text();
        const cell = cells[index % cells.length];
        if (cell) cell.textContent = `${length} characters`;
      }
    };
    await Promise.all([ask(), ask(), ask(), ask()]);
  },
});

document.querySelector("form")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const waiting = [...lanes];
  const next = async () => {
    for (let lane = waiting.shift(); lane !== undefined; lane = waiting.shift())
      await run(lane.pane, lane.model);
  };
  for (let index = 0; index < MOST_STREAMS; index += 1) void next();
});

/**
 * @param {HTMLElement} pane
 * @param {string} model
 */
async function run(pane, model) {
  let pending = "";
  let isQueued = false;
  const draw = drawerOf(pane);
  const flush = () => {
    isQueued = false;
    draw(pending);
    pending = "";
    pane.scrollTop = pane.scrollHeight;
  };
  const body = JSON.stringify({ model, stream: true, messages: [] });
  const response = await fetch("/", { method: "POST", body });
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    const frames = (rest + decoder.decode(read.value, { stream: true })).split("\n\n");
    rest = frames.pop() ?? "";
    for (const frame of frames) pending += textOf(frame);
    if (pending !== "" && !isQueued) {
      isQueued = true;
      requestAnimationFrame(flush);
    }
  }
}

/** @param {string} frame */
function textOf(frame) {
  if (!frame.startsWith("data: {")) return "";
  const delta = JSON.parse(frame.slice(6)).choices[0]?.delta;
  return delta?.content ?? delta?.reasoning_content ?? delta?.tool_calls?.[0]?.function.arguments ?? "";
}

/** @param {HTMLElement} pane */
function drawerOf(pane) {
  let line = document.createTextNode("");
  let chunk = document.createElement("div");
  const open = () => {
    if (!chunk.isConnected || chunk.childElementCount >= LINES) {
      chunk.classList.add("full");
      chunk = document.createElement("div");
      chunk.className = "chunk";
      pane.append(chunk);
    }
    const element = document.createElement("div");
    line = document.createTextNode("");
    element.append(line);
    chunk.append(element);
  };
  open();
  /** @param {string} text */
  return (text) => {
    for (const [index, piece] of text.split("\n").entries()) {
      if (index > 0 || line.length > LONGEST_LINE) open();
      if (piece !== "") line.appendData(piece);
    }
  };
}
