import { EXIT_CODE } from "./exit_code.ts";
import { type Refusal, refuse } from "./refusal.ts";

/** Refuses because a contract file besides the identity is broken. */
export function refuseContractFile(problems: readonly string[]): Refusal {
  return refuse(
    EXIT_CODE.contract,
    `Cannot read contract file: ${problems.join("; ")}`,
    "The image is broken: build it again from a valid image.manifest",
  );
}
