import { guide270 } from "./270.ts";
import { guide271 } from "./271.ts";
import { guide276 } from "./276.ts";
import { guide277 } from "./277.ts";
import { guide277CA } from "./277ca.ts";
import { guide835 } from "./835.ts";
import { guide837D } from "./837d.ts";
import { guide837I } from "./837i.ts";
import { guide837P } from "./837p.ts";
import { guide997 } from "./997.ts";
import { guide999 } from "./999.ts";
import type { Guide } from "./guide.ts";

/** The guides of the house; a file is read by the one that ST01 and the version name. */
export const GUIDES: readonly Guide[] = [
  guide837P,
  guide837I,
  guide837D,
  guide835,
  guide999,
  guide997,
  guide277CA,
  guide276,
  guide277,
  guide270,
  guide271,
];
