/** The account of a segment that walrescue itself failed at: what the log alone says of it. */
import { damage } from './damage.js';
import { segmentFolder } from './files.js';
import { ledgerEntry } from './ledger.js';
import { isSelected } from './openSegment.js';
import { logFields, type SegmentReport } from './report.js';
import type { SegmentTask } from './segmentTask.js';

/** A report of `encode_failed`: all that the log names is lost, and `reason` says why. */
export function brokenReport(task: SegmentTask, reason: string): SegmentReport {
  const { walId, segmentId } = task;
  const folder = segmentFolder(task.table.dirName, walId, segmentId);
  return {
    walId,
    segmentId,
    status: 'encode_failed',
    reason,
    ...logFields(task),
    outputFile: null,
    orphansFile: null,
    bytesWritten: 0,
    rowsCommitted: 0,
    rowsWritten: 0,
    structureVersion: null,
    columnsWritten: 0,
    columnsSkipped: 0,
    skippedColumns: [],
    renamedColumns: {},
    plan: null,
    unattributedRows: 0,
    statements: [],
    unnamedRecords: [],
    ledger: task.named.map((log) => {
      const { segmentTxn } = log;
      const unread = { segmentTxn, standing: 'named', log, event: undefined, rowsExpected: undefined } as const;
      return ledgerEntry(log.seqTxn, isSelected(task, unread) ? 'lost' : 'filtered_out', undefined, 0);
    }),
    schema: undefined,
    damage: [damage('output_failed', folder, { walId, segmentId, actual: reason })],
  };
}
