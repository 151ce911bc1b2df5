import {closeReasons, type CloseReason} from '../../table/close-reasons.js';
import {Life} from '../../table/columns/columns.js';
import {isSick} from '../../table/health/problems.js';
import {Event} from '../../table/journal-table.js';
import type {Journal} from '../../table/journal.js';
import type {Changes} from '../../table/changes.js';
import type {SocketTable} from '../../table/socket-table.js';
import type {SampleCounts} from './moment.js';

const abnormal: ReadonlySet<string> = new Set<CloseReason>(['reset', 'reset here', 'unanswered', 'no connection']);

/** Number of journal entries after an id that report an abnormal close. */
const countResets = ({table: entries}: Journal, after: number): number => {
	let count = 0;
	for (let id = Math.max(after + 1, entries.entries - entries.length + 1); id <= entries.entries; id++) {
		const slot = entries.slotOf(id);
		count += entries.event[slot] === Event.closed && abnormal.has(closeReasons[entries.ended[slot]]) ? 1 : 0;
	}

	return count;
};

/**
Creates a function that counts the changes of each sample.

@param journal Undefined if there is no journal; then no resets are counted.
@returns Counts a sample; to be called when its changes are in the journal. `isRecorded` selects the sockets to count.
*/
export const createSampleCounts = (table: SocketTable, journal: Journal | undefined) => {
	// What happened before counting began is in no sample.
	let noted = journal?.table.entries ?? 0;
	return ({opened, closed, shortLived}: Changes, dropped: number, isRecorded: (slot: number) => boolean = () => true): SampleCounts => {
		const short = shortLived.filter(slot => isRecorded(slot)).length;
		const resets = journal === undefined ? 0 : countResets(journal, noted);
		noted = journal?.table.entries ?? 0;
		let sockets = 0;
		let problems = 0;
		const {life} = table.core;
		const healthProblem = table.optional('healthProblem');
		for (let slot = 0; slot < table.used; slot++) {
			if ((life[slot] & (Life.used | Life.closed)) === Life.used && isRecorded(slot)) {
				sockets++;
				problems += healthProblem !== undefined && isSick(healthProblem[slot]) ? 1 : 0;
			}
		}

		return {
			sockets,
			opened: opened.filter(slot => (life[slot] & Life.initial) === 0 && isRecorded(slot)).length + short,
			closed: closed.filter(slot => (life[slot] & Life.dropped) === 0 && isRecorded(slot)).length + short,
			resets,
			problems,
			dropped,
		};
	};
};
