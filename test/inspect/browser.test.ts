/**
 * The inspection core without Node: bundled as for a page, it runs where there is nothing of Node.
 */
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { bytesOf } from '../formats/files.js';

const path = (file: string): string => fileURLToPath(new URL(`../../src/${file}`, import.meta.url));

const PAGE = `
  import { inspectPath } from ${JSON.stringify(path('inspect/inspectPath.ts'))};
  import { viewLines } from ${JSON.stringify(path('inspect/view/view.ts'))};
  import { memorySource } from ${JSON.stringify(path('source/memory.ts'))};
  const own = Object.entries(files).map(([name, bytes]) => [name, Uint8Array.from(bytes)]);
  const view = inspectPath(memorySource(own), 'symreuse~6/wal1/0/_event', {});
  const lines = [...viewLines(view, { width: 120, depth: 9, limit: 9, hex: false })];
  shown = lines.map((line) => line.map(({ text }) => text).join('').trimEnd());
`;

it('shows a file with its table around it', async () => {
  // The Kaitai runtime asks for these two only to decode and inflate, which no specification does.
  const bundle = await build({
    stdin: { contents: PAGE, resolveDir: path('inspect') },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    external: ['zlib', 'iconv-lite'],
    write: false,
  });
  const names = ['txn_seq/_txnlog', 'txn_seq/_meta', 'wal1/0/_event', 'wal1/0/_event.i', 'wal1/0/_meta'];
  const files = names.map((name) => [`symreuse~6/${name}`, bytesOf('07-symbol-reuse', `db/symreuse~6/${name}`)]);
  const page = createContext({ TextDecoder, TextEncoder, files: Object.fromEntries(files), shown: [] });
  runInContext(bundle.outputFiles[0]!.text, page);
  const text = (page.shown as readonly string[]).join('\n');
  expect(text).toContain('[0]: DATA, rows 0 to 5, seqTxn 1, committed 2026-11-23T16:45:44.951662Z');
  expect(text).toContain('1 → "ünï"');
});
