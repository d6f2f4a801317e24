/** The progress bar of a run on a terminal, on stderr. */
import cliProgress from 'cli-progress';
import type { ExportProgress } from '../exportProgress.js';
import { byteCount, duration, grouped, helpWidth, printable } from './text.js';

export interface ProgressBar {
  update(progress: ExportProgress): void;
  /** Takes it off the screen. */
  stop(): void;
}

const BAR_COLUMNS = 24;
/** What estimates are made from once it is this old; before, they jump. */
const SETTLED_AFTER_MS = 1_000;

/** A share from 0 to 1, as a bar. */
const barOf = (share: number): string => {
  const full = Math.round(share * BAR_COLUMNS);
  return `[${'='.repeat(full)}${' '.repeat(BAR_COLUMNS - full)}]`;
};

/** How much is done, from 0 to 1: by bytes read, else by segments. */
export function shareDone(progress: ExportProgress): number {
  const { inputBytesDone, inputBytesTotal, segmentsDone, segmentsTotal } = progress;
  if (inputBytesTotal > 0) return Math.min(1, inputBytesDone / inputBytesTotal);
  return segmentsTotal === 0 ? 1 : segmentsDone / segmentsTotal;
}

/** The line of the bar after `elapsedMs`, cut to `width` columns: the least important at its end. */
export function progressLine(progress: ExportProgress, elapsedMs: number, width: number): string {
  const share = shareDone(progress);
  const isSettled = elapsedMs >= SETTLED_AFTER_MS && share > 0;
  const seconds = elapsedMs / 1000;
  const parts = [
    `${String(Math.floor(share * 100)).padStart(3)}%`,
    isSettled ? `ETA ${duration((seconds * (1 - share)) / share)}` : 'ETA -',
    `${grouped(progress.rowsWritten)} rows`,
    byteCount(progress.bytesWritten),
    isSettled ? `${grouped(Math.round(progress.rowsWritten / seconds))} rows/s` : '',
    `segment ${grouped(Math.min(progress.segmentsDone + 1, progress.segmentsTotal))}/${grouped(progress.segmentsTotal)}`,
    printable(progress.tableName),
  ];
  const text = parts.filter((part) => part !== '').join('  ');
  const withBar = width >= 2 * BAR_COLUMNS ? `${barOf(share)} ${text}` : text;
  return withBar.slice(0, width - 1);
}

/** A bar, where stderr is a terminal that can move its cursor; else `undefined`. */
export function startProgressBar(): ProgressBar | undefined {
  if (!process.stderr.isTTY || process.env.TERM === 'dumb') return undefined;
  const begun = performance.now();
  let latest: ExportProgress | undefined;
  const bar = new cliProgress.SingleBar({
    stream: process.stderr,
    format: () =>
      latest === undefined ? '' : progressLine(latest, performance.now() - begun, helpWidth(process.stderr)),
    fps: 5,
    hideCursor: true,
    clearOnComplete: true,
    // Signals are ours: the bar is stopped when the run ends, however it ends.
    gracefulExit: false,
  });
  bar.start(1, 0);
  return {
    update: (progress) => {
      latest = progress;
      bar.update(shareDone(progress));
    },
    stop: () => bar.stop(),
  };
}
