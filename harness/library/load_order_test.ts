import { assertEquals, assertThrows } from "@std/assert";
import type { LibraryFault } from "./fault.ts";
import type { LibraryFile, LibraryImport } from "./library_file.ts";
import { LoadError, loadOrder } from "./load_order.ts";

/** What each file imports, by names of one letter or more. */
type Graph = Readonly<Record<string, readonly string[]>>;

const pathOf = (name: string) => `/repo/${name}`;

function importOf(name: string): LibraryImport {
  return {
    written: name,
    target: { kind: "path", path: pathOf(name) },
    owner: undefined,
    locate: () => ({ path: pathOf(name), line: 1, column: 1 }),
  };
}

function fileOf(name: string, imports: readonly string[]): LibraryFile {
  return {
    path: pathOf(name),
    libraries: [],
    functions: new Map(),
    imports: imports.map(importOf),
    faults: [],
  };
}

/** Loads files of a graph; the names in the order loaded, and as opened. */
function load(graph: Graph, names: readonly string[], broken?: string) {
  const opened: string[] = [];
  const finished: string[] = [];
  const files = loadOrder({ imports: names.map(importOf), root: "/repo" }, {
    open: (path) => {
      const name = path.slice("/repo/".length);
      opened.push(name);
      return fileOf(name, graph[name] ?? []);
    },
    finish: ({ path }): LibraryFault | undefined => {
      finished.push(path.slice("/repo/".length));
      return path === pathOf(broken ?? "")
        ? { category: "schema", text: "broken", at: undefined }
        : undefined;
    },
  });
  assertEquals(files.map(({ path }) => path), finished.map(pathOf));
  return { order: finished.join(" "), opened: opened.join(" ") };
}

/** A graph, what is loaded, and in which order. */
const ORDERS: readonly (readonly [Graph, string, string])[] = [
  [{}, "", ""],
  [{}, "b a", "b a"],
  [{}, "a a", "a"],
  [{ a: ["b", "c"] }, "a", "b c a"],
  [{ a: ["c", "b"], b: ["c"] }, "b a", "c b a"],
  [{ a: ["b", "c"], b: ["d"], c: ["d"] }, "a d", "d b c a"],
  [{ a: ["b", "b"], c: ["a"] }, "c b a", "b a c"],
];

Deno.test("loadOrder() loads each file behind what it imports, and once", () => {
  for (const [graph, names, wanted] of ORDERS) {
    const { order, opened } = load(graph, names.split(" ").filter(Boolean));
    assertEquals(order, wanted);
    assertEquals(opened.split(" ").toSorted(), wanted.split(" ").toSorted());
  }
});

/** A graph that cannot be loaded from `x` and `a`, and the way to the fault. */
const FAULTS: readonly (readonly [Graph, string, number])[] = [
  [{ x: ["x"] }, "x x", 0],
  [{ a: ["b"], b: ["c"], c: ["b"] }, "a b c b", 1],
  [{ x: ["b"], b: ["broken"] }, "x b broken", 0],
  [{ a: ["b", "broken"] }, "a broken", 1],
];

Deno.test("loadOrder() tells which way leads to a fault, and which start", () => {
  for (const [graph, wanted, start] of FAULTS) {
    const error = assertThrows(
      () => load(graph, ["x", "a"], "broken"),
      LoadError,
    );
    const trail = error.trail.map((path) => path.slice("/repo/".length));
    assertEquals(trail.join(" "), wanted);
    assertEquals(error.start, start);
  }
});

Deno.test("loadOrder() goes 50,000 files deep without the host's stack", () => {
  const depth = 50_000;
  const names = Array.from({ length: depth }, (_, at) => `f${at}`);
  const graph = Object.fromEntries(
    names.map((name, at) => [name, at + 1 < depth ? [`f${at + 1}`] : []]),
  );
  const { order } = load(graph, ["f0"]);
  assertEquals(order.startsWith(`f${depth - 1} f${depth - 2} `), true);
  const circle = { ...graph, [`f${depth - 1}`]: ["f7"] };
  const { trail } = assertThrows(() => load(circle, ["f0"]), LoadError);
  assertEquals([trail.length, trail.at(-1)], [depth + 1, "/repo/f7"]);
});
