import { assertEquals } from "@std/assert";
import { touchedDocuments } from "./touched.ts";

const DOCUMENTS = [
  {
    name: "specs/a.spec.md",
    path: "/w/specs/a.spec.md",
    uses: new Set(["/w/lib.ts", "/w/l.spec.md"]),
  },
  {
    name: "specs/b.spec.md",
    path: "/w/specs/b.spec.md",
    uses: new Set(["/w/lib.ts"]),
  },
  {
    name: "specs/c.spec.md",
    path: "/w/specs/c.spec.md",
    uses: new Set<string>(),
  },
];
const touched = (...changed: string[]) =>
  touchedDocuments(changed, DOCUMENTS).map((name) => name.charAt(6)).join("");

Deno.test("touchedDocuments() knows documents, and what their cases use", () => {
  assertEquals(touched("/w/specs/b.spec.md"), "b");
  assertEquals(touched("/w/lib.ts"), "ab");
  assertEquals(touched("/w/l.spec.md", "/w/specs/c.spec.md"), "ac");
  assertEquals(touched("/w/other.ts"), "");
  assertEquals(touched(), "");
});

Deno.test("touchedDocuments() takes a configuration for a change of everything", () => {
  for (
    const name of ["deno.json", "deno.jsonc", "runner.json", "import_map.json"]
  ) {
    assertEquals(touched(`/w/${name}`), "abc");
  }
  assertEquals(touched("/w/my-deno.json"), "");
});
