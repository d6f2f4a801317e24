#!/usr/bin/env node
import { failureOf } from './failure.js';
import { createProgram } from './program.js';
import { tolerateClosedPipes } from './stdio.js';

tolerateClosedPipes();
try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = failureOf(error);
}
