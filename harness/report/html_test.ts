import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { CaseResult } from "../case.ts";
import { htmlReport, htmlReporter } from "./html.ts";
import {
  EVERY_OUTCOME,
  fail,
  HOSTILE_RESULTS,
  manyResults,
  pass,
  skip,
  summaryOf,
} from "./html/_page_testing.ts";
import {
  attribute,
  type Element,
  elementsBelow,
  Page,
  textOf,
} from "./html/_parsed_testing.ts";
import type { SuiteSummary } from "./reporter.ts";

Deno.test("htmlReport() holds every case once, failures first, each with its message", () => {
  const page = new Page(EVERY_OUTCOME);
  assertEquals(
    page.classed("case").map((element) =>
      `${attribute(element, "id")} ${attribute(element, "class")} ${
        textOf(page.classed("id", elementsBelow(element))[0] ?? element)
      }`
    ),
    [
      "c2 case fail A-2",
      "c4 case fail B-1",
      "c5 case fail B-2",
      "c1 case pass A-1",
      "c3 case skip A-3",
      "c6 case pass B-3",
    ],
  );
  const failures = EVERY_OUTCOME.filter(({ status }) => status === "fail");
  assertEquals(
    page.named("pre").map(textOf),
    failures.map(({ message }) => message ?? ""),
  );
  assert(
    page.named("details").filter((one) =>
      page.classed("explained", elementsBelow(one)).length > 0
    ).every((one) => attribute(one, "open") === ""),
  );
});

Deno.test("htmlReport() says what became of a case, and how long it took", () => {
  const page = new Page(EVERY_OUTCOME);
  const rows = page.classed("row").map((row) => {
    const below = elementsBelow(row);
    const [mark] = page.classed("mark", below);
    return [
      mark && attribute(mark, "aria-label"),
      ...["title", "tags", "time"].map((name) =>
        page.classed(name, below).map(textOf).join("|")
      ),
    ].join(", ");
  });
  assertEquals(rows, [
    "failed, Shouts, assertion, 5 ms",
    "failed, , schema, 5 ms",
    "failed, , runtime, 1.2 s",
    "passed, Greets, slow, 70 ms",
    'skipped, skipped: missing capability "terminal", loud, ',
    "passed, Says good bye, , 20 ms",
  ]);
});

Deno.test("htmlReport() lists documents and the slowest cases, with links into the page", () => {
  const page = new Page(EVERY_OUTCOME);
  const [documents, slowest] = page.named("table").map((table) =>
    elementsBelow(table).filter(({ tagName }) => tagName === "td").map(textOf)
      .filter((text) => text !== "")
  );
  assertEquals(documents, [
    ...["docs/a.spec.md", "1", "1", "1", "75 ms"],
    ...["docs/b.spec.md", "2", "1", "0", "1.2 s"],
  ]);
  assertEquals(slowest?.slice(0, 6), [
    ...["B-2", "1.2 s", "A-1", "70 ms", "B-3", "20 ms"],
  ]);
});

Deno.test("htmlReport() has links that lead somewhere, whatever there is to show", () => {
  for (const status of ["pass", "fail", "skip"]) {
    const page = new Page(EVERY_OUTCOME.filter((one) => one.status === status));
    const ids = page.elements.map((one) => attribute(one, "id"));
    assertEquals(new Set(ids.filter(Boolean)).size, ids.filter(Boolean).length);
    const targets = page.named("a").map((link) =>
      attribute(link, "href") ?? ""
    );
    assert(targets.length > 1, status);
    for (const target of targets) assert(ids.includes(target.slice(1)), target);
  }
});

Deno.test("htmlReport() offers every status, category, tag and document with its count", () => {
  const page = new Page(EVERY_OUTCOME);
  assertEquals(page.named("label").map((one) => textOf(one).trim()), [
    ...["All 6", "Failed 3", "Passed 2", "Skipped 1", "These keys work"],
  ]);
  assertEquals(page.named("option").map(textOf), [
    ...["Category", "schema (1)", "assertion (1)", "runtime (1)"],
    ...["Tag", "loud (2)", "slow (3)"],
    ...["Document", "docs/a.spec.md (3)", "docs/b.spec.md (3)"],
  ]);
  const [second] = page.classed("case");
  assertEquals(second && attribute(second, "data-tags"), "0 1");
  assertEquals(second && attribute(second, "data-category"), "assertion");
});

