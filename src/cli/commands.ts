/** Every command, in the order of the help. */
import type { Register } from './command.js';
import { registerCorrupt } from './corrupt.js';
import { registerExport } from './export.js';
import { registerFuzz } from './fuzz.js';
import { registerInspect } from './inspect.js';
import { registerSurvey } from './survey.js';

export const COMMANDS: readonly Register[] = [
  registerExport,
  registerSurvey,
  registerInspect,
  registerCorrupt,
  registerFuzz,
];
