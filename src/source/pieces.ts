/** A file put together from parts of others, without copying them. */

/** `length` bytes: of a file of the base from `offset` on, of an array from `offset` on, or zeros. */
export type Piece = { readonly length: number } & (
  | { readonly from: 'base'; readonly path: string; readonly offset: number }
  | { readonly from: 'bytes'; readonly bytes: Uint8Array; readonly offset: number }
  | { readonly from: 'zeros' }
);

export const totalLength = (pieces: readonly Piece[]): number => pieces.reduce((sum, { length }) => sum + length, 0);

export const zeros = (length: number): Piece[] => (length > 0 ? [{ from: 'zeros', length }] : []);

const part = (piece: Piece, skip: number, length: number): Piece =>
  piece.from === 'zeros' ? { ...piece, length } : { ...piece, offset: piece.offset + skip, length };

/** The pieces of bytes [from, to). */
export function slice(pieces: readonly Piece[], from: number, to: number): Piece[] {
  const found: Piece[] = [];
  let start = 0;
  for (const piece of pieces) {
    const lo = Math.max(from, start);
    const hi = Math.min(to, start + piece.length);
    if (lo < hi) found.push(part(piece, lo - start, hi - lo));
    start += piece.length;
  }
  return found;
}

/** The pieces with `bytes` at `offset`; zeros between the end and an offset past it. */
export function overwrite(pieces: readonly Piece[], offset: number, bytes: Uint8Array): Piece[] {
  const size = totalLength(pieces);
  return [
    ...slice(pieces, 0, offset),
    ...zeros(offset - size),
    { from: 'bytes', bytes, offset: 0, length: bytes.length },
    ...slice(pieces, offset + bytes.length, size),
  ];
}

/** The pieces cut or filled with zeros to `size` bytes. */
export const resize = (pieces: readonly Piece[], size: number): Piece[] => [
  ...slice(pieces, 0, size),
  ...zeros(size - totalLength(pieces)),
];
