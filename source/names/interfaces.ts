import {readInterfaces} from './read-interfaces.js';

/** Milliseconds between two reads that an unknown interface causes. */
const missInterval = 1000;

/** Milliseconds after which all interfaces are read again, because one may have been renamed. */
const renameInterval = 10_000;

export type InterfaceNames = {
	/** Name of an interface index, not escaped; undefined if there is none. */
	readonly name: (index: number) => string | undefined;
	/** Index of an interface name; undefined if there is none. */
	readonly index: (name: string) => number | undefined;
};

type Options = {
	/** Reads the names of all interfaces by index. */
	readonly read?: () => ReadonlyMap<number, string>;
	/** A clock in milliseconds. */
	readonly now?: () => number;
};

/** Looks up interface names by index and indexes by name. All are read together: at most once per second for an unknown interface, else every ten seconds. */
export const createInterfaceNames = ({read = readInterfaces, now = () => performance.now()}: Options = {}): InterfaceNames => {
	let names: ReadonlyMap<number, string> = new Map();
	let indexes: ReadonlyMap<string, number> = new Map();
	let readAt = -Infinity;

	const refresh = (): void => {
		readAt = now();
		names = read();
		indexes = new Map([...names].map(([index, name]) => [name, index]));
	};

	const lookUp = <Key, Value>(find: (key: Key) => Value | undefined) => (key: Key): Value | undefined => {
		const age = now() - readAt;
		if (age >= renameInterval || (age >= missInterval && find(key) === undefined)) {
			refresh();
		}

		return find(key);
	};

	return {
		name: lookUp((index: number) => names.get(index)),
		index: lookUp((name: string) => indexes.get(name)),
	};
};
