import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { consoleMethods } from "./_console.ts";

/** What both consoles are asked to print. */
const SCRIPT = `
const values = [1, "s", null, undefined, true, 10n, -0, Symbol("q"), [1, "a"],
  { a: "q", b: { c: { d: { e: { f: 1 } } } } }, new Map([["k", 1]]), Math.max,
  new Date(0), { long: "l".repeat(90), "odd key": "x" }, "two\\nlines", "%s"];
c.log();
c.log("");
for (const value of values) {
  c.log(value);
  c.error("text", value, "more");
  c.info("%s|", value);
  c.debug("%o|%O|%c|", value, value, "color: red");
}
for (const text of ["%%", "%% %s", "%", "a%", "%x %s", "%s %s"]) {
  c.warn(text);
  c.log(text, "one");
  c.log(text, "one", "two", { three: 3 });
}
for (const number of ["12.7", 12.7, "x", null, -1, 5n, {}]) {
  c.log("%d %i %f %j", number, number, number, { a: number === 5n ? 5 : number });
}
c.group("group %s", "one");
c.log("in\\nside");
c.warn({ a: 1, long: "l".repeat(90) });
c.groupCollapsed();
c.log("deeper");
c.groupEnd();
c.count();
c.count("x");
c.count();
c.countReset();
c.count();
c.groupEnd();
c.groupEnd();
c.log("outside");
c.dir({ a: { b: { c: {} } } });
c.dir({ a: { b: { c: {} } } }, { depth: 0 });
c.dir("%s");
c.assert(true, "no");
c.assert(false);
c.assert(false, "text %s", "x");
c.assert(false, { a: 1 }, "b");
`;

function collect() {
  const written = { out: "", err: "" };
  const methods = consoleMethods({
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    inspect: (value, options) => Deno.inspect(value, options),
  });
  return { written, console: Object.fromEntries(methods) };
}

Deno.test("consoleMethods() prints what Deno's console prints", async () => {
  const output = await new Deno.Command(Deno.execPath(), {
    args: ["eval", `const c = console;${SCRIPT}`],
    env: { NO_COLOR: "1" },
  }).output();
  const { written, console } = collect();
  new Function("c", SCRIPT)(console);
  const decoder = new TextDecoder();
  assertEquals(written.out, decoder.decode(output.stdout));
  assertEquals(written.err, decoder.decode(output.stderr));
});

Deno.test("consoleMethods() prints tables, timers and traces", () => {
  const { written, console } = collect();
  console["group"]?.();
  console["table"]?.([{ a: 1 }]);
  console["groupEnd"]?.();
  console["time"]?.("t");
  console["timeEnd"]?.("t");
  console["trace"]?.("here");
  assertStringIncludes(written.out, "  │ 0       │ 1 │\n");
  assertMatch(written.out, /^t: [\d.]+ms$/m);
  assertStringIncludes(written.err, "Trace: here\n    at ");
});
