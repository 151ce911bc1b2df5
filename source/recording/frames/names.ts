/** Names of numbers on the recorded machine, by keys such as `user 1000`, `interface 2 0`, `namespace 3` and `cgroup 77`. */
import type {FieldContext} from '../../fields/model/field.js';
import type {NetworkNamespaceIdentity} from '../../namespaces/identity.js';
import type {NumericArray} from '../../table/columns/columns.js';
import type {FrameState} from './state.js';

export const userKey = (uid: number): string => `user ${uid}`;
export const interfaceKey = (index: number, namespace: number): string => `interface ${index} ${namespace}`;
export const namespaceKey = (number: number): string => `namespace ${number}`;
export const cgroupKey = (id: number): string => `cgroup ${id}`;

const namespaceText = ({inode, name}: NetworkNamespaceIdentity): string => `${inode} ${name}`;

/** Parses the output of `namespaceText`; undefined for any other text. */
export const readNamespaceText = (text: string | undefined): NetworkNamespaceIdentity | undefined => {
	const [inode = '', ...words] = text?.split(' ') ?? [];
	return words.length === 0 || !/^\d+$/v.test(inode) ? undefined : {name: words.join(' '), inode: Number(inode)};
};

/** Distinct values in a column. */
const distinct = (array: NumericArray | undefined, slots: ArrayLike<number>): Set<number> => {
	const values = new Set<number>();
	if (array !== undefined) {
		const {length} = slots;
		let last: number | undefined;
		for (let index = 0; index < length; index++) {
			const value = array[slots[index]];
			if (value !== last) {
				values.add(value);
				last = value;
			}
		}
	}

	return values;
};

/**
Adds to the state the names that the sockets in some slots refer to.

@returns The names that are new or have changed.
*/
export const collectNames = ({table, userName, interfaceName, namespace, cgroupPath}: FieldContext, slots: ArrayLike<number>, {names}: FrameState): ReadonlyArray<readonly [string, string]> => {
	const added: Array<readonly [string, string]> = [];
	const note = (key: string, name: string | undefined): void => {
		if (name === undefined || names.get(key) === name) {
			return;
		}

		names.set(key, name);
		added.push([key, name]);
	};

	const {core} = table;
	for (const uid of distinct(core.uid, slots)) {
		note(userKey(uid), userName(uid));
	}

	for (const number of distinct(core.namespace, slots)) {
		const identity = namespace(number);
		note(namespaceKey(number), identity && namespaceText(identity));
	}

	for (const id of distinct(table.optional('cgroupId'), slots)) {
		note(cgroupKey(id), Number.isNaN(id) ? undefined : cgroupPath(id));
	}

	const seen = new Set<string>();
	const {length} = slots;
	for (let index = 0; index < length; index++) {
		const interfaceIndex = core.interfaceIndex[slots[index]];
		if (interfaceIndex === 0) {
			continue;
		}

		const number = core.namespace[slots[index]];
		const key = interfaceKey(interfaceIndex, number);
		if (!seen.has(key)) {
			seen.add(key);
			note(key, interfaceName(interfaceIndex, number));
		}
	}

	return added;
};
