import { assertEquals, assertThrows } from "@std/assert";
import { BUILT_IN_TYPES, withTypes } from "./registry.ts";
import { textFile } from "./text_file.ts";

Deno.test("BUILT_IN_TYPES names every type by its own name", () => {
  for (const [name, type] of BUILT_IN_TYPES) assertEquals(type.name, name);
});

Deno.test("BUILT_IN_TYPES lets budgets through", () => {
  for (const type of BUILT_IN_TYPES.values()) {
    assertEquals(type.harnessKeys.includes("spec_lang"), true);
  }
});

Deno.test("withTypes() refuses a name that is taken", () => {
  const names = ["text.file", "cli.run", "spec_lang.library"];
  for (const more of names.map((name) => [{ ...textFile, name }])) {
    assertThrows(
      () => withTypes(BUILT_IN_TYPES, more),
      RangeError,
      `Cannot register case type "${more[0]?.name}": the name is taken`,
    );
  }
  const twice = [textFile, textFile];
  assertThrows(() => withTypes(new Map(), twice), RangeError);
});
