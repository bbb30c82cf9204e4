/**
 * The page of the HTML report in a real browser, without a mouse.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { ALL, looksAt } from "./_usual_page.ts";
import { browserTests, settled, shownIds } from "./_visit.ts";

const look = looksAt(browserTests());

const FOCUS = `(() => {
  const { activeElement: at } = document;
  return at.closest(".case")?.querySelector(".id").textContent ?? (at.id || at.tagName);
})()`;

look("keys search, and go from failure to failure", async (one) => {
  const { keyboard } = one.page;
  const press = async (...keys: Parameters<typeof keyboard.press>[0][]) => {
    for (const key of keys) await keyboard.press(key);
    return await one.ask(FOCUS);
  };
  assertEquals(await press("/"), "q");
  await keyboard.type("b-");
  await settled(one);
  assertEquals(await shownIds(one), ["B-1", "B-2", "B-3"]);
  assertEquals(await one.ask("document.querySelector('#q').value"), "b-");
  assertEquals(await press("Escape"), "q");
  assertEquals(await shownIds(one), ALL);
  assertEquals(await press("Escape"), "BODY");
  assertEquals(await press("j"), "A-2");
  assertEquals(await press("j"), "B-1");
  assertEquals(await press("j", "j"), "B-2");
  assertEquals(await press("k"), "B-1");
  assertEquals(
    await one.ask("document.querySelector('#c4 details').open"),
    true,
  );
  await press("Enter");
  assertEquals(
    await one.ask("document.querySelector('#c4 details').open"),
    false,
  );
  await one.page.focus("#keys");
  await press("Space");
  assertEquals(await press("j", "/"), "keys");
  await one.page.reload();
  assertEquals(await press("/"), "BODY");
});

look(
  "the tab key reaches everything, in the order of the page, and it shows",
  async (one) => {
    const stops: string[] = [];
    for (let count = 0; count < 40; count++) {
      await one.page.keyboard.press("Tab");
      const stop = await one.ask<string | null>(`(() => {
      const { activeElement: at } = document;
      if (at === document.body) return null;
      const seen = at.matches("[type=radio]") ? at.parentElement : at;
      const { outlineStyle, outlineWidth } = getComputedStyle(seen);
      const { top, bottom } = seen.getBoundingClientRect();
      if (outlineStyle === "none" || outlineWidth === "0px") return "no outline: " + at.outerHTML;
      if (bottom < 0 || top > innerHeight) return "out of sight: " + at.outerHTML;
      return at.id || at.name || at.closest("[id]").id + " " + at.tagName.toLowerCase();
    })()`);
      if (stop === null) break;
      stops.push(stop);
    }
    assertEquals(stops, [
      ...["skip", "theme", "notes summary", "notes pre", "documents summary"],
      ...[
        "slowest summary",
        "q",
        "status",
        "category",
        "tag",
        "document",
        "fold",
      ],
      ...[
        "c2 summary",
        "c2 a",
        "c4 summary",
        "c4 a",
        "c5 summary",
        "c5 a",
        "keys",
      ],
    ]);
  },
);

look("statuses are chosen with arrows", async (one) => {
  await one.page.focus("[name=status]");
  await one.page.keyboard.press("ArrowRight");
  assertEquals(await shownIds(one), ["A-2", "B-1", "B-2"]);
});