Deno.test("htmlReport() tells of seed, shard, repetition and notes", () => {
  const shard = { index: 2, total: 7, plan: "", part: "" };
  const run = { seed: 42, repeat: 3, shard };
  const notes = ["broken  RP-1  A rule", "contract: 2 clauses"];
  const page = new Page(EVERY_OUTCOME, { run, notes });
  const [facts = ""] = page.texts("facts");
  for (const fact of ["seed 42", "repeated 3 times", "shard 2 of 7"]) {
    assertStringIncludes(facts, fact);
  }
  assertEquals(
    textOf(page.named("pre")[0] as Element),
    `${notes.join("\n")}\n`,
  );
  assertEquals(
    new Page(EVERY_OUTCOME).texts("facts")[0]?.includes("seed"),
    false,
  );
});

Deno.test("htmlReport() is the same for the same results but for durations", () => {
  const timeless = (factor: number) => {
    const results = EVERY_OUTCOME.map((result) => (
      { ...result, durationMs: result.durationMs * factor }
    ));
    const { html } = new Page(results, { durationMs: 5000 * factor });
    return html.replaceAll(/\d+(?:\.\d+)? m?s\b/g, "TIME");
  };
  assertEquals(timeless(1), timeless(3));
  assertEquals(new Page(HOSTILE_RESULTS).html, new Page(HOSTILE_RESULTS).html);
});

Deno.test("htmlReport() of a run without failures has no place for them", () => {
  const page = new Page([pass({ id: "A" }), skip({ id: "B" }, "why")]);
  assertEquals(page.named("h2").map(textOf), ["Passed and skipped 2"]);
  assertEquals(page.classed("verdict").map(textOf), [
    "1 of 2 cases passed, 1 skipped",
  ]);
  assertEquals(new Page([]).classed("case"), []);
});

Deno.test("htmlReport() makes the lists of a document short enough to be skipped", () => {
  const page = new Page(manyResults(1000, 10));
  const lists = page.named("ul").map((list) =>
    elementsBelow(list).filter(({ tagName }) => tagName === "li").length
  );
  assertEquals(lists.reduce((a, b) => a + b), 1000);
  assert(Math.max(...lists) <= 40);
});

Deno.test("htmlReporter() writes at the end, in pieces that stay small", () => {
  const sizes: number[] = [];
  let page = "";
  const reporter = htmlReporter({
    write: (piece) => {
      sizes.push(piece.length);
      page += piece;
    },
  });
  const results = manyResults(2000, 3);
  for (const result of results) reporter.case(result);
  assertEquals(sizes, []);
  reporter.end(summaryOf(results));
  assert(sizes.length > 5 && Math.max(...sizes) < 100_000, `${sizes}`);
  assertEquals(page, htmlReport(results, summaryOf(results)));
});

Deno.test("htmlReporter() writes nothing when a run stops early", () => {
  const reporter = htmlReporter({
    write: () => {
      throw new Error("written");
    },
  });
  reporter.case(pass({ id: "A" }));
  reporter.abort?.("interrupted");
});

Deno.test("htmlReport() says what kind of page it is", () => {
  const kind = (rest: Partial<SuiteSummary>) =>
    new Page([], rest).texts("kind");
  assertEquals(kind({}), ["Specification report"]);
  assertEquals(kind({ program: "image" }), ["Image report"]);
  assertEquals(kind({ task: "conformance" }), ["Conformance report"]);
  assertEquals(kind({ task: "lint" }), ["Lint report: nothing was run"]);
});

Deno.test("htmlReport() has an icon in the colour of the verdict", () => {
  const icon = (results: readonly CaseResult[]) => {
    const [link] = new Page(results).named("link");
    return /#\w{6}/.exec(decodeURIComponent(link?.attrs[1]?.value ?? ""))?.[0];
  };
  const skipped = skip({ id: "S" }, "why");
  assertEquals(
    [EVERY_OUTCOME, [pass({ id: "P" }), skipped], [skipped]].map(icon),
    ["#d93025", "#1e8e3e", "#e3a008"],
  );
});

Deno.test("htmlReport() lets long lines be moved with keys", () => {
  const page = new Page([
    fail({ id: "short" }, "schema", "wrong\n  a | b"),
    fail({ id: "long" }, "schema", `wrong\n  ${"x".repeat(100)}`),
  ]);
  assertEquals(
    page.named("pre").map((one) => attribute(one, "tabindex")),
    [undefined, "0"],
  );
});
