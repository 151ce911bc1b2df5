/** The dictionary of the texts in frames. It maps text numbers and owner lists of the table to text numbers of the frames. */
import type {FieldContext} from '../../fields/model/field.js';
import type {Owner} from '../../owners/owner.js';
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
	/** Owner lists by their numbers in the table, and their numbers in frames. A number can be reused for a different list, which is a different object. */
	let lists: Array<readonly Owner[]> = [];
	let listNumbers: number[] = [];
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

	/** Compares lists, not their texts: a list contains the descriptor, so nearly every socket has its own, and a map of as many texts is slow. */
	const numberOfList = (number: number, list: readonly Owner[]): number => {
		if (lists[number] !== list) {
			const text = ownersText(list);
			lists[number] = list;
			listNumbers[number] = text === '' ? 0 : add(text);
		}

		return listNumbers[number];
	};

	return {
		reset() {
			numbers.clear();
			shadows.clear();
			lists = [];
			listNumbers = [];
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

			return name === 'owners' ? numberOfList(number, owners.of(number)) : numberOfText(table.texts.of(number));
		},
		takeNew() {
			const texts = added;
			added = [];
			return texts;
		},
	};
};
