/** Keeps the last frames in memory, so that the live view can look back without a recording. */
import type {FieldContext} from '../../fields/model/field.js';
import type {Yielder} from '../../parts/parts.js';
import {createFrameEncoder} from './encode.js';
import {createStateReader} from './frame-list.js';
import type {FrameStore, StoredMoment} from './frame-store.js';
import type {Moment, SampleCounts} from './moment.js';

/** Bounds of the memory: bytes of frames, and age in milliseconds. Four keyframes always have room: that of 100,000 sockets takes 1.5 MB. */
export type RingBounds = {readonly maxBytes: number; readonly maxAge: number};

export const defaultBounds: RingBounds = {maxBytes: 16 * 1024 ** 2, maxAge: 3_600_000};

export type Ring = FrameStore & {
	/** Adds a frame of the table after a sample. The table must not change before the returned promise resolves; `yieldNow` is called between two parts. */
	readonly take: (context: FieldContext, wall: number, counts: SampleCounts, yieldNow?: Yielder) => Promise<void>;
	readonly bytes: () => number;
};

/** A keyframe and its following changes, which are removed together. */
type Group = {readonly moments: Moment[]; readonly frames: Uint8Array[]; readonly read: (index: number) => Uint8Array; bytes: number};

const createGroup = (): Group => {
	const frames: Uint8Array[] = [];
	return {
		moments: [], frames, read: index => frames[index] ?? new Uint8Array(0), bytes: 0,
	};
};

const run = 1;

export const createRing = ({maxBytes, maxAge}: RingBounds = defaultBounds): Ring => {
	const encoder = createFrameEncoder(run);
	const reader = createStateReader();
	const groups: Group[] = [];
	let bytes = 0;
	let previous = NaN;

	const keyBytes = ({frames}: Group): number => frames[0].length;

	/**
	Whether the next frame begins a new group. A group takes about an eighth of the bytes, so that removing one loses little, but at least twice its keyframe: else
	all frames of a very large table would be keyframes.
	*/
	const isFull = (group: Group): boolean => group.bytes > Math.max(maxBytes / 8, 2 * keyBytes(group));

	/** Removes the oldest groups while a bound is exceeded. */
	const expire = (now: number): void => {
		while (groups.length > 1 && (bytes > Math.max(maxBytes, ...groups.map(group => 4 * keyBytes(group))) || (groups[0].moments.at(-1)?.time ?? 0) < now - maxAge)) {
			bytes -= groups.shift()?.bytes ?? 0;
		}
	};

	return {
		async take(context, wall, counts, yieldNow) {
			const last = groups.at(-1);
			if (last !== undefined && isFull(last)) {
				encoder.restart();
			}

			const frame = await encoder.encode(context, {wall, ...(yieldNow && {yieldNow})});
			const group: Group = frame.kind === 'key' || last === undefined ? createGroup() : last;
			if (group !== last) {
				groups.push(group);
			}

			group.moments.push({
				...counts, time: wall, run, number: frame.number, isKey: frame.kind === 'key', ...(!Number.isNaN(previous) && {elapsed: frame.now - previous}),
			});
			group.frames.push(frame.bytes);
			group.bytes += frame.bytes.length;
			bytes += frame.bytes.length;
			previous = frame.now;
			expire(wall);
		},
		bytes: () => bytes,
		moments: () => groups.flatMap(group => group.moments.map((moment, index): StoredMoment => ({moment, state: () => reader.at(group, index)}))),
	};
};
