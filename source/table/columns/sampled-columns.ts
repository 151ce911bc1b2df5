import {ColumnStore} from './column-store.js';
import {Life} from './columns.js';
import {Lingering, lingerMilliseconds} from './lingering.js';

/** How long a new socket, and a new ESTABLISHED session, stand out by default, in milliseconds. */
export const freshMilliseconds = 5000;

/** The columns together with what they are read with: the number and the time of the sample that filled them. */
export class SampledColumns extends ColumnStore {
	/** Number of the current sample, from 1; 0 before the first. */
	sample = 0;
	/** Time of the current sample, in milliseconds of a clock that never goes back. */
	now = 0;
	/** Time of the sample before, NaN in the first. */
	previousSampleAt = NaN;
	/** Living sockets. */
	size = 0;
	/** Segments that TCP sent again in the current sample, all connections together, while health is wanted. */
	retransmitsInSample = 0;
	/** By slot, milliseconds of the table's clock when an entry of the journal was recorded; absent where rows are sockets. */
	declare readonly recordedAt?: Float64Array;
	/** How long what is new stands out, in milliseconds. */
	freshTime = freshMilliseconds;
	/** How long the row of a closed socket stays, in milliseconds. */
	closedTime = lingerMilliseconds;
	protected readonly closedRows = new Lingering();

	/** Whether a slot holds a socket, closed ones that linger included. */
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
