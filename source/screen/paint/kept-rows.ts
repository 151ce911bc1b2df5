/** Keeps rows from frame to frame, because most rows look the same in the next sample, and painting them is half of the cost of a frame (docs/decisions/ink-bypass.md). */
import type {Row} from '../../contract/messages.js';
import type {Segment} from '../../text/paint.js';
import {rowSegments, type RowOptions} from './rows.js';

/** The line of one row, as `rowSegments` makes it. The same object while the row looks the same. */
export type RowPainter = (row: Row, cells: readonly string[], options: RowOptions) => readonly Segment[];

export type KeptRows = {
	/** Begins a frame: rows that are not in it are forgotten with the next. */
	readonly begin: () => RowPainter;
};

/** A row with what it was painted from. */
type Kept = {readonly row: Row; readonly cells: readonly string[]; readonly options: RowOptions; readonly segments: readonly Segment[]};

const areSame = (a: readonly unknown[], b: readonly unknown[]): boolean => {
	if (a.length !== b.length) {
		return false;
	}

	for (const [index, item] of a.entries()) {
		if (item !== b[index]) {
			return false;
		}
	}

	return true;
};

const hasSameMarks = (a: Row['marks'], b: Row['marks']): boolean => a.closed === b.closed && a.established === b.established && a.fresh === b.fresh
	&& a.found === b.found && a.open === b.open && a.waiting === b.waiting && a.timeWait === b.timeWait;

const hasSameOptions = (a: RowOptions, b: RowOptions): boolean => a.fit === b.fit && a.theme === b.theme && a.width === b.width
	&& a.isSelected === b.isSelected && a.isTagged === b.isTagged && a.isCalled === b.isCalled;

const isSameLook = (kept: Kept, row: Row, cells: readonly string[], options: RowOptions): boolean => hasSameOptions(kept.options, options)
	&& hasSameMarks(kept.row.marks, row.marks) && areSame(kept.row.tones, row.tones) && areSame(kept.cells, cells);

export const createKeptRows = (): KeptRows => {
	let before: ReadonlyMap<number, Kept> = new Map();
	let current = new Map<number, Kept>();
	return {
		begin() {
			before = current;
			current = new Map();
			return (row, cells, options) => {
				// Sums of groups change with each sample, and matches depend on the words, too.
				if (row.group !== undefined || row.marks.found) {
					return rowSegments(row, cells, options);
				}

				const known = before.get(row.id);
				const kept = known !== undefined && isSameLook(known, row, cells, options)
					? known
					: {
						row, cells, options, segments: rowSegments(row, cells, options),
					};
				current.set(row.id, kept);
				return kept.segments;
			};
		},
	};
};
