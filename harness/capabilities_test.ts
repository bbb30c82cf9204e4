import { assertEquals } from "@std/assert";
import { capabilitySet, missingCapabilities } from "./capabilities.ts";

Deno.test("capabilitySet() holds what is built in, of types and extra, and no more", () => {
  const types = [{ name: "cli.run", capabilities: ["cli.hooks"] }];
  assertEquals([...capabilitySet(types, ["terminal"])], [
    "evaluate.spec_lang.v1",
    "requires.capabilities",
    "assert.op.contain",
    "assert.op.regex",
    "assert.op.evaluate",
    "assert.group.must",
    "assert.group.can",
    "assert.group.cannot",
    "assert_health.ah001",
    "assert_health.ah002",
    "assert_health.ah003",
    "assert_health.ah004",
    "assert_health.ah005",
    "assert_health.ah006",
    "cli.run",
    "cli.hooks",
    "terminal",
  ]);
});

Deno.test("missingCapabilities() names each missing one, with a suggestion for a slip", () => {
  const known = capabilitySet([], []);
  const missing = (...capabilities: string[]) =>
    missingCapabilities({ capabilities }, known);
  assertEquals(missing(), undefined);
  assertEquals(missing("assert.op.regex"), undefined);
  assertEquals(
    missing("assert.op.regexp", "assert.op.regex", "second_user"),
    'missing capabilities "assert.op.regexp" (did you mean "assert.op.regex"?), "second_user"',
  );
});
