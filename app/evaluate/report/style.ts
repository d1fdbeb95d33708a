import { Markup } from './html';

/** The studio's paper and ink, in a file that stands alone. */
export const STYLE = new Markup(`
:root { color-scheme: light dark; --ground: light-dark(#fcfcfb, #101419); --ink: light-dark(#14181d, #eceff1); --ink-2: light-dark(#454d56, #b4bcc3);
  --quiet: light-dark(#bfc6c9, #47515b); --rule: light-dark(#dadedd, #2b323a);
  --helpful: light-dark(#0072b2, #56b4e9); --harmless: #009e73; --honest: light-dark(#d55e00, #e69f00); }
body { max-width: 860px; margin: 32px auto; padding: 0 16px; background: var(--ground); color: var(--ink); font: 15px/22px system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1 { font-size: 26px; line-height: 32px; } h2 { margin-top: 36px; padding-top: 10px; border-top: 1px solid var(--ink); font-size: 17px; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; } caption { padding-bottom: 6px; color: var(--ink-2); font-size: 13px; text-align: left; }
th, td { padding: 3px 16px 3px 0; text-align: right; font-weight: 400; } th:first-child { text-align: left; } thead th { color: var(--ink-2); font-weight: 600; }
tbody tr { border-top: 1px solid var(--rule); } pre { padding: 12px; overflow-x: auto; white-space: pre-wrap; border: 1px solid var(--rule); }
figure { margin: 16px 0; } figcaption { font-weight: 600; } svg { display: block; width: 100%; } svg text { fill: var(--ink-2); font-size: 12px; }
.grid { stroke: var(--rule); } .raw { fill: none; stroke: var(--quiet); } .line { fill: none; stroke-width: 2; }
`);
