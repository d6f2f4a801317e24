#!/usr/bin/env node
import { tuneEngine } from '../source/nodeEngine.js';
import { failureOf } from './failure.js';
import { createProgram } from './program.js';
import { tolerateClosedPipes } from './stdio.js';

tuneEngine();
tolerateClosedPipes();
createProgram()
  .parseAsync()
  .catch((error: unknown) => {
    process.exitCode = failureOf(error);
  });
