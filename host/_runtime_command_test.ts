import { assertEquals } from "@std/assert";
import { runtimeCommand } from "./_runtime_command.ts";

const FILES = ["/repo/deno.json", "/repo/deep/deno.jsonc", "/deno.json"];

function command(
  words: string,
  mainModule = "https://example.com/main.ts",
  module: "main" | "stdin" = "stdin",
) {
  return runtimeCommand({
    module,
    program: "/bin/deno",
    words: ["deno", ...words.split(" ")],
    mainModule,
    isFile: (path) => FILES.includes(path),
  });
}

/** Command lines, and what of them is handed on. */
const FLAGS: Readonly<Record<string, string>> = {
  "run -A spec.ts": "",
  "spec.ts": "",
  "run --allow-all -qA --check spec.ts": "",
  "run -A --import-map map.json --lock=my.lock --reload -L debug spec.ts":
    "--import-map map.json --lock=my.lock",
  "run -A --lock deno.lock --frozen --node-modules-dir=auto spec.ts":
    "--lock deno.lock --frozen --node-modules-dir=auto",
  "run -A --lock --frozen spec.ts": "--lock --frozen",
  "test -A --doc --parallel --coverage=x a_test.ts b_test.ts": "",
  "run -A --v8-flags=--stack-size=900 --unstable-kv --inspect spec.ts":
    "--v8-flags=--stack-size=900 --unstable-kv",
  "run -A --no-remote --no-npm --cached-only --no-code-cache spec.ts":
    "--no-remote --no-npm --cached-only",
  "run -A --watch --hmr --env-file=.env spec.ts": "",
  "run --config": "",
};

Deno.test("runtimeCommand() hands on how names resolve and the engine works", () => {
  for (const [words, kept] of Object.entries(FLAGS)) {
    const expected = ["/bin/deno", "run", "-A", "--quiet"];
    expected.push(...kept.split(" ").filter((word) => word !== ""));
    assertEquals(command(words), [...expected, "--no-config", "-"], words);
  }
});

Deno.test("runtimeCommand() runs the main module again", () => {
  const expected = ["/bin/deno", "run", "-A", "--quiet", "--no-config"];
  assertEquals(
    command("run -A spec.ts", "https://example.com/spec.ts", "main"),
    [...expected, "https://example.com/spec.ts"],
  );
});

/** Flags, the main module, and the flags of configuration that follow. */
const CONFIGURED: readonly (readonly [string, string, string])[] = [
  ["run spec.ts", "file:///repo/spec.ts", "--config /repo/deno.json"],
  ["run x.ts", "file:///repo/src/a%20b/x.ts", "--config /repo/deno.json"],
  ["run x.ts", "file:///repo/deep/er/x.ts", "--config /repo/deep/deno.jsonc"],
  ["run x.ts", "file:///elsewhere/x.ts", "--config /deno.json"],
  ["run npm:tool", "npm:tool", ""],
  ["run jsr:@a/b", "jsr:@a/b", "--no-config"],
  ["run -c my.json x.ts", "file:///repo/x.ts", "-c my.json"],
  ["run --config=my.json x.ts", "file:///repo/x.ts", "--config=my.json"],
  ["run --no-config x.ts", "file:///repo/x.ts", "--no-config"],
];

Deno.test("runtimeCommand() finds the configuration this process has", () => {
  for (const [words, main, expected] of CONFIGURED) {
    const found = command(words, main).slice(4, -1).join(" ");
    assertEquals(found, expected, words);
  }
});
