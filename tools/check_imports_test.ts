import { assertEquals } from "@std/assert";
import { checkArrows, readSources, type SourceFile } from "./check_imports.ts";

const ROOT = new URL("../", import.meta.url).pathname.replace(/\/$/, "");

function file(path: string, ...lines: string[]): SourceFile {
  return { path, text: lines.join("\n") };
}

const WRONG: readonly (readonly [string, readonly SourceFile[], string])[] = [
  [
    "the entrypoint knows the harness",
    [
      file("runner/main.ts", 'import { x } from "../harness/x.ts";'),
      file("harness/x.ts"),
    ],
    "runner/main.ts: runner must not import harness/x.ts",
  ],
  [
    "the harness knows the entrypoint",
    [
      file("harness/x.ts", 'export * from "../runner/main.ts";'),
      file("runner/main.ts"),
    ],
    "harness/x.ts: harness must not import runner/main.ts",
  ],
  [
    "the harness knows its image part",
    [
      file("harness/x.ts", 'import type { T } from "./image/t.ts";'),
      file("harness/image/t.ts"),
    ],
    "harness/x.ts: harness must not import harness/image/t.ts",
  ],
  [
    "the host knows a tool",
    [
      file("host/host.ts", 'const m = await import("../runner/main.ts");'),
      file("runner/main.ts"),
    ],
    "host/host.ts: host must not import runner/main.ts",
  ],
  [
    "an import over several lines",
    [
      file(
        "text/a.ts",
        "import {",
        "  b,",
        '} from "../host/host.ts";',
      ),
      file("host/host.ts"),
    ],
    "text/a.ts: text must not import host/host.ts",
  ],
  [
    "a tool of the house in the product",
    [file("runner/a.ts", 'import { build } from "../tools/build.ts";')],
    "runner/a.ts: runner must not import tools/build.ts",
  ],
  [
    "another library",
    [file("runner/a.ts", 'import chalk from "npm:chalk@5";')],
    "runner/a.ts: only @std is imported, got npm:chalk@5",
  ],
  [
    "another library by the name that deno.json gives it for tests",
    [file("runner/a.ts", 'import { Ajv } from "ajv";')],
    "runner/a.ts: only @std is imported, got ajv",
  ],
  [
    "the runtime named outside of the host",
    [file("runner/a.ts", "const code = Deno.uid();")],
    "runner/a.ts: only the host names Deno",
  ],
  [
    "a cycle",
    [
      file("text/a.ts", 'import { b } from "./b.ts";'),
      file("text/b.ts", 'import { a } from "./a.ts";'),
    ],
    "text/a.ts: cycle text/a.ts -> text/b.ts -> text/a.ts",
  ],
];

for (const [name, files, problem] of WRONG) {
  Deno.test(`checkArrows() finds: ${name}`, () => {
    assertEquals(checkArrows(files), [problem]);
  });
}

Deno.test("checkArrows() allows the arrows there are", () => {
  assertEquals(
    checkArrows([
      file(
        "cli.ts",
        'import { main } from "./runner/main.ts";',
        "Deno.exit();",
      ),
      file(
        "runner/main.ts",
        'import type { Host } from "../host/host.ts";',
        'import config from "../deno.json" with { type: "json" };',
      ),
      file("host/host.ts"),
      file(
        "harness/image/v.ts",
        'import { main } from "../../runner/main.ts";',
      ),
    ]),
    [],
  );
});

Deno.test("checkArrows() is not misled by comments and strings", () => {
  assertEquals(
    checkArrows([
      file(
        "runner/a.ts",
        "/**",
        ' * import { x } from "../harness/x.ts";',
        " */",
        "// Deno has no execve",
        'const text = "Deno";',
        "const denoHost = 1;",
      ),
    ]),
    [],
  );
});

Deno.test("the project's own arrows hold", async () => {
  const files = await readSources(ROOT);
  assertEquals(
    files.length > 50,
    true,
    `only ${files.length} files were found`,
  );
  assertEquals(checkArrows(files), []);
});
