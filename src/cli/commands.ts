/** Every command, in the order of the help. */
import type { Register } from './command.js';
import { registerExport } from './export.js';
import { registerSurvey } from './survey.js';

export const COMMANDS: readonly Register[] = [registerExport, registerSurvey];
