import { assertEquals, assertThrows } from "@std/assert";
import { examplesIn } from "./_examples.ts";

/** A comment, or a page, with a fence for every tilde fence of the text. */
function fenced(text: string): string {
  return text.replaceAll("~", "`");
}

const SOURCE = fenced(`/**
 * ~~~ts
 * one();
 *
 *   two();
 * ~~~
 *
 * ~~~sh
 * three
 * ~~~
 */
export const a = 1;
// ~~~ts
/* ~~~ts
 * ~~~ */

  /** Indented.
   * ~~~ts no-assert
   * four();
   * ~~~
   */
  export const b = 1;
`);

const PAGE = fenced(`# Page

~~~ts file=one.ts
one();
~~~

~~~
two
~~~

~~~ts ignore
three();
~~~
`);

Deno.test("examplesIn() finds what says that it is ts, in comments and pages", () => {
  assertEquals(examplesIn("a.ts", SOURCE), [
    { from: 2, to: 7, code: "one();\n\n  two();\n" },
    { from: 18, to: 21, code: "four();\n" },
  ]);
  assertEquals(examplesIn("a.md", PAGE), [{
    from: 3,
    to: 6,
    code: "one();\n",
  }]);
});

Deno.test("examplesIn() finds the examples that the runtime finds", async () => {
  const files = [["a.md", PAGE], ["a.ts", SOURCE]] as const;
  const folder = await Deno.makeTempDir({ prefix: "runner-examples-" });
  try {
    for (const [name, text] of files) {
      // The runtime does not tell of what it has checked before.
      const fresh = text.replaceAll(/\w+\(\);/g, `console.log("${folder}");`);
      await Deno.writeTextFile(`${folder}/${name}`, fresh);
    }
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--no-config", "--doc", ...files.map(([name]) => name)],
      cwd: folder,
      env: { NO_COLOR: "1" },
    }).output();
    const told = new TextDecoder().decode(stderr);
    assertEquals(success, true, told);
    assertEquals(
      Array.from(told.matchAll(/^Check (.*#.*)\.ts$/gm), ([, name]) => name)
        .toSorted(),
      files.flatMap(([name, text]) =>
        examplesIn(name, text).map(({ from, to }) => `${name}#${from}-${to}`)
      ).toSorted(),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("examplesIn() refuses a fence that the runtime may see differently", () => {
  const table: Readonly<Record<string, string>> = {
    "/**\n * ~~~ts\n */": "Cannot read f.ts:2: no closing fence",
    "/**\n * ~~~\n * ~~~\n */":
      'Cannot tell what f.ts:2 is: the fence says "": say "ts" for what runs',
    "/**\n * ~~~js\n * ~~~\n */":
      'Cannot tell what f.ts:2 is: the fence says "js": say "ts" for what runs',
  };
  for (const [text, message] of Object.entries(table)) {
    assertThrows(() => examplesIn("f.ts", fenced(text)), SyntaxError, message);
  }
});
