// What the author of a case type can get wrong, and what a run says to it.

import { assertEquals } from "@std/assert";
import { HostError } from "../host/host.ts";
import { MemoryHost } from "../host/memory_host.ts";
import { CaseError } from "./case_error.ts";
import type { Json } from "./json.ts";
import { runSuite } from "./run_suite.ts";
import type { HarnessType, RunnableCase } from "./types/harness_type.ts";

type Compile = HarnessType["compile"];
type Run = RunnableCase["run"];

function typeWith(compile: Compile): HarnessType {
  return {
    name: "demo",
    keys: ["given"],
    harnessKeys: [],
    targets: { text: ["contain", "evaluate"] },
    capabilities: [],
    compile,
  };
}

/** A type that only runs. */
function running(run: Run): HarnessType {
  return typeWith(() => ({ exclusive: false, run }));
}

/** A type whose target has some value. */
function giving(value: unknown): HarnessType {
  return running((_context, judge) => {
    judge(() => value as Json);
    return Promise.resolve();
  });
}

function throwing(error: unknown): never {
  throw error;
}

const itself: unknown[] = [];
itself.push(itself);

/** A type, and `CATEGORY MESSAGE` of its only case; without a place in code. */
const MISTAKES: Readonly<Record<string, readonly [HarnessType, string]>> = {
  "no call of judge": [
    running(() => Promise.resolve()),
    'runtime case type "demo" never had the assertions judged: run() has to call judge()',
  ],
  "an error of JavaScript while it runs": [
    running(() => Promise.reject(new TypeError("no \x1b such"))),
    'runtime case type "demo" threw in run(): TypeError: no \\x1b such',
  ],
  "an error of JavaScript before it runs": [
    running(() => throwing(new RangeError("too far"))),
    'runtime case type "demo" threw in run(): RangeError: too far',
  ],
  "an error of JavaScript in compile": [
    typeWith(() => throwing(new Error("early"))),
    'runtime case type "demo" threw in compile(): Error: early',
  ],
  "something thrown that is no error": [
    running(() => Promise.reject("a text")),
    'runtime case type "demo" threw in run(): a text, which is no Error',
  ],
  "an error of the machine": [
    running(() => throwing(new HostError("ENOENT", "/data.db"))),
    "runtime /data.db: no such file or directory",
  ],
  "an error as it should be": [
    running(() => throwing(new CaseError("assertion", "it differs"))),
    "assertion it differs",
  ],
  "compile that waits": [
    typeWith((() => Promise.resolve({})) as unknown as Compile),
    'runtime case type "demo" made no runnable case: compile() returned a promise: compile() only checks, what takes time belongs into run()',
  ],
  "compile that returns nothing": [
    typeWith((() => undefined) as unknown as Compile),
    'runtime case type "demo" made no runnable case: compile() returned nothing that has a function run()',
  ],
  "judge without a reader": [
    running((_context, judge) => {
      judge("text" as unknown as () => Json);
      return Promise.resolve();
    }),
    'runtime case type "demo" called judge() without a function that reads targets',
  ],
  "a target without a value": [
    giving(undefined),
    'runtime case type "demo" has no value for target "text": it is undefined',
  ],
  "a date": [
    giving({ a: [new Date(0)] }),
    'runtime case type "demo" has no value for target "text": a Date is no JSON',
  ],
  "a large integer": [
    giving([1n]),
    'runtime case type "demo" has no value for target "text": a bigint is no JSON',
  ],
  "no number": [
    giving({ n: NaN }),
    'runtime case type "demo" has no value for target "text": NaN is no JSON',
  ],
  "a value inside itself": [
    giving(itself),
    'runtime case type "demo" has no value for target "text": it has more than a million parts, or contains itself',
  ],
};

async function failureOf(type: HarnessType): Promise<string> {
  const text = '{"id":"A","type":"demo",' +
    '"assert":{"target":"text","must":[{"contain":["x"]}]}}';
  const bytes = new TextEncoder().encode(text);
  let found = "";
  await runSuite({
    documents: [{ path: "p", format: "json", bytes }],
    types: new Map([["demo", type]]),
    reporters: [{
      case: ({ category, message }) => void (found = `${category} ${message}`),
      end() {},
    }],
  }, new MemoryHost());
  return found;
}

for (const [name, [type, wanted]] of Object.entries(MISTAKES)) {
  Deno.test(`the author of a case type is told: ${name}`, async () => {
    const [first = ""] = (await failureOf(type)).split("\n");
    const bare = first.replace(
      /p:\d+:\d+: (?:case_id=\S+ assert_path=\S+ target=text op=contain: )?/,
      "",
    );
    assertEquals(bare, wanted);
  });
}

Deno.test("the author of a case type is told where in the code it threw", async () => {
  const type = running(() => Promise.reject(new Error("here")));
  const [, place = ""] = (await failureOf(type)).split("\n");
  assertEquals(
    /^ {2}at .*_type_mistake_test\.ts:\d+:\d+\)?$/.test(place),
    true,
  );
});
