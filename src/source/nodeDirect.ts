/**
 * Writing of large files past the page cache (O_DIRECT). What is written is synced at the end anyway; without a copy in the page
 * cache it takes a fraction of the system's time, and a database server on the same machine keeps its own pages there.
 */
import { closeSync, constants, openSync, write } from 'node:fs';

/** Bytes of one write. */
const STAGE_BYTES = 2 * 1024 * 1024;
/** Stages that a file has: all but one of them may be under way. */
const STAGES = 3;
/** What O_DIRECT wants of memory, lengths and offsets is at most that; memory of WebAssembly begins at a page. */
const WASM_PAGE_BYTES = 65_536;

interface Stage {
  readonly bytes: Uint8Array;
  /** Until it is written. */
  busy: Promise<void> | undefined;
}

const spare: Stage[][] = [];

function stages(): Stage[] {
  const known = spare.pop();
  if (known !== undefined) return known;
  const { buffer } = new WebAssembly.Memory({ initial: (STAGES * STAGE_BYTES) / WASM_PAGE_BYTES });
  return Array.from({ length: STAGES }, (_, k) => ({
    bytes: new Uint8Array(buffer, k * STAGE_BYTES, STAGE_BYTES),
    busy: undefined,
  }));
}

/** Writes `bytes` at `position`, all of it or its beginning; resolves to 0 where the file system does not take it in this way. */
function writeAt(fd: number, bytes: Uint8Array, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    write(fd, bytes, 0, bytes.byteLength, position, (error, written) => {
      if (error === null) resolve(written);
      else if (error.code === 'EINVAL') resolve(0);
      else reject(error);
    });
  });
}

/** Writes a file from its start. */
export interface DirectWriter {
  /** Takes the next bytes; they may be used again once it resolves. Fails when earlier ones could not be written. */
  write(parts: readonly Uint8Array[]): Promise<void>;
  /** Writes what is left; all is with the system when it resolves. */
  end(): Promise<void>;
  /** Gives up what is left; nothing is under way any more when it resolves. */
  close(): Promise<void>;
}

/**
 * A writer for the empty file at `path`, which is open as `fd` too: that takes the end of the file, which fills no stage, and all
 * that the file system does not take directly. `undefined` where it takes nothing so.
 */
export function openDirect(path: string, fd: number): DirectWriter | undefined {
  if (constants.O_DIRECT === undefined) return undefined;
  let direct: number;
  try {
    direct = openSync(path, constants.O_WRONLY | constants.O_DIRECT);
  } catch {
    // The file system has no such writes; what else may be wrong with the file is met by the ordinary ones.
    return undefined;
  }
  const ring = stages();
  let [current, filled, position] = [0, 0, 0];
  let failure: unknown;

  const writeStage = async (bytes: Uint8Array, at: number): Promise<void> => {
    let done = bytes.byteLength === STAGE_BYTES ? await writeAt(direct, bytes, at) : 0;
    while (done < bytes.byteLength) {
      const written = await writeAt(fd, bytes.subarray(done), at + done);
      if (written === 0) throw new Error('nothing was written');
      done += written;
    }
  };
  /** Sends the current stage on its way and waits until the next one is free. */
  const flush = async (): Promise<void> => {
    const stage = ring[current]!;
    stage.busy = writeStage(stage.bytes.subarray(0, filled), position).catch((error: unknown) => {
      failure ??= error;
    });
    position += filled;
    filled = 0;
    current = (current + 1) % STAGES;
    await ring[current]!.busy;
    if (failure !== undefined) throw failure;
  };
  const settled = async (): Promise<void> => void (await Promise.all(ring.map(({ busy }) => busy)));
  const close = async (): Promise<void> => {
    await settled();
    closeSync(direct);
    spare.push(ring);
  };
  return {
    write: async (parts) => {
      for (const part of parts) {
        for (let at = 0; at < part.byteLength; ) {
          const piece = part.subarray(at, at + STAGE_BYTES - filled);
          ring[current]!.bytes.set(piece, filled);
          filled += piece.byteLength;
          at += piece.byteLength;
          if (filled === STAGE_BYTES) await flush();
        }
      }
    },
    end: async () => {
      if (filled > 0) await flush();
      await settled();
      if (failure !== undefined) throw failure;
    },
    close,
  };
}
