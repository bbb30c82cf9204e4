// What a report says, read by programs that others wrote.

import { assertEquals } from "@std/assert";
import { Parser as MarkdownParser } from "commonmark";
import fc from "fast-check";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { Parser as TapParser } from "tap-parser";
import { validateXML } from "xmllint-wasm";
import { shortened } from "../../text/printable.ts";
import type { CaseResult } from "../case.ts";
import { placedMessage } from "./_place.ts";
import { plainLine, plainText } from "./_plain.ts";
import { recordedRun } from "./_runs_testing.ts";
import { makerOf, recordSuite, replay, reportOf } from "./_suite_testing.ts";
import type { RecordedRun } from "./read_ndjson.ts";

const suite = await recordSuite();

/** Holds for the suite with every outcome, and for a hundred at random. */
async function always(
  format: string,
  check: (report: string, run: RecordedRun) => void,
): Promise<void> {
  const make = await makerOf(format);
  const reportOf = (run: RecordedRun) => {
    let text = "";
    replay(run, make({ write: (piece) => void (text += piece) }, {}));
    return text;
  };
  check(reportOf(suite), suite);
  const property = fc.property(recordedRun, (run) => check(reportOf(run), run));
  fc.assert(property, {
    seed: Number(Deno.env.get("SEED") ?? "1"),
    numRuns: Number(Deno.env.get("RUNS") ?? "100"),
  });
}

/** A test point, as an independent parser sees it. */
interface Point {
  readonly ok: boolean;
  readonly name: string;
  readonly skip: boolean | string;
  readonly diag: Readonly<Record<string, unknown>>;
  readonly time: number;
}

Deno.test("an independent parser reads from the TAP report what is told", async () => {
  await always("tap", (report, { results }) => {
    const events = TapParser.parse(report) as [string, unknown][];
    // What the parser does not understand is `extra`.
    const strange = events.find(([kind]) => kind === "extra");
    assertEquals(strange, undefined);
    const points = events.filter(([kind]) => kind === "assert")
      .map(([, point]) => point as Point);
    assertEquals(points.map(readPoint), results.map(pointOf));
  });
});

function readPoint({ ok, skip, name, diag }: Point): unknown {
  const { tags = [], clauses, message, at } = diag;
  const status = ok ? skip === false ? "pass" : "skip" : "fail";
  return { status, name, tags, clauses, message, at };
}

function pointOf(result: CaseResult): unknown {
  const { location: { path, line, column }, text } = placedMessage(result);
  const { id, status, tags, clauses = [] } = result;
  return {
    status,
    name: plainLine(id).trim().replace(/\{$/, "\\x7b"),
    tags: tags.map(plainLine),
    clauses: clauses.length === 0 ? undefined : clauses.map(plainLine),
    message: status === "fail" ? plainText(text) : undefined,
    at: { file: plainLine(path), line, column },
  };
}

const SCHEMA = Deno.readTextFileSync(
  new URL("testdata/junit.xsd", import.meta.url),
);

Deno.test("the JUnit report is valid by the schema of Jenkins", async () => {
  const runs = [suite, ...fc.sample(recordedRun, { seed: 2, numRuns: 50 })];
  const reports = await Promise.all(runs.map((run) => reportOf("junit", run)));
  const broken = (reports[0] ?? "").replace(" name=", " nom=");
  const xml = [...reports, broken].map((contents, index) => ({
    fileName: `${index}.xml`,
    contents,
  }));
  const { errors } = await validateXML({ xml, schema: [SCHEMA] });
  const faulty = errors.map(({ loc }) => loc?.fileName);
  assertEquals([...new Set(faulty)], [`${reports.length}.xml`]);
});

/** An element, as an independent parser sees it. */
type Element = Readonly<Record<string, unknown>>;

const XML = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseAttributeValue: false,
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => ["testsuite", "testcase"].includes(name),
});

function elements(parent: unknown, name: string): Element[] {
  const found = (parent as Element)[name];
  return Array.isArray(found) ? found : [];
}

Deno.test("an independent parser reads from the JUnit report what is told", async () => {
  await always("junit", (report, { results, summary }) => {
    assertEquals(XMLValidator.validate(report), true);
    const root = XML.parse(report)["testsuites"] as Element;
    const suites = elements(root, "testsuite");
    const points = suites.flatMap((one) => elements(one, "testcase"));
    const documents = [...Map.groupBy(results, ({ location }) => location.path)]
      .flatMap(([, cases]) => cases);
    assertEquals(points.map(readTestCase), documents.map(testCaseOf));
    const { total, categories: { schema, assertion, runtime } } = summary;
    assertEquals(
      [root["tests"], root["failures"], root["errors"]],
      [total, assertion, schema + runtime].map(String),
    );
  });
});

function readTestCase(element: Element): unknown {
  const { name, classname, skipped, failure, error } = element;
  const { type, ...body } = (failure ?? error ?? {}) as Element;
  const output = String(element["system-out"]);
  const properties = output.split("\n").map((line) =>
    /^\[\[PROPERTY\|(\w+)=(.*)\]\]$/s.exec(line)?.slice(1)
  );
  return {
    name,
    classname,
    skipped,
    isFailure: failure !== undefined,
    category: type,
    message: body["#text"] ?? (type === undefined ? undefined : ""),
    properties,
  };
}

