import type {EngineLink} from '../../contract/engine-link.js';
import {isSameTiming, timingOf} from '../../preferences/timing.js';
import type {State} from '../state/state.js';
import {queryOf} from '../state/query-of.js';
import {reduce, type Action} from './reduce.js';

/** Holds the state, sends queries to the engine, and notifies the renderer of changes. */
export type Store = {
	readonly getState: () => State;
	readonly subscribe: (listener: () => void) => () => void;
	/** Applies actions as one batch: at most one query to the engine and one frame. */
	readonly dispatch: (actions: readonly Action[]) => void;
	/** Stops listening to the engine. */
	readonly close: () => void;
};

/** Creates the store and sends the first query. */
export const createStore = (link: EngineLink, initial: State): Store => {
	let state = initial;
	const listeners = new Set<() => void>();

	const dispatch = (actions: readonly Action[]): void => {
		const previous = state;
		for (const action of actions) {
			state = reduce(state, action);
		}

		if (state === previous) {
			return;
		}

		if (state.isPaused !== previous.isPaused) {
			link.send({type: 'pause', paused: state.isPaused});
		}

		if (!isSameTiming(state.preferences, previous.preferences)) {
			link.send({type: 'timing', timing: timingOf(state.preferences)});
		}

		const {acting} = state;
		if (acting !== undefined && acting.number !== previous.acting?.number) {
			link.send({type: 'lock', number: acting.number, ids: acting.ids});
		}

		if (acting?.order !== undefined && acting.order !== previous.acting?.order) {
			link.send({type: 'act', request: acting.order});
		}

		if (state.momentRequest !== previous.momentRequest) {
			link.send({type: 'moment', request: state.momentRequest.request});
		}

		if (state.alert?.request !== previous.alert?.request) {
			link.send({type: 'alert', request: state.alert?.request});
		}

		if (state.sequence !== previous.sequence) {
			link.send({type: 'query', sequence: state.sequence, query: queryOf(state)});
		}

		if (state.recordRequest !== undefined && state.recordRequest !== previous.recordRequest) {
			link.send({type: 'record', isOn: state.recordRequest.isOn});
		}

		if (state.writing !== undefined && state.writing !== previous.writing) {
			link.send({type: 'write', request: state.writing});
		}

		for (const listener of listeners) {
			listener();
		}
	};

	const close = link.subscribe(message => {
		dispatch([message.type === 'failed' ? {type: 'end', outcome: {exitCode: 1, message: message.message}} : message]);
	});
	link.send({type: 'query', sequence: state.sequence, query: queryOf(state)});

	return {
		getState: () => state,
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		dispatch,
		close,
	};
};
