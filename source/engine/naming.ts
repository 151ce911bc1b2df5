import {createReverseNames, type ReverseNames} from '../names/reverse-names.js';
import {createSystemServiceNames} from '../names/services.js';
import {onlyNames, type NameKinds, type Names} from '../names/names.js';

/** Milliseconds to collect names before they are shown: they arrive one by one, and each would cost a frame. */
const gathering = 100;

export type Naming = {
	/** The names for one answer. Unknown host names are looked up, but only those of the last answer. Undefined if no names are shown. */
	readonly forAnswer: (kinds: NameKinds | undefined) => Names | undefined;
	/** The names known so far, without starting lookups. A new object when more are known. Undefined if no names are shown. */
	readonly known: (kinds: NameKinds | undefined) => Names | undefined;
	readonly close: () => void;
};

/**
Provides the names that answers show. Nothing is loaded or looked up until names are shown.

@param onNames Called when host names have been found since the last answer.
@param createHosts Creates the host names; replaced in tests.
*/
export const createNaming = (onNames: () => void, createHosts: (onName: () => void) => ReverseNames = onName => createReverseNames({onName})): Naming => {
	let hosts: ReverseNames | undefined;
	let timer: NodeJS.Timeout | undefined;
	const service = createSystemServiceNames();
	let known: {readonly kinds: NameKinds; readonly names: Names} | undefined;

	const onName = (): void => {
		known = undefined;
		timer ??= setTimeout(() => {
			timer = undefined;
			onNames();
		}, gathering);
	};

	return {
		forAnswer(kinds) {
			if (kinds === undefined) {
				hosts?.begin();
				return undefined;
			}

			hosts ??= createHosts(onName);
			hosts.begin();
			return onlyNames({host: hosts.name, service}, kinds);
		},
		known(kinds) {
			if (kinds === undefined) {
				return undefined;
			}

			if (known?.kinds.hosts !== kinds.hosts || known.kinds.services !== kinds.services) {
				known = {kinds, names: onlyNames({host: address => hosts?.known(address), service}, kinds)};
			}

			return known.names;
		},
		close() {
			clearTimeout(timer);
			hosts?.close();
		},
	};
};
