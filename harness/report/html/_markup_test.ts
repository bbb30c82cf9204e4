import { assertEquals } from "@std/assert";
import { type Markup, markup, markupLines, trusted } from "./_markup.ts";

const OUTSIDE = `<b title="x" class='y'>&amp;\u202e\n`;
const ESCAPED =
  "&lt;b title=&quot;x&quot; class=&#39;y&#39;&gt;&amp;amp;\\u{202e}\\n";

/** What is put into templates, and what comes out. */
const MADE: readonly (readonly [Markup, string])[] = [
  [
    markup`<p id="${OUTSIDE}">${OUTSIDE}</p>`,
    `<p id="${ESCAPED}">${ESCAPED}</p>`,
  ],
  [markup`<p>${markup`<b>${OUTSIDE}</b>`}</p>`, `<p><b>${ESCAPED}</b></p>`],
  [markup`${[markup`<i>`, markup`</i>`]}${[]}${undefined}`, "<i></i>"],
  [markup`${0}${-1.5}`, "0-1.5"],
  [markup`a\n${trusted("<hr>")}`, "a\n<hr>"],
  [markup`${markupLines(`1 < 2\n\t3`)}`, "1 &lt; 2\n\\t3"],
];

Deno.test("markup() escapes whatever is not markup", () => {
  for (const [made, html] of MADE) assertEquals(`${made}`, html);
});
