/** A text that is safe inside HTML. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | undefined | readonly Part[];

/** HTML from a template; whatever is put in is text, unless it is {@link Html} itself. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const woven = literals.map((literal, at) => literal + (at < parts.length ? textOf(parts[at]) : ''));
  return new Html(woven.join(''));
}

function textOf(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(textOf).join('');
  return String(part).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Text in which `words between backticks` are code. */
export function prose(text: string): Html {
  const parts = text.split('`');
  return html`${parts.map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

export interface Page {
  readonly title: string;
  readonly lead: Html;
  /** Groups of links within the page. */
  readonly contents: readonly { readonly title: string; readonly links: readonly Link[] }[];
  readonly body: Html;
}

interface Link {
  readonly anchor: string;
  readonly text: string | Html;
}

/** A whole page without scripts, and with nothing from elsewhere: it can be kept in a file. */
export function pageOf({ title, lead, contents, body }: Page): string {
  const nav = contents.map(
    (group) => html`<h2>${group.title}</h2>
<ul>
${group.links.map(({ anchor, text }) => html`<li><a href="#${anchor}">${text}</a></li>\n`)}</ul>
`,
  );
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Html(style)}</style>
</head>
<body>
<nav><details open><summary>Contents</summary>
${nav}</details></nav>
<main>
<h1>${title}</h1>
${lead}
${body}
</main>
</body>
</html>
`.text;
}

const style = `
:root { color-scheme: light dark; --line: #d6d9de; --soft: #f4f5f7; --dim: #5c6470; --mark: #0b63c4; --ok: #1a7f4b; --warn: #a15c00 }
@media (prefers-color-scheme: dark) { :root { --line: #3a3f47; --soft: #22262c; --dim: #a0a8b4; --mark: #6db1ff; --ok: #5fd39a; --warn: #f0b35a } }
* { box-sizing: border-box }
body { margin: 0; font: 16px/1.55 system-ui, sans-serif; display: grid; grid-template-columns: 19rem minmax(0, 1fr); min-height: 100vh }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.2rem; border-right: 1px solid var(--line); background: var(--soft); font-size: .9rem }
nav summary { font-weight: 700; cursor: pointer }
nav h2 { font-size: .75rem; text-transform: uppercase; letter-spacing: .06em; color: var(--dim); margin: 1.2rem 0 .3rem }
nav ul { list-style: none; margin: 0; padding: 0 }
nav a { display: block; padding: .12rem .4rem; border-radius: 4px; text-decoration: none; overflow-wrap: anywhere }
nav a:hover { background: var(--line) }
a { color: var(--mark) }
main { max-width: 60rem; padding: 1.5rem 2.5rem 6rem }
h1 { line-height: 1.2 }
main > h2 { margin: 3rem 0 0; padding-bottom: .3rem; border-bottom: 2px solid var(--line) }
section { margin: 0 0 2rem; padding-top: 1.2rem; scroll-margin-top: .5rem }
section + section { border-top: 1px solid var(--line) }
section:target > h3 { color: var(--mark) }
h3 { margin: 0 0 .4rem; font-size: 1.15rem; overflow-wrap: anywhere }
h3 a { color: inherit; text-decoration: none }
h3 a:hover::after { content: " #"; color: var(--dim) }
h4 { margin: 1.2rem 0 .3rem; font-size: .85rem; text-transform: uppercase; letter-spacing: .05em; color: var(--dim) }
p { margin: .4rem 0 .8rem }
code, pre { font: .87em/1.5 ui-monospace, SFMono-Regular, Consolas, monospace }
:not(pre) > code { background: var(--soft); border: 1px solid var(--line); border-radius: 4px; padding: 0 .3em; overflow-wrap: anywhere }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: 6px; padding: .8rem 1rem; overflow-x: auto; margin: .4rem 0 }
.topic { display: block; padding: .5rem .8rem !important; font-weight: 600 }
.topic b { color: var(--mark); font-weight: 600 }
.tags { margin: .5rem 0; display: flex; flex-wrap: wrap; gap: .4rem }
.tags span { font-size: .78rem; border: 1px solid var(--line); border-radius: 99px; padding: .05rem .6rem; color: var(--dim) }
.get { color: var(--ok) } .post, .put, .patch { color: var(--warn) } .delete { color: #d1344b }
.wide { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: .9rem }
th { text-align: left; color: var(--dim); font-weight: 600 }
th, td { padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
td:first-child { white-space: nowrap }
td .req { color: var(--dim); font-size: .8em }
@media (max-width: 52rem) {
  body { display: block } main { padding: 1rem }
  nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line) }
}
`;
