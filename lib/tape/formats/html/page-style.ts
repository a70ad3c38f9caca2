/** The look of an exported page: light and dark, wide and narrow, on paper. No font, no picture, nothing is loaded. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1c1b19; --muted: #625f58; --line: #dedad1; --ground: #faf9f6;
  --card: #fff; --sunken: #f3f1ec; --accent: #9a3d12; --bad: #a3231b; }
@media (prefers-color-scheme: dark) { :root { --ink: #ebe8e1; --muted: #a6a297; --line: #3a3833; --ground: #171614;
  --card: #1f1e1b; --sunken: #282622; --accent: #f0a070; --bad: #ff9b8f; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 120rem; padding: 1.5rem; background: var(--ground); color: var(--ink);
  font: 15px/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1rem; margin: 0 0 .5rem; color: var(--muted); }
h3 { font-size: 1rem; margin: 0; } h4, h5, h6 { font-size: 1rem; margin: 1em 0 .4em; }
p { margin: .6em 0; } a { color: var(--accent); } hr { border: 0; border-top: 1px solid var(--line); }
.about, .settings, .note, .numbers, footer { color: var(--muted); font-size: 13px; }
.row { margin-top: 2rem; }
.prompt { margin: 0 0 1rem; padding: .6rem .9rem; background: var(--sunken); border-radius: 8px;
  white-space: pre-wrap; max-width: 70rem; }
.lanes { display: grid; gap: 1rem; grid-template-columns: repeat(var(--lanes), minmax(17rem, 1fr)); align-items: start;
  overflow-x: auto; }
article { min-width: 0; padding: .9rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
article > :last-child { margin-bottom: 0; }
.settings { margin: .1rem 0 .6rem; }
details { margin: .6em 0; padding: .3rem .7rem; border-left: 2px solid var(--line); color: var(--muted); }
summary { cursor: pointer; }
pre { margin: .6em 0; padding: .6rem .8rem; background: var(--sunken); border-radius: 6px; overflow-x: auto;
  font: 13px/1.5 ui-monospace, monospace; white-space: pre; overflow-wrap: normal; }
code { font: .92em ui-monospace, monospace; } pre code { font: inherit; } .plain { white-space: pre-wrap; }
blockquote { margin: .6em 0; padding-left: .8rem; border-left: 3px solid var(--line); }
.call { margin: .8em 0; border: 1px solid var(--line); border-radius: 6px; padding: .5rem .7rem; }
.call > :first-child { margin-top: 0; } .call > :last-child { margin-bottom: 0; }
.result { white-space: pre-wrap; max-height: 30rem; overflow-y: auto; }
.bad { color: var(--bad); }
.wide { overflow-x: auto; } table { border-collapse: collapse; margin: .6em 0; }
th, td { border: 1px solid var(--line); padding: .25rem .6rem; text-align: left; }
.numbers { display: grid; grid-template-columns: auto auto 1fr; gap: 0 .8rem; margin: .9rem 0 0; padding-top: .6rem;
  border-top: 1px solid var(--line); font-variant-numeric: tabular-nums; }
.numbers dt, .numbers dd { margin: 0; } .numbers dd:nth-of-type(odd) { color: var(--ink); }
img { max-width: 100%; height: auto; border-radius: 6px; }
footer { margin-top: 2.5rem; }
@media (max-width: 760px) { body { padding: 1rem; } .lanes { grid-template-columns: minmax(0, 1fr); } }
@media print { body { max-width: none; padding: 0; background: #fff; font-size: 10.5pt; }
  :root { color-scheme: light; --ink: #000; --muted: #444; --line: #bbb; --card: #fff; --sunken: #f4f4f4; --accent: #000; --bad: #000; }
  .lanes { grid-template-columns: repeat(var(--lanes), minmax(0, 1fr)); } pre { white-space: pre-wrap; }
  .result { max-height: none; } details::details-content { content-visibility: visible; height: auto; } h2, h3, .prompt { break-after: avoid; } .call, tr { break-inside: avoid; } }
`;
