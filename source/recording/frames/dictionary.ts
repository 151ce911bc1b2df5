/** The dictionary of the texts in frames. It maps text numbers and owner lists of the table to text numbers of the frames. */
import type {FieldContext} from '../../fields/model/field.js';
import type {OwnerSets} from '../../owners/owner.js';
import {resized} from '../../table/columns/resized.js';
import {ownersText} from './owner-texts.js';

export type Dictionary = {
	readonly reset: () => void;
	/** The table's numbers in a column as of the last frame, by slot, with room for `length` slots: while a number is the same, so is the text. */
	readonly shadow: (name: string, length: number) => Uint32Array;
	/** The number in frames of a number in a column of the table; 0 for an empty text. A new text is added. */
	readonly numberOf: (context: FieldContext, name: string, number: number) => number;
	/** Returns the texts added since the last call. */
	readonly takeNew: () => readonly string[];
};

export const createDictionary = (): Dictionary => {
	const numbers = new Map<string, number>();
	const shadows = new Map<string, Uint32Array>();
	/** By the number of an owner list in the table: its version when it was read, and its number in frames. */
	let versions = new Uint32Array(0);
	let listNumbers = new Uint32Array(0);
	let count = 0;
	let added: string[] = [];

	const add = (text: string): number => {
		added.push(text);
		return ++count;
	};

	const numberOfText = (text: string): number => {
		if (text === '') {
			return 0;
		}

		let own = numbers.get(text);
		if (own === undefined) {
			own = add(text);
			numbers.set(text, own);
		}

		return own;
	};

	/** Compares versions, not texts: a list contains the descriptor, so nearly every socket has its own, and a map of as many texts is slow. */
	const numberOfList = (owners: OwnerSets, list: number): number => {
		if (list >= versions.length) {
			const length = Math.max(1024, list + 1, 2 * versions.length);
			versions = resized(versions, new Uint32Array(length));
			listNumbers = resized(listNumbers, new Uint32Array(length));
		}

		const version = owners.version(list);
		if (versions[list] !== version) {
			const text = ownersText(owners.read(list));
			versions[list] = version;
			listNumbers[list] = text === '' ? 0 : add(text);
		}

		return listNumbers[list];
	};

	return {
		reset() {
			numbers.clear();
			shadows.clear();
			versions.fill(0);
			count = 0;
			added = [];
		},
		shadow(name, length) {
			let shadow = shadows.get(name);
			if (shadow === undefined || shadow.length < length) {
				const larger = new Uint32Array(length);
				larger.set(shadow ?? []);
				shadow = larger;
				shadows.set(name, shadow);
			}

			return shadow;
		},
		numberOf({table, owners}, name, number) {
			if (number === 0) {
				return 0;
			}

			return name === 'owners' ? numberOfList(owners, number) : numberOfText(table.texts.of(number));
		},
		takeNew() {
			const texts = added;
			added = [];
			return texts;
		},
	};
};
