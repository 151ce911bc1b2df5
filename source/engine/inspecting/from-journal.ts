/** Reads from the journal what is known about a socket that has no row any more. */
import type {World} from '../../fields/model/field.js';
import {Life} from '../../table/columns/columns.js';
import {Event} from '../../table/journal-table.js';
import {stateName} from '../../table/columns/states.js';
import type {Inspected, LifeStep} from '../../contract/inspected.js';
import {readOwners, readValues} from './facts.js';
import {endingOf, entriesOf, stepsOf} from './life.js';

/** Everything except the history, which entries do not have. */
type Remembered = Omit<Inspected, 'history'>;

const unknown = (id: number): Remembered => ({
	id, values: [], life: {
		steps: [], isOlder: false, isUnseen: false, now: 0,
	}, owners: [], isGone: true,
});

/**
What the entries say about the socket with an id; almost nothing if there are none left.

@param journal The field context of the entries.
*/
export const readFromJournal = (id: number, journal: World | undefined): Remembered => {
	const entries = journal?.entries;
	const slots = entriesOf(entries, id);
	const last = slots.at(-1);
	if (journal === undefined || entries === undefined || last === undefined) {
		return unknown(id);
	}

	const {core, time, event} = entries;
	const isUnseen = (core.life[last] & Life.unseen) !== 0;
	const opened = slots.find(slot => event[slot] === Event.opened);
	const steps = stepsOf(entries, slots, time[slots[0]]);
	const only: readonly LifeStep[] = [{state: stateName(core.state[last]), since: time[last]}];
	const ending = endingOf(journal, slots);
	return {
		id,
		values: readValues({world: journal, slot: last}),
		life: {
			steps: steps.length === 0 ? only : steps,
			...(opened !== undefined && {openedAt: time[opened]}),
			isOlder: opened === undefined && !isUnseen,
			...(event[last] === Event.closed && {closedAt: time[last]}),
			...(ending !== undefined && {ending}),
			isUnseen,
			now: time[last],
		},
		owners: readOwners({world: journal, slot: last}, undefined),
		isGone: true,
	};
};
