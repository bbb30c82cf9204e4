import { assertEquals } from "@std/assert";
import { decodeOutput, showPrinted } from "./outcome.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const NOTHING = new Uint8Array();

Deno.test("decodeOutput() keeps byte order marks and line ends", () => {
  assertEquals(decodeOutput(encode("\ufeffa\r\nb")), "\ufeffa\r\nb");
});

Deno.test("decodeOutput() shows what is not UTF-8 as U+FFFD", () => {
  assertEquals(decodeOutput(new Uint8Array([0xc3, 0x28])), "\ufffd(");
});

Deno.test("showPrinted() shows standard error before standard output", () => {
  const shown = showPrinted({
    stdout: encode("a\r\n\nb"),
    stderr: encode("c\n"),
  });
  assertEquals(shown, "\nstderr:\n  | c\nstdout:\n  | a\n  |\n  | b");
  assertEquals(showPrinted({ stdout: NOTHING, stderr: NOTHING }), "");
});

function lines(count: number, line = (index: number) => `${index}`): string {
  return Array.from({ length: count }, (_, index) => `${line(index)}\n`)
    .join("");
}

Deno.test("showPrinted() leaves out the middle of many lines", () => {
  const shown = showPrinted({ stdout: encode(lines(1000)), stderr: NOTHING });
  assertEquals(shown.split("\n").slice(2), [
    ...[0, 1, 2, 3, 4, 5].map((n) => `  | ${n}`),
    "  … 983 lines left out",
    ...[989, 990, 991, 992, 993, 994, 995, 996, 997, 998, 999]
      .map((n) => `  | ${n}`),
  ]);
  const whole = showPrinted({ stdout: encode(lines(18)), stderr: NOTHING });
  assertEquals(whole.split("\n").length, 2 + 18);
});

Deno.test("showPrinted() gives each stream the rows that the other leaves", () => {
  const sizes: readonly (readonly [number, number, number, number])[] = [
    [1000, 1000, 9, 9],
    [1000, 3, 15, 3],
    [3, 1000, 3, 15],
    [9, 9, 9, 9],
  ];
  for (const [err, out, errRows, outRows] of sizes) {
    const shown = showPrinted({
      stderr: encode(lines(err)),
      stdout: encode(lines(out)),
    });
    const at = shown.split("\n").indexOf("stdout:");
    assertEquals(at - 2, errRows, `${err} and ${out}`);
    assertEquals(shown.split("\n").length - at - 1, outRows);
  }
});

Deno.test("showPrinted() never fills more than a screen", () => {
  const long = (index: number) => "x".repeat(index % 400);
  for (const count of [1, 7, 100]) {
    const text = encode(lines(count, long));
    const shown = showPrinted({ stderr: text, stdout: text });
    const rows = shown.split("\n").slice(1)
      .reduce((sum, line) => sum + Math.ceil((line.length || 1) / 80), 0);
    assertEquals(rows <= 20, true, `${count} lines: ${rows} rows`);
  }
});

Deno.test("showPrinted() cuts long lines between characters", () => {
  const stderr = encode("\u{1f600}".repeat(1000));
  assertEquals(
    showPrinted({ stdout: NOTHING, stderr }),
    `\nstderr:\n  | ${"\u{1f600}".repeat(53)}…${"\u{1f600}".repeat(26)}`,
  );
});
