/** The last frames in memory, so that one can look back without having prepared anything. */
import type {FieldContext} from '../../fields/model/field.js';
import {createFrameEncoder} from './encode.js';
import {createStateReader} from './frame-list.js';
import type {FrameStore, StoredMoment} from './frame-store.js';
import type {Moment, SampleCounts} from './moment.js';

/** What is kept: bytes of frames, and milliseconds. */
export type RingBounds = {readonly mostBytes: number; readonly longest: number};

export const defaultBounds: RingBounds = {mostBytes: 16 * 1024 ** 2, longest: 3_600_000};

export type Ring = FrameStore & {
	/** Takes what a sample left in the table. */
	readonly take: (context: FieldContext, wall: number, counts: SampleCounts) => void;
	readonly bytes: () => number;
};

/** A keyframe and the changes that follow it, which go together. */
type Group = {readonly moments: Moment[]; readonly frames: Uint8Array[]; readonly read: (index: number) => Uint8Array; bytes: number};

const createGroup = (): Group => {
	const frames: Uint8Array[] = [];
	return {
		moments: [], frames, read: index => frames[index] ?? new Uint8Array(0), bytes: 0,
	};
};

const run = 1;

export const createRing = ({mostBytes, longest}: RingBounds = defaultBounds): Ring => {
	const encoder = createFrameEncoder(run);
	const reader = createStateReader();
	const groups: Group[] = [];
	let bytes = 0;
	let previous = NaN;

	/** Groups of which nothing is to be kept. A group is small enough that the bounds hold with one that is not whole. */
	const forget = (now: number): void => {
		while (groups.length > 1 && (bytes > mostBytes || (groups[0].moments.at(-1)?.time ?? 0) < now - longest)) {
			bytes -= groups.shift()?.bytes ?? 0;
		}
	};

	return {
		take(context, wall, counts) {
			const last = groups.at(-1);
			if (last !== undefined && last.bytes > mostBytes / 8) {
				encoder.restart();
			}

			const frame = encoder.encode(context, {wall});
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
			forget(wall);
		},
		bytes: () => bytes,
		moments: () => groups.flatMap(group => group.moments.map((moment, index): StoredMoment => ({moment, state: () => reader.at(group, index)}))),
	};
};
