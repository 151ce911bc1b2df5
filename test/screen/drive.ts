/** Drives the state without a terminal: keys in, and a fake engine that answers what the state asks for. */
import {Buffer} from 'node:buffer';
import {createInputDecoder, type InputEvent} from '../../source/screen/terminal/input.js';
import {reduce, type Action} from '../../source/screen/update/reduce.js';
import {initialState, type InitialQuery} from '../../source/screen/update/initial-state.js';
import type {State} from '../../source/screen/state/state.js';
import {queryOf} from '../../source/screen/state/query-of.js';
import {
	createFakeEngine,
	makeSockets,
	type FakeEngine,
	type FakeSocket,
} from './fake-engine.js';
import {everything} from './open-screen.js';

export type Driver = {
	readonly state: () => State;
	readonly engine: FakeEngine;
	/** Keys as bytes; the engine does not answer in between. */
	readonly type: (bytes: string) => Driver;
	/** Keys as bytes, and the engine's answer to what they ask for, until the screen asks for nothing more. */
	readonly press: (bytes: string) => Driver;
	/** Another sample, and all that follows from it. */
	readonly sample: (sockets?: readonly FakeSocket[]) => Driver;
	/** A press of the mouse at a place, from 0. */
	readonly click: (column: number, row: number, isDouble?: boolean) => Driver;
	readonly act: (action: Action) => Driver;
};

export type DriverOptions = {
	readonly sockets?: readonly FakeSocket[];
	readonly query?: Partial<InitialQuery>;
	readonly columns?: number;
	readonly rows?: number;
	/** What is wrong with the settings file. */
	readonly complaints?: readonly string[];
};

/** Starts with an answered query. */
export const drive = ({sockets = makeSockets(100), query = {}, columns = 100, rows = 30, complaints = []}: DriverOptions = {}): Driver => {
	const engine = createFakeEngine(sockets, {isManual: true});
	let state = initialState({...everything, ...query}, {columns, rows}, {settingsProblems: complaints});
	let asked = 0;
	engine.link.subscribe(message => {
		if (message.type === 'view') {
			state = reduce(state, {type: 'view', view: message.view});
		}
	});

	const ask = (): void => {
		if (asked === state.sequence) {
			return;
		}

		asked = state.sequence;
		engine.link.send({type: 'query', sequence: state.sequence, query: queryOf(state)});
	};

	const answerAll = (): void => {
		while (asked !== state.sequence) {
			ask();
			engine.answer();
		}
	};

	answerAll();
	const decoder = createInputDecoder();
	const driver: Driver = {
		state: () => state,
		engine,
		type(bytes) {
			for (const event of [...decoder.push(Buffer.from(bytes)), ...decoder.flush()]) {
				state = reduce(state, {type: 'input', event});
			}

			return driver;
		},
		press(bytes) {
			driver.type(bytes);
			answerAll();
			return driver;
		},
		sample(changed) {
			ask();
			engine.sample(changed === undefined ? {} : {sockets: changed});
			answerAll();
			return driver;
		},
		click(column, row, isDouble = false) {
			const event: InputEvent = {
				type: 'mouse', action: 'press', column, row, ...(isDouble && {isDouble}),
			};
			state = reduce(state, {type: 'input', event});
			answerAll();
			return driver;
		},
		act(action) {
			state = reduce(state, action);
			return driver;
		},
	};
	return driver;
};

/** Ids of the rows in sight. */
export const shownIds = ({view}: State): readonly number[] => view?.rows.map(({id}) => id) ?? [];
