/** The look of the page around the summaries: GitHub's colours, light and dark as the reader's system has it. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f6f8fa, #010409); --card: light-dark(#fff, #0d1117); --line: light-dark(#d1d9e0, #30363d);
  --text: light-dark(#1f2328, #f0f6fc); --muted: light-dark(#59636e, #9198a1); --accent: light-dark(#0969da, #4493f8);
  --success: light-dark(#1a7f37, #3fb950); --failure: light-dark(#cf222e, #f85149); --warning: light-dark(#9a6700, #d29922);
}
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--text);
  font: 14px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif }
main { max-width: 1012px; margin: 0 auto; padding: 32px 24px 64px }
header { display: flex; gap: 16px; align-items: center; margin-bottom: 24px }
h1 { font-size: 24px; line-height: 1.25; margin: 0; font-weight: 600 }
header p { margin: 4px 0 0; color: var(--muted) }
.seal { flex: none; width: 44px; height: 44px; border-radius: 50%; display: grid; place-items: center; color: #fff; font-size: 24px; font-weight: 600 }
.seal.good { background: var(--success) } .seal.bad { background: var(--failure) }
section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; margin: 0 0 24px; overflow: hidden }
section > h2 { font-size: 14px; font-weight: 600; margin: 0; padding: 12px 16px; border-bottom: 1px solid var(--line); background: var(--page) }
section > h2 span { color: var(--muted); font-weight: 400 }
.scroll { overflow-x: auto }
.list { width: 100%; border-collapse: collapse }
.list th { text-align: left; font-weight: 600; color: var(--muted); font-size: 12px }
.list th, .list td { padding: 8px 16px; border-top: 1px solid var(--line); vertical-align: top }
.list thead th { border-top: 0 }
.list .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.list small { color: var(--muted); display: block }
.list a { color: var(--accent); text-decoration: none } .list a:hover { text-decoration: underline }
.list code { font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere }
.result { white-space: nowrap; font-weight: 500; width: 140px }
.success { color: var(--success) } .failure, .error { color: var(--failure) } .warning { color: var(--warning) } .skipped, .notice { color: var(--muted) }
.markdown-body { padding: 24px 32px; background: transparent }
.markdown-body > :last-child { margin-bottom: 0 }
.markdown-body hr.step { height: 1px }
pre.log { margin: 0; padding: 16px; overflow-x: auto; font: 12px/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace }
article { margin: 48px 0 0 }
h1.chapter { font-size: 20px } .outcome { margin: 4px 0 16px; font-weight: 500 }
.window { border: 1px solid var(--line); border-radius: 12px; margin: 0 0 32px; overflow: hidden; background: var(--card) }
.address { padding: 8px 16px; border-bottom: 1px solid var(--line); background: var(--page); color: var(--muted);
  font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere }
.page { padding: 24px } .page > :last-child { margin-bottom: 0 }
.heading { margin: 0 0 16px } .heading p { margin: 4px 0 0; color: var(--muted) } .heading p b { color: var(--text) }
h3 { font-size: 20px; line-height: 1.3; margin: 0; font-weight: 600 } h3 span:not(.badge) { color: var(--muted); font-weight: 400 }
.heading code { font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; padding: 2px 6px; border-radius: 6px;
  background: light-dark(#ddf4ff, #121d2f); color: var(--accent) }
.badge { display: inline-block; padding: 1px 10px; border-radius: 999px; border: 1px solid transparent; font-size: 12px; font-weight: 500;
  line-height: 20px; vertical-align: middle; white-space: nowrap }
.badge.open { background: light-dark(#1f883d, #238636); color: #fff } .badge.merged { background: light-dark(#8250df, #8957e5); color: #fff }
.badge.draft { border-color: var(--warning); color: var(--warning) } .badge.label { border-color: var(--line); color: var(--muted) }
.file > summary { padding: 8px 16px; border-top: 1px solid var(--line); cursor: pointer } .file:first-child > summary { border-top: 0 }
.file code, .diff { font: 12px/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace }
.diff { margin: 0; border-top: 1px solid var(--line); overflow-x: auto } .diff span { display: block; padding: 0 16px; white-space: pre; min-width: max-content }
.diff .added { background: light-dark(#dafbe1, #12261e) } .diff .removed { background: light-dark(#ffebe9, #25171c) }
.diff .hunk { background: light-dark(#ddf4ff, #121d2f); color: var(--muted) }
footer { color: var(--muted); font-size: 12px }
`
