import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { candidatePaths, DEFAULT_SEARCH_PATH } from "./search_path.ts";

/** One byte for each character: paths need not be UTF-8. */
const raw = (text: string) =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));

const text = (bytes: Uint8Array) => String.fromCharCode(...bytes);

const SEARCHES: readonly (readonly [string, string[]])[] = [
  ["/bin", ["/bin/x"]],
  ["/a:/b:/a", ["/a/x", "/b/x", "/a/x"]],
  ["", []],
  [":", []],
  [".", []],
  ["..", []],
  [":.", []],
  ["::/a::", ["/a/x"]],
  ["/a:.", ["/a/x"]],
  [".:/a", ["/a/x"]],
  ["bin:./b:../c:~/d:/a", ["/a/x"]],
  ["/a/", ["/a/x"]],
  ["/a//", ["/a//x"]],
  ["/", ["/x"]],
  ["/a b: /c", ["/a b/x"]],
  ["/\xff\xc3:/b", ["/\xff\xc3/x", "/b/x"]],
];

Deno.test("candidatePaths() looks in the absolute elements of PATH only, in order", () => {
  for (const [path, candidates] of SEARCHES) {
    const found = candidatePaths(raw("x"), raw(path)).map(text);
    assertEquals(found, candidates, JSON.stringify(path));
  }
});

Deno.test("candidatePaths() has a search path for an environment without PATH", () => {
  assertEquals(DEFAULT_SEARCH_PATH, "/usr/local/bin:/usr/bin:/bin");
  assertEquals(candidatePaths(raw("x"), undefined).map(text), [
    "/usr/local/bin/x",
    "/usr/bin/x",
    "/bin/x",
  ]);
});

Deno.test("candidatePaths() takes a word with a slash as it stands", () => {
  for (const name of ["/x", "./x", "a/x", "../x", "x/", "/", "\xff/x"]) {
    const word = raw(name);
    const candidates = candidatePaths(word, raw("/bin"));
    assertEquals(candidates.length, 1, name);
    assertStrictEquals(candidates[0], word, name);
  }
});

Deno.test("candidatePaths() finds an empty word nowhere", () => {
  assertEquals(candidatePaths(raw(""), raw("/bin")), []);
  assertEquals(candidatePaths(raw(""), undefined), []);
});

Deno.test("candidatePaths() keeps every byte of a word", () => {
  for (let byte = 1; byte < 256; byte++) {
    if (byte === 0x2f) continue;
    const [candidate] = candidatePaths(new Uint8Array([byte]), raw("/b"));
    assert(candidate !== undefined);
    assertEquals([...candidate], [...raw("/b/"), byte]);
  }
});
