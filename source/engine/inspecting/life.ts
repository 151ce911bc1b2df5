/** The states that a socket was in, and when. */
import type {FieldContext} from '../../fields/model/field.js';
import {findField} from '../../fields/registry.js';
import {Life as Flag, Trait} from '../../table/columns/columns.js';
import {Event, type JournalTable} from '../../table/journal-table.js';
import type {Changes} from '../../table/changes.js';
import type {SocketTable} from '../../table/socket-table.js';
import {stateName} from '../../table/columns/states.js';
import type {Life, LifeStep} from '../../contract/inspected.js';

export type LifeRecord = {
	/** Adds what a sample changed. */
	readonly add: (changes: Pick<Changes, 'changed' | 'previousStates'>) => void;
	readonly read: () => Life;
};

/** Limit of steps. Sockets have few, but a listener that is opened and closed again and again must not fill the memory. */
const maxSteps = 100;

/** Slots of the entries about the socket with an id, oldest first. */
export const entriesOf = (entries: JournalTable | undefined, id: number): readonly number[] => {
	if (entries === undefined) {
		return [];
	}

	const slots: number[] = [];
	for (let slot = 0; slot < entries.used; slot++) {
		if (entries.socket[slot] === id) {
			slots.push(slot);
		}
	}

	return slots.toSorted((a, b) => entries.core.id[a] - entries.core.id[b]);
};

/** The steps that the journal has. For a socket that existed before, the first one is the state before its first change. */
export const stepsOf = ({event, previousState, time, core}: JournalTable, slots: readonly number[], firstSeen: number): readonly LifeStep[] => {
	const own = slots.filter(slot => event[slot] !== Event.closed);
	const [first] = own;
	return [
		...(first !== undefined && event[first] === Event.changed ? [{state: stateName(previousState[first]), since: firstSeen, isLeast: true} as const] : []),
		...own.map(slot => ({state: stateName(core.state[slot]), since: time[slot]})),
	];
};

/** The close reason in the newest of these entries; undefined if the socket is open, or if the reason is unknown. */
export const closeReasonOf = (journal: FieldContext | undefined, slots: readonly number[]): string | undefined => {
	const last = slots.at(-1);
	const value = journal && last !== undefined && findField('ended')?.read(journal, last);
	return typeof value === 'string' ? value : undefined;
};

/**
Starts with the steps that the journal has of a socket, and follows it from there, because the journal is bounded.

@param journal The field context of the entries.
@param wallTime Converts a moment of the table's clock to milliseconds since 1970.
*/
export const createLife = (table: SocketTable, slot: number, journal: FieldContext | undefined, wallTime: (moment: number) => number): LifeRecord => {
	const {openedAt: openings, stateSince, state, traits, id: ids} = table.core;
	const id = ids[slot];
	const openedAt = wallTime(openings[slot]);
	const steps = journal?.entries === undefined ? [] : [...stepsOf(journal.entries, entriesOf(journal.entries, id), openedAt)];
	if (steps.length === 0) {
		const isLeast = (traits[slot] & Trait.initialState) !== 0;
		steps.push({state: stateName(state[slot]), since: wallTime(stateSince[slot]), ...(isLeast && {isLeast})});
	}

	let closeReason: string | undefined;

	return {
		add({changed, previousStates}) {
			const {core} = table;
			for (const [index, changedSlot] of changed.entries()) {
				if (changedSlot !== slot) {
					continue;
				}

				const next = changed.indexOf(slot, index + 1);
				steps.push({state: stateName(next === -1 ? core.state[slot] : previousStates[next]), since: wallTime(table.now)});
			}

			steps.splice(0, steps.length - maxSteps);
		},
		read() {
			const {core} = table;
			const closedAt = core.closedAt[slot];
			if (!Number.isNaN(closedAt)) {
				closeReason ??= closeReasonOf(journal, entriesOf(journal?.entries, id));
			}

			return {
				steps: [...steps],
				openedAt,
				isOlder: (core.life[slot] & Flag.initial) !== 0,
				...(!Number.isNaN(closedAt) && {closedAt: wallTime(closedAt)}),
				...(closeReason !== undefined && {closeReason}),
				isShortLived: (core.life[slot] & Flag.shortLived) !== 0,
				now: wallTime(table.now),
			};
		},
	};
};
