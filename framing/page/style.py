"""How the page looks, and the frame that its parts stand in."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 62rem; background: #fff;
  color: #1c1c1c; font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", sans-serif;
  overflow-wrap: anywhere; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 2.2rem 0 .6rem; scroll-margin-top: 1rem; }
h1 { font-size: 1.8rem; margin-top: 0; }
h2 { font-size: 1.45rem; margin-top: 3.5rem; padding-top: .8rem; border-top: 2px solid #1c1c1c; }
h3 { font-size: 1.12rem; }
h4, h5, h6 { font-size: 1rem; }
main { min-width: 0; }
main > section:first-child > h2:first-child { margin-top: 1.5rem; }
p, ul, ol { max-width: 44rem; }
a { color: #1a4f8b; text-underline-offset: .15em; }
:focus-visible { outline: 3px solid #1a4f8b; outline-offset: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: -99rem; top: .4rem; padding: .4rem .8rem; background: #fff; }
.skip:focus { left: .4rem; z-index: 1; }
nav { margin: 1.5rem 0; padding: .2rem 1.2rem .8rem; background: #f5f5f5; }
nav h2 { font-size: 1rem; margin: .8rem 0 .3rem; padding: 0; border: 0; }
nav ol { margin: 0; padding-left: 1.3rem; }
nav ol ol { list-style: none; padding-left: .4rem; }
.about { color: #555; margin: .2rem 0; }
figure { margin: 1.4rem 0; }
figure img { display: block; max-width: 100%; height: auto; }
figcaption, .files { color: #444; font-size: .86rem; margin: .4rem 0 1.2rem; max-width: 44rem; }
.title { font-weight: 600; margin: 1.4rem 0 .4rem; }
.scroll { overflow-x: auto; margin: 1rem 0 .8rem; }
table { border-collapse: collapse; min-width: min(100%, 22rem); font-size: .86rem;
  line-height: 1.35; overflow-wrap: normal; }
caption { text-align: left; color: #444; padding-bottom: .3rem; caption-side: top;
  overflow-wrap: anywhere; }
th, td { padding: .22rem .7rem .22rem 0; text-align: left; vertical-align: top;
  unicode-bidi: plaintext; max-width: 32rem; overflow-wrap: break-word; }
thead th, thead td { border-bottom: 1px solid #1c1c1c; vertical-align: bottom; }
tbody tr { border-bottom: 1px solid #e4e4e4; }
tbody th { font-weight: 600; }
td.date { white-space: nowrap; }
td.long { min-width: 16rem; }
mark { background: #ffe9a8; color: inherit; text-decoration: underline;
  text-decoration-thickness: 1px; text-underline-offset: .15em; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums;
  white-space: nowrap; }
th.number { white-space: normal; }
pre { margin: .8rem 0; white-space: pre-wrap; font-size: .84rem; line-height: 1.4; }
pre.note { padding: .6rem .9rem; background: #fff4d6;
  border-left: 4px solid #c98a00; }
details { margin: .5rem 0; color: #555; font-size: .9rem; }
details pre { padding: .6rem .9rem; background: #f5f5f5; color: #1c1c1c; }
summary { cursor: pointer; }
@media (min-width: 78rem) {
  body { display: grid; grid-template-columns: 16rem minmax(0, 1fr); column-gap: 2.5rem;
    max-width: 82rem; }
  header { grid-column: 1 / -1; }
  nav { position: sticky; top: 1rem; align-self: start; max-height: calc(100vh - 2rem);
    overflow-y: auto; font-size: .9rem; }
}
@media (max-width: 40rem) {
  figure img { max-width: calc(100% + 1.5rem); margin: 0 -.75rem; }
  td.long { min-width: 12rem; }
}
@page { margin: 18mm; }
@media print {
  body { display: block; max-width: none; padding: 0; font-size: 10pt; }
  details, nav, .skip { display: none; }
  h2 { break-before: page; }
  main > section:first-child > h2:first-child { break-before: auto; }
  h2, h3, caption, .title { break-after: avoid; }
  figure, tr { break-inside: avoid; }
  .scroll { overflow: visible; }
  table { font-size: 7.5pt; }
  th, td, td.long { min-width: 0; padding-right: .4rem; }
  a { color: inherit; text-decoration: none; }
}
"""

FRAME = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="{generator}">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#report">Skip to the report</a>
<header>
<h1>{title}</h1>
{about}
</header>
{contents}
<main id="report" tabindex="-1">
{sections}
</main>
</body>
</html>
"""
