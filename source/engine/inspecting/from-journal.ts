/** Reads from the journal what is known about a socket that has no row any more. */
import type {FieldContext} from '../../fields/model/field.js';
import {Life} from '../../table/columns/columns.js';
import {Event} from '../../table/journal-table.js';
import {stateName} from '../../table/columns/states.js';
import type {Inspected, LifeStep} from '../../contract/inspected.js';
import {readOwners, readValues} from './facts.js';
import {closeReasonOf, entriesOf, stepsOf} from './life.js';

/** Everything except the history, which entries do not have. */
type Remembered = Omit<Inspected, 'history'>;

const unknown = (id: number): Remembered => ({
	id, values: [], life: {
		steps: [], isOlder: false, isShortLived: false, now: 0,
	}, owners: [], isGone: true,
});

/**
What the entries say about the socket with an id; almost nothing if there are none left.

@param journal The field context of the entries.
*/
export const readFromJournal = (id: number, journal: FieldContext | undefined): Remembered => {
	const entries = journal?.entries;
	const slots = entriesOf(entries, id);
	const last = slots.at(-1);
	if (journal === undefined || entries === undefined || last === undefined) {
		return unknown(id);
	}

	const {core, time, event} = entries;
	const isShortLived = (core.life[last] & Life.shortLived) !== 0;
	const opened = slots.find(slot => event[slot] === Event.opened);
	const steps = stepsOf(entries, slots, time[slots[0]]);
	const only: readonly LifeStep[] = [{state: stateName(core.state[last]), since: time[last]}];
	const closeReason = closeReasonOf(journal, slots);
	return {
		id,
		values: readValues({context: journal, slot: last}),
		life: {
			steps: steps.length === 0 ? only : steps,
			...(opened !== undefined && {openedAt: time[opened]}),
			isOlder: opened === undefined && !isShortLived,
			...(event[last] === Event.closed && {closedAt: time[last]}),
			...(closeReason !== undefined && {closeReason}),
			isShortLived,
			now: time[last],
		},
		owners: readOwners({context: journal, slot: last}, undefined),
		isGone: true,
	};
};
