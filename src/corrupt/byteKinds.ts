/** Damage to the bytes of a file that knows nothing of what they mean. */
import {
  bytesOf,
  contentWound,
  type DamageKind,
  hasBytes,
  isFile,
  underAllNames,
  usedLength,
  type Victim,
  type Wound,
  writeWound,
} from './kind.js';
import { between, noise, oneIn, pick, type Random } from './random.js';
import { recordSpans } from './recordSpans.js';
import { readBytes } from './targets.js';

const SECTOR = 512;
const PAGE = 4096;
const LARGE_BLOCK = 65_536;
const MAX_EXTENSION = 2 * PAGE;

/** A place in the file, four times out of five one that is in use. */
function somewhere(random: Random, bytes: Uint8Array): number {
  const used = usedLength(bytes);
  return random.below(used === 0 || oneIn(random, 5) ? bytes.length : used);
}

/** A cut to `size` bytes. */
const cut = ({ target }: Victim, size: number, where: string): Wound | undefined =>
  size >= target.size
    ? undefined
    : {
        mutations: underAllNames(target, (path) => ({ op: 'resize', path, size })),
        did: `cut to ${size} bytes${where}`,
        ranges: [{ file: target.path, from: size, to: null }],
      };

/** A cut at a record's end, one byte before it or one after it. */
function cutAtRecord(victim: Victim): Wound | undefined {
  const { source, target, random } = victim;
  const at = pick(random, recordSpans(source, target));
  return at === undefined ? undefined : cut(victim, at.end + between(random, -1, 1), ', at a record');
}

const cutAtBlock = (block: number) => (victim: Victim) => {
  const blocks = Math.floor(Math.max(0, victim.target.size - 1) / block);
  return blocks === 0 ? undefined : cut(victim, between(victim.random, 1, blocks) * block, `, ${block} a block`);
};

function extend(victim: Victim, more: Uint8Array, what: string): Wound {
  const { target } = victim;
  return {
    mutations: underAllNames(target, (path) => ({ op: 'write', path, offset: target.size, bytes: more })),
    did: `${more.length} bytes of ${what} at the end`,
    ranges: [{ file: target.path, from: target.size, to: target.size + more.length }],
  };
}

function flipBit(victim: Victim): Wound | undefined {
  const bytes = bytesOf(victim);
  const offset = somewhere(victim.random, bytes);
  const bit = victim.random.below(8);
  return writeWound(
    victim,
    offset,
    Uint8Array.of((bytes[offset] ?? 0) ^ (1 << bit)),
    `bit ${bit} of byte ${offset} flipped`,
  );
}

function setByte(victim: Victim): Wound | undefined {
  const offset = somewhere(victim.random, bytesOf(victim));
  const value = pick(victim.random, [0x00, 0xff, 0x7f, 0x80, 0x01, victim.random.below(256)]) ?? 0;
  return writeWound(victim, offset, Uint8Array.of(value), `byte ${offset} set to ${value}`);
}

/** A block that starts at a multiple of its size, clipped to the file. */
const zeroBlock = (block: number) => (victim: Victim) => {
  const bytes = bytesOf(victim);
  const offset = Math.floor(somewhere(victim.random, bytes) / block) * block;
  const length = Math.min(block, bytes.length - offset);
  return writeWound(victim, offset, new Uint8Array(length), `${length} bytes from ${offset} on zeroed`);
};

/** The last record's write only begun: a part of it and all that follows are as they were before, zero. */
function tornWrite(victim: Victim): Wound | undefined {
  const { random } = victim;
  const bytes = bytesOf(victim);
  const used = usedLength(bytes);
  const records = recordSpans(victim.source, victim.target);
  const last = records.length > 0 && !oneIn(random, 3) ? records.at(-1) : undefined;
  const start = last?.start ?? Math.floor(random.below(used) / SECTOR) * SECTOR;
  const from = Math.min(used, start + between(random, 1, Math.max(1, (last?.end ?? used) - start - 1)));
  return writeWound(victim, from, new Uint8Array(used - from), `from byte ${from} on never written`);
}

/** A block that was meant for another place, of this file or of another of its kind. */
function misdirected(victim: Victim): Wound | undefined {
  const { source, target, targets, random } = victim;
  const here = bytesOf(victim);
  const block =
    pick(
      random,
      [SECTOR, PAGE].filter((size) => size <= here.length),
    ) ?? Math.ceil(here.length / 2);
  const others = targets.filter((other) => other.role === target.role && other.size > 0);
  const from = oneIn(random, 2) ? target : (pick(random, others) ?? target);
  const bytes = readBytes(source, from.path);
  const at = random.below(Math.ceil(here.length / block)) * block;
  const origin = random.below(Math.ceil(bytes.length / block)) * block;
  const moved = bytes.slice(origin, Math.min(origin + block, origin + here.length - at));
  return writeWound(victim, at, moved, `${moved.length} bytes from ${from.path} at ${origin} written at ${at}`);
}

/** A part of the file taken out, or put in, so that all behind it moves. */
function shifted(victim: Victim): Wound | undefined {
  const { random } = victim;
  const bytes = bytesOf(victim);
  const at = somewhere(random, bytes);
  const count = between(random, 1, 16);
  const isTakenOut = oneIn(random, 2);
  const content = isTakenOut
    ? [...bytes.subarray(0, at), ...bytes.subarray(at + count)]
    : [...bytes.subarray(0, at), ...noise(random, count), ...bytes.subarray(at)];
  return contentWound(
    victim,
    Uint8Array.from(content),
    at,
    `${count} bytes ${isTakenOut ? 'taken out' : 'put in'} at ${at}`,
  );
}

/** Files longer than this are not copied as a whole. */
const MAX_SHIFTED_BYTES = 1 << 20;

export const BYTE_KINDS: readonly DamageKind[] = [
  { name: 'truncate_0', applies: hasBytes, wound: (victim) => cut(victim, 0, '') },
  {
    name: 'truncate_any',
    applies: hasBytes,
    wound: (victim) => cut(victim, somewhere(victim.random, bytesOf(victim)), ''),
  },
  { name: 'truncate_record', applies: hasBytes, wound: cutAtRecord },
  { name: 'truncate_512', applies: hasBytes, wound: cutAtBlock(SECTOR) },
  { name: 'truncate_4k', applies: hasBytes, wound: cutAtBlock(PAGE) },
  {
    name: 'extend_zeros',
    applies: isFile,
    wound: (victim) => extend(victim, new Uint8Array(between(victim.random, 1, MAX_EXTENSION)), 'zeros'),
  },
  {
    name: 'extend_noise',
    applies: isFile,
    wound: (victim) => extend(victim, noise(victim.random, between(victim.random, 1, MAX_EXTENSION)), 'noise'),
  },
  { name: 'flip_bit', applies: hasBytes, wound: flipBit },
  { name: 'set_byte', applies: hasBytes, wound: setByte },
  { name: 'zero_512', applies: hasBytes, wound: zeroBlock(SECTOR) },
  { name: 'zero_4k', applies: hasBytes, wound: zeroBlock(PAGE) },
  { name: 'zero_64k', applies: hasBytes, wound: zeroBlock(LARGE_BLOCK) },
  { name: 'torn_write', applies: hasBytes, wound: tornWrite },
  { name: 'page_misdirected', applies: hasBytes, wound: misdirected },
  { name: 'shifted', applies: (target) => hasBytes(target) && target.size <= MAX_SHIFTED_BYTES, wound: shifted },
];
