/** Writing to stdout and stderr, whoever reads them and for how long. */
import { EXIT } from './exitCodes.js';

/**
 * A reader that goes away (`walrescue export … | head`) only ends the output: the rescue goes on. Anything else that stops
 * stdout from taking the output, such as a full disk, makes the exit code 1.
 */
export function tolerateClosedPipes(): void {
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') return;
    writeErr(`walrescue: stdout: ${error.message}\n`);
    process.on('exit', () => {
      process.exitCode = EXIT.failed;
    });
  });
}

const write = (stream: NodeJS.WriteStream, text: string): void => {
  if (stream.writable) stream.write(text);
};

export const writeOut = (text: string): void => write(process.stdout, text);
export const writeErr = (text: string): void => write(process.stderr, text);