function testCaseOf(result: CaseResult): unknown {
  const { status, category, message, tags, clauses = [] } = result;
  const { skipReason = "no reason given" } = result;
  return {
    name: plainLine(result.id),
    classname: plainLine(result.location.path),
    skipped: status === "skip" ? plainLine(skipReason) : undefined,
    isFailure: category === "assertion",
    category: category ?? undefined,
    message: message === null ? undefined : plainText(message),
    properties: [
      ...(result.type === undefined ? [] : [["type", plainLine(result.type)]]),
      ...(result.title === undefined
        ? []
        : [["title", plainLine(result.title)]]),
      ...tags.map((tag) => ["tag", plainLine(tag)]),
      ...clauses.map((clause) => ["clause", plainLine(clause)]),
      ["line", `${result.location.line}`],
    ],
  };
}

/** A workflow command, read as the runner reads it. */
function readCommand(line: string): unknown {
  const end = line.indexOf("::", 2);
  const [, name = "", list = ""] =
    /^(\S+)(?: (.*))?$/.exec(line.slice(2, end)) ?? [];
  const pairs = list.split(",").map((pair) => {
    const cut = pair.indexOf("=");
    return [pair.slice(0, cut), unescaped(pair.slice(cut + 1))];
  });
  const text = unescaped(line.slice(end + 2));
  return { name, ...Object.fromEntries(pairs), text };
}

// Source: `ActionCommand` of actions/runner.
function unescaped(text: string): string {
  const codes = [["%0D", "\r"], ["%0A", "\n"], ["%3A", ":"], ["%2C", ","]];
  return [...codes, ["%25", "%"]].reduce(
    (done, [code = "", character = ""]) => done.replaceAll(code, character),
    text,
  );
}

Deno.test("the runner reads from the GitHub report what is told, and no other command", async () => {
  await always("github", (report, { results, summary }) => {
    const lines = report.split("\n").filter((line) => line !== "");
    const commands = lines.filter((line) => /^\s*::|##\[/.test(line));
    const failures = results.filter(({ status }) => status === "fail");
    const isNothing = results.length > 0 &&
      results.every(({ status }) => status === "skip");
    assertEquals(lines.length - commands.length, 1);
    const wanted = failures.map((failure) => {
      const { location: { path, line, column }, text } = placedMessage(failure);
      return {
        name: "error",
        file: plainLine(path),
        line: `${line}`,
        col: `${column}`,
        title: `${plainLine(shortened(failure.id))} (${failure.category})`,
        text: plainText(text),
      };
    });
    assertEquals<unknown>(commands.map(readCommand), [
      ...wanted,
      ...(isNothing
        ? [{
          name: "error",
          title: "Nothing was checked",
          text: "nothing was checked: every case was skipped",
        }]
        : []),
      ...((summary.notes ?? []).length > 0
        ? [{
          name: "notice",
          title: `Notes of ${summary.program}`,
          text: plainText((summary.notes ?? []).join("\n")),
        }]
        : []),
    ]);
  });
});

/** What a reader of Markdown makes of a page: its blocks, in order. */
function blocksOf(page: string): readonly (readonly [string, string])[] {
  const blocks: [string, string][] = [];
  const walker = new MarkdownParser().parse(page).walker();
  for (let step = walker.next(); step !== null; step = walker.next()) {
    const { node, entering } = step;
    if (!entering || node.type === "document") continue;
    blocks.push([node.type, node.literal ?? ""]);
  }
  return blocks;
}

Deno.test("a reader of Markdown sees every failure as it is, and nothing that a case made up", async () => {
  await always("markdown", (report, { results }) => {
    const blocks = blocksOf(report);
    const failures = results.filter(({ status }) => status === "fail");
    const known = [
      "heading",
      "paragraph",
      "text",
      "softbreak",
      "html_block",
      "code_block",
    ];
    assertEquals(blocks.filter(([type]) => !known.includes(type)), []);
    const codes = blocks.filter(([type]) => type === "code_block");
    assertEquals(
      codes.slice(0, failures.length).map(([, text]) => text),
      failures.map((failure) => {
        const { location: { path, line, column }, text } = placedMessage(
          failure,
        );
        return plainText(`${path}:${line}:${column}\n${text}\n`);
      }),
    );
    const html = blocks.filter(([type]) => type === "html_block")
      .map(([, text]) => text).join("\n");
    const tags = [...html.matchAll(/<\/?([a-z]+)/g)].map(([, tag]) =>
      tag ?? ""
    );
    const allowed = ["details", "summary", "code", "table", "tr", "td"];
    assertEquals(tags.filter((tag) => !allowed.includes(tag)), []);
    const count = (tag: string) => html.split(tag).length - 1;
    assertEquals(count("<details"), count("</details>"));
  });
});
