/**
 * The page of the HTML report in a real browser: read, searched, filtered.
 *
 * ```sh
 * deno task test:browser
 * ```
 *
 * @module
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { EVERY_OUTCOME } from "../../harness/report/html/_page_testing.ts";
import { ALL, looksAt, PAGE } from "./_usual_page.ts";
import { browserTests, settled, shownIds, visit } from "./_visit.ts";

const test = browserTests();
const look = looksAt(test);

look(
  "without scripts every case is there, every message, and no control",
  async ({ ask }) => {
    for (const [index, result] of EVERY_OUTCOME.entries()) {
      const text = await ask<string>(`(() => {
      const one = document.querySelector("#c${index + 1}");
      one.scrollIntoView();
      return one.innerText;
    })()`);
      for (const line of (result.message ?? result.id).split("\n")) {
        assertStringIncludes(text, line);
      }
    }
    assertEquals(await shownIds({ ask }), ALL);
    assertEquals(
      await ask(`[...document.querySelectorAll("button, input, select")]
      .filter((one) => one.checkVisibility()).length`),
      0,
    );
  },
  { scripts: false },
);

/** What is typed into the search, and what is left. */
const SEARCHES: readonly (readonly [string, readonly string[]])[] = [
  ["", ALL],
  ["GREETS", ["A-1"]],
  ["hello ada", ["A-2"]],
  ["ada hello", ["A-2"]],
  ["docs/b", ["B-1", "B-2", "B-3"]],
  ["terrafrom", ["B-2"]],
  ["loud", ["A-2", "A-3"]],
  ["capability", ["A-3"]],
  ["schema", ["B-1"]],
  ["greets terrafrom", []],
  ["<b>", []],
];

for (const [words, ids] of SEARCHES) {
  look(`search for ${JSON.stringify(words)}`, async (one) => {
    await one.page.type("#q", words);
    await settled(one);
    assertEquals(await shownIds(one), ids);
    const shown = await one.ask("document.querySelector('#shown').textContent");
    assertEquals(shown, words === "" ? "6 cases" : `${ids.length} of 6 shown`);
    const isEmpty = "document.querySelector('#nothing').checkVisibility()";
    assertEquals(await one.ask(isEmpty), ids.length === 0);
  });
}

/** What is chosen, and what is left. */
const FILTERS:
  readonly (readonly [Record<string, string>, readonly string[]])[] = [
    [{ status: "fail" }, ["A-2", "B-1", "B-2"]],
    [{ status: "pass" }, ["A-1", "B-3"]],
    [{ status: "skip" }, ["A-3"]],
    [{ category: "schema" }, ["B-1"]],
    [{ category: "runtime" }, ["B-2"]],
    [{ tag: "0" }, ["A-2", "A-3"]],
    [{ tag: "1" }, ["A-2", "B-2", "A-1"]],
    [{ document: "0" }, ["A-2", "A-1", "A-3"]],
    [{ document: "1", tag: "1" }, ["B-2"]],
    [{ document: "0", status: "fail", category: "assertion" }, ["A-2"]],
    [{ status: "pass", category: "schema" }, []],
  ];

for (const [chosen, ids] of FILTERS) {
  look(`filter by ${JSON.stringify(chosen)}`, async (one) => {
    for (const [name, value] of Object.entries(chosen)) {
      if (name === "status") {
        await one.page.click(`label:has([value="${value}"])`);
      } else await one.page.select(`#${name}`, value);
    }
    assertEquals(await shownIds(one), ids);
    const address = new URLSearchParams(
      await one.ask<string>("location.hash.slice(2)"),
    );
    assertEquals(Object.fromEntries(address), chosen);
    await one.page.reload();
    assertEquals(await shownIds(one), ids);
    await one.page.click(ids.length === 0 ? "#nothing .clear" : "#clear");
    assertEquals(await shownIds(one), ALL);
  });
}

look(
  "a click on a tag filters by it, another one does not any more",
  async (one) => {
    await one.page.click("#c2 .origin .tag:nth-child(1)");
    assertEquals(await shownIds(one), ["A-2", "A-3"]);
    await one.page.click("#c3 .tag");
    assertEquals(await shownIds(one), ALL);
  },
);

look("headings say how much of them is left", async (one) => {
  await one.page.type("#q", "b-2");
  await settled(one);
  assertEquals(
    await one.ask(`[...document.querySelectorAll("h2, h3")]
      .filter((each) => each.checkVisibility())
      .map((each) => each.innerText.replace(/\\s+/g, " "))`),
    ["Failures 1 of 3 Fold or unfold all", "docs/b.spec.md 1 of 2"],
  );
});

look("a link to a case leads to it, though a filter hides it", async (one) => {
  assertEquals(await shownIds(one), ["A-3"]);
  await one.page.click("#slowest summary");
  await one.page.click("#slowest a");
  await settled(one);
  assertEquals(await shownIds(one), ALL);
  assertEquals(await one.ask("location.hash"), "#c5");
  const { top } = await one.ask<{ top: number }>(
    "document.querySelector('#c5').getBoundingClientRect().toJSON()",
  );
  assert(top >= 0 && top < 850, `${top}`);
}, { hash: "#?status=skip" });

look(
  "an address that names what is not there shows everything",
  async (one) => {
    assertEquals(await shownIds(one), ALL);
    assertEquals(
      await one.ask(
        "[...document.querySelectorAll('select')].map((each) => each.selectedIndex)",
      ),
      [0, 0, 0],
    );
  },
  { hash: "#?status=no&category=__proto__&tag=99&document=x&other=1" },
);

look("all failures fold and unfold at once", async (one) => {
  const open = () =>
    one.ask("document.querySelectorAll('.fail details[open]').length");
  await one.page.click("#fold");
  assertEquals(await open(), 0);
  await one.page.click("#fold");
  assertEquals(await open(), 3);
});

const BACKGROUND = "getComputedStyle(document.body).backgroundColor";

test("the page is light or dark as the system is, or as it is told", async (browser) => {
  const seen: unknown[] = [];
  for (const scheme of ["light", "dark"] as const) {
    await visit(browser, PAGE, { scheme }, async ({ page, ask }) => {
      const colours = [await ask(BACKGROUND)];
      for (const _ of "123") {
        await page.click("#theme");
        colours.push(await ask(BACKGROUND));
      }
      await page.click("#theme");
      await page.reload();
      colours.push(await ask(BACKGROUND));
      seen.push(colours);
    });
  }
  const [light, dark] = ["rgb(245, 246, 248)", "rgb(14, 17, 22)"];
  assertEquals(seen, [
    [light, dark, light, light, dark],
    [dark, light, dark, dark, light],
  ]);
});
