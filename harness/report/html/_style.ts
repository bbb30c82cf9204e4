/** The style sheet of the HTML report. */

import { CASES_STYLE } from "./_style_cases.ts";
import { CONTROLS_STYLE } from "./_style_controls.ts";
import { FRAME_STYLE } from "./_style_frame.ts";
import { MEDIA_STYLE } from "./_style_media.ts";

/** The style sheet; later rules win. */
export const STYLE: string = FRAME_STYLE + CONTROLS_STYLE + CASES_STYLE +
  MEDIA_STYLE;
