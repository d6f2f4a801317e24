#!/usr/bin/env node
import { tuneEngine } from './engine.js';
import { failureOf } from './failure.js';
import { createProgram } from './program.js';
import { tolerateClosedPipes } from './stdio.js';

tuneEngine();
tolerateClosedPipes();
try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = failureOf(error);
}
