import {ColumnStore} from './column-store.js';
import {Life} from './columns.js';
import {Lingering, lingerMilliseconds} from './lingering.js';

/** Default time for which new sockets and new ESTABLISHED sessions are highlighted, in milliseconds. */
export const freshMilliseconds = 5000;

/** The columns, with the number and the time of the sample that filled them. */
export class SampledColumns extends ColumnStore {
	/** Number of the current sample, from 1; 0 before the first. */
	sample = 0;
	/** Time of the current sample, in milliseconds of a monotonic clock. */
	now = 0;
	/** Time of the previous sample; NaN in the first. */
	previousSampleAt = NaN;
	/** Number of living sockets. */
	size = 0;
	/** Segments that TCP retransmitted in the current sample, all connections together. Counted only while health is wanted. */
	retransmitsInSample = 0;
	/** By slot, when an entry of the journal was recorded, in milliseconds of the table's clock. Absent in tables whose rows are sockets. */
	declare readonly recordedAt?: Float64Array;
	/** How long new rows are highlighted, in milliseconds. */
	freshTime = freshMilliseconds;
	/** How long the row of a closed socket stays, in milliseconds. */
	closedTime = lingerMilliseconds;
	protected readonly closedRows = new Lingering();

	/** Whether a slot holds a socket, including closed sockets whose rows linger. */
	isUsed(slot: number): boolean {
		return this.core.life[slot] !== 0;
	}

	isClosed(slot: number): boolean {
		return (this.core.life[slot] & Life.closed) !== 0;
	}

	/** Slots of closed sockets whose rows linger, oldest first. */
	get lingering(): readonly number[] {
		return this.closedRows.slots;
	}
}
