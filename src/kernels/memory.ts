/**
 * The linear memory that kernels work in. What is read into it is worked on where it lies; all else a kernel gets through a window,
 * some thousand rows at a time. It never grows, as that would end all views of it: whoever needs more takes memory of another kind.
 */

const WASM_PAGE_BYTES = 65_536;
/** All of it. The system gives no more of it than was ever used; V8 begins a collection for a memory of 64 MiB. */
const MEMORY_BYTES = 48 * 1024 * 1024;
/** Room for what a kernel tells besides its value, at the start: a bit for each row of a call. */
const RESULT_BYTES = 1024;
/** The window, from the start on. */
const WINDOW_BYTES = 1024 * 1024;
/** A region takes no more: few of them would take all. */
const MAX_REGION_BYTES = 16 * 1024 * 1024;
/** Left alone at the end: kernels may read that much past what they are given. */
const MARGIN_BYTES = 64;
/** Regions start at multiples of it. */
const ALIGNMENT = 16;
const MIN_REGION_BYTES = 64;

let made: WebAssembly.Memory | undefined;
let buffer: ArrayBuffer | undefined;

/** The memory as the kernels import it; made with the first use. */
export function memory(): WebAssembly.Memory {
  if (made !== undefined) return made;
  const pages = MEMORY_BYTES / WASM_PAGE_BYTES;
  made = new WebAssembly.Memory({ initial: pages, maximum: pages });
  buffer = made.buffer;
  return made;
}

let top = WINDOW_BYTES;
/** Starts of regions that were given back, by their size. */
const spare = new Map<number, number[]>();

/** The size of the region that holds `length` bytes: a power of two, so that what a growing one leaves behind is less than what it has. */
const regionSize = (length: number): number => 2 ** (32 - Math.clz32(Math.max(length, MIN_REGION_BYTES) - 1));

/** A region of at least `length` bytes, with what was in it before; `undefined` when there is none left. */
export function takeRegion(length: number): Uint8Array<ArrayBuffer> | undefined {
  if (length > MAX_REGION_BYTES) return undefined;
  const size = regionSize(length);
  const known = spare.get(size)?.pop();
  if (known === undefined && top + size > MEMORY_BYTES - MARGIN_BYTES) return undefined;
  const start = known ?? top;
  if (known === undefined) top += size;
  return new Uint8Array(memory().buffer, start, size);
}

/** Gives a whole region back. */
export function giveRegionBack(region: Uint8Array): void {
  const starts = spare.get(region.byteLength) ?? [];
  spare.set(region.byteLength, starts);
  starts.push(region.byteOffset);
}

/** Memory that is used again for each request; memory of another kind where there is none left. */
export function reusedMemory(): (length: number) => Uint8Array<ArrayBuffer> {
  let region: Uint8Array<ArrayBuffer> | undefined;
  return (length) => {
    if (region === undefined || region.byteLength < length) {
      if (region !== undefined) giveRegionBack(region);
      region = takeRegion(length);
    }
    return region === undefined ? new Uint8Array(length) : new Uint8Array(region.buffer, region.byteOffset, length);
  };
}

/** True for bytes that a kernel can work on where they are. */
export const isInMemory = (view: ArrayBufferView): boolean => view.buffer === buffer;

type Words = Uint8Array | Uint16Array | Int32Array | Float64Array;

let filled = RESULT_BYTES;
const results: { readonly target: Words; readonly address: number; readonly from: number; readonly count: number }[] =
  [];

function windowFor(bytes: number): number {
  const address = filled;
  filled += Math.ceil((bytes + MARGIN_BYTES) / ALIGNMENT) * ALIGNMENT;
  if (filled > WINDOW_BYTES) throw new RangeError(`${bytes} bytes are too many for the window`);
  return address;
}

/** Where a kernel puts what it tells besides its value. */
export const RESULT_ADDRESS = 0;

/** What a kernel put there, until the next call. */
export const resultBytes = (length: number): Uint8Array => new Uint8Array(memory().buffer, RESULT_ADDRESS, length);

/** The same as doubles. */
export const resultNumbers = (count: number): Float64Array => new Float64Array(memory().buffer, RESULT_ADDRESS, count);

/** The address of elements [from, from + count): for a kernel that reads them. Valid until `endCall`. */
export function reading(view: Words, from: number, count: number): number {
  const width = view.BYTES_PER_ELEMENT;
  if (isInMemory(view)) return view.byteOffset + from * width;
  const address = windowFor(count * width);
  const bytes = new Uint8Array(view.buffer, view.byteOffset + from * width, count * width);
  new Uint8Array(memory().buffer, address, bytes.byteLength).set(bytes);
  return address;
}

/** The same for a kernel that writes them, without what they were: they are there after `endCall`. */
export function writing(view: Words, from: number, count: number): number {
  const width = view.BYTES_PER_ELEMENT;
  if (isInMemory(view)) return view.byteOffset + from * width;
  const address = windowFor(count * width);
  results.push({ target: view, address, from, count });
  return address;
}

/** To be called before the addresses for a call of a kernel are asked for. */
export function beginCall(): void {
  filled = RESULT_BYTES;
  if (results.length > 0) results.length = 0;
}

/** To be called after it: takes what was written. */
export function endCall(): void {
  for (const { target, address, from, count } of results) {
    const width = target.BYTES_PER_ELEMENT;
    const written = new Uint8Array(memory().buffer, address, count * width);
    new Uint8Array(target.buffer, target.byteOffset + from * width, count * width).set(written);
  }
}
