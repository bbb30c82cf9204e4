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

Deno.test("showPrinted() leaves out the middle of many lines", () => {
  const lines = (count: number) =>
    encode(Array.from({ length: count }, (_, i) => `${i}\n`).join(""));
  const shown = showPrinted({ stdout: lines(1000), stderr: NOTHING });
  assertEquals(shown.split("\n").slice(2), [
    "  | 0",
    "  | 1",
    "  | 2",
    "  | 3",
    "  … 988 lines left out",
    ...[992, 993, 994, 995, 996, 997, 998, 999].map((n) => `  | ${n}`),
  ]);
  const whole = showPrinted({ stdout: lines(13), stderr: NOTHING });
  assertEquals(whole.split("\n").length, 2 + 13);
});

Deno.test("showPrinted() cuts long lines between characters", () => {
  const stderr = encode("\u{1f600}".repeat(1000));
  assertEquals(
    showPrinted({ stdout: NOTHING, stderr }),
    `\nstderr:\n  | ${"\u{1f600}".repeat(160)}…`,
  );
});
