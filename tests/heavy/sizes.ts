// Documents and blocks as large as they may be, and larger.

import { testHostileBlocks } from "../../harness/_hostile_blocks_testing.ts";
import { testAnswers } from "../hostile/_answers.ts";
import { largeDocuments } from "../hostile/_large.ts";

testAnswers(largeDocuments(100_000, 50));
testHostileBlocks(1);
