/**
 * The page of the HTML report in a real browser: hostile, large, small, printed.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import axe from "axe-core";
import { htmlReport } from "../../harness/report/html.ts";
import {
  EVERY_OUTCOME,
  fail,
  HOSTILE,
  HOSTILE_RESULTS,
  manyResults,
  pass,
  skip,
  summaryOf,
} from "../../harness/report/html/_page_testing.ts";
import { browserTests, settled, shownIds, visit } from "./_visit.ts";

const PAGES = {
  usual: htmlReport(
    EVERY_OUTCOME,
    summaryOf(EVERY_OUTCOME, { notes: ["contract: 2 clauses: 1 broken"] }),
  ),
  passed: htmlReport(
    [pass({ id: "A-1" })],
    summaryOf([pass({ id: "A-1" })]),
  ),
  hostile: htmlReport(
    HOSTILE_RESULTS,
    summaryOf(HOSTILE_RESULTS, { notes: HOSTILE }),
  ),
};

const test = browserTests();

test("hostile text stays text: nothing runs, opens, loads or hides", async (browser) => {
  await visit(browser, PAGES.hostile, {}, async (one) => {
    const { page, ask } = one;
    assertEquals((await shownIds(one)).length, HOSTILE_RESULTS.length);
    assertEquals(
      await page.title(),
      "20 of 60 cases failed – Specification report",
    );
    for (const text of HOSTILE.slice(0, 12)) {
      await page.type("#q", text.slice(0, 20));
      await settled(one);
      assert((await shownIds(one)).length >= 3, text);
      await page.keyboard.press("Escape");
    }
    for (const name of ["tag", "document"]) {
      await page.select(`#${name}`, "3");
      assertEquals((await shownIds(one)).length, 3);
      await page.select(`#${name}`, "");
    }
    await page.click("#fold");
    await page.click("#fold");
    assertEquals(await ask("document.querySelectorAll('script').length"), 1);
    assertEquals(await ask("getComputedStyle(document.body).display"), "block");
  });
});

test("the policy of the page stops what would get past the escapes", async (browser) => {
  await visit(browser, PAGES.usual, {}, async ({ page, ask, complaints }) => {
    await ask(`document.body.insertAdjacentHTML("beforeend",
      "<img src=x onerror=hit()><iframe srcdoc='<script>parent.hit()</script>'></iframe>" +
      "<a id=bad href='javascript:hit()'>bad</a><form id=form action=/form></form>")`);
    await ask(
      `document.body.append(Object.assign(document.createElement("script"),
      { textContent: "hit()" }))`,
    );
    await ask(`fetch("/fetched").catch(() => {})`);
    await page.click("#bad");
    await ask(`document.querySelector("#form").submit()`);
    await ask("new Promise((done) => setTimeout(done, 100))");
    const blocked = complaints.splice(0);
    assert(blocked.length >= 5, blocked.join("\n"));
    for (const one of blocked) {
      assert(/Content Security Policy|Failed to load/.test(one), one);
    }
  });
});

const AXE = {
  runOnly: [
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "best-practice",
  ],
  // Browsers let keys move whatever scrolls, which axe does not know: see below.
  rules: { "scrollable-region-focusable": { enabled: false } },
};

for (const width of [390, 1440]) {
  for (const scheme of ["light", "dark"] as const) {
    for (const [name, html] of Object.entries(PAGES)) {
      test(`axe finds nothing: ${name}, ${width} pixels, ${scheme}`, async (browser) => {
        await visit(browser, html, { width, scheme }, async ({ page, ask }) => {
          await page.evaluate(axe.source);
          await ask(
            "document.querySelectorAll('details').forEach((one) => one.open = true)",
          );
          const found = await ask<readonly unknown[]>(
            `axe.run(${JSON.stringify(AXE)}).then(({ violations }) =>
              violations.map(({ id, nodes }) => [id, nodes[0].html, nodes[0].failureSummary]))`,
          );
          assertEquals(found, []);
        });
      });
    }
  }
}

test("the tab key reaches a message that is wider than a phone", async (browser) => {
  const results = [
    fail({ id: "A" }, "assertion", `wanted\n  ${"x".repeat(70)}`),
  ];
  const html = htmlReport(results, summaryOf(results));
  await visit(browser, html, { width: 390 }, async ({ page, ask }) => {
    await page.focus("#c1 summary");
    await page.keyboard.press("Tab");
    assertEquals(await ask("document.activeElement.tagName"), "PRE");
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction("document.activeElement.scrollLeft > 0");
  });
});

for (const width of [320, 390, 768]) {
  test(`nothing is wider than a screen of ${width} pixels`, async (browser) => {
    for (const html of Object.values(PAGES)) {
      await visit(browser, html, { width }, async ({ ask }) => {
        await ask(
          "document.querySelectorAll('details').forEach((one) => one.open = true)",
        );
        assertEquals(await ask("document.documentElement.scrollWidth"), width);
      });
    }
  });
}

test("long words are broken, not cut off", async (browser) => {
  const word = "w".repeat(250);
  const saying = {
    id: word,
    path: word,
    title: word,
    type: word,
    tags: [word],
  };
  const results = [fail(saying, "schema", word), skip(saying, word)];
  const html = htmlReport(results, summaryOf(results));
  await visit(browser, html, { width: 390 }, async ({ ask }) => {
    await ask(
      "document.querySelectorAll('details').forEach((one) => one.open = true)",
    );
    const outside = await ask(`[...document.querySelectorAll("span, p, a, h3")]
      .filter((one) => one.closest(".scroll") === null)
      .filter((one) => one.getBoundingClientRect().right > 390)
      .map((one) => one.className)`);
    assertEquals(outside, []);
  });
});

test("on paper there are all messages and no controls, also of what is folded", async (browser) => {
  await visit(
    browser,
    PAGES.usual,
    { scheme: "dark" },
    async ({ page, ask }) => {
      await page.click("#fold");
      await page.emulateMediaType("print");
      assertEquals(
        await ask(`[...document.querySelectorAll("button, input, select")]
        .filter((one) => one.checkVisibility()).length`),
        0,
      );
      assertEquals(
        await ask(`[...document.querySelectorAll(".explained pre")]
        .map((one) => one.checkVisibility())`),
        [true, true, true],
      );
      assertEquals(
        await ask("getComputedStyle(document.body).backgroundColor"),
        "rgb(255, 255, 255)",
      );
      assert((await page.pdf()).length > 10_000);
    },
  );
});

test("the page works in a frame that may not remember anything", async (browser) => {
  const frame =
    `<!DOCTYPE html><link rel=icon href=data:,><iframe sandbox="allow-scripts" srcdoc="${
      PAGES.usual.replaceAll("&", "&amp;").replaceAll('"', "&quot;")
    }" width=1200 height=800></iframe>`;
  await visit(browser, frame, {}, async ({ page }) => {
    const inner = await page.waitForFrame((one) => one.parentFrame() !== null);
    await (await inner.waitForSelector("label:has([value=skip])"))?.click();
    await (await inner.waitForSelector("#theme"))?.click();
    assertEquals(
      await shownIds({ ask: (text) => inner.evaluate(text) as never }),
      ["A-3"],
    );
  });
});

// Far more than is needed; thousands of lists laid out one by one need more.
const SOON_MS = 2500;

test("10,000 cases are filtered soon", async (browser) => {
  const results = manyResults(10_000, 9);
  const start = performance.now();
  const html = htmlReport(results, summaryOf(results));
  const writtenMs = performance.now() - start;
  await visit(browser, html, {}, async (one) => {
    const loadedMs = performance.now() - start - writtenMs;
    const times: Record<string, number> = {};
    for (
      const [id, value] of [["tag", "3"], ["q", "99 is"], ["q", ""], [
        "tag",
        "",
      ]]
    ) {
      times[`${id}=${value}`] = await one.ask<number>(`(async () => {
        const start = performance.now();
        document.querySelector("#${id}").value = ${JSON.stringify(value)};
        document.querySelector("#filters").dispatchEvent(new Event("change"));
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        return Math.round(performance.now() - start);
      })()`);
    }
    assertEquals((await shownIds(one)).length, 10_000);
    const size = new TextEncoder().encode(html).length;
    console.log({ size, writtenMs, loadedMs, ...times });
    for (const [what, ms] of Object.entries(times)) {
      assert(ms < SOON_MS, `${what}: ${ms} ms`);
    }
  });
});
