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
	/** The last text of each owner list by its number. A number can be reused for a different list, which is a different object. */
	const ownerTexts = new Map<number, {readonly list: readonly Owner[]; readonly text: string}>();
	let added: string[] = [];

	const textOf = ({table, owners}: FieldContext, name: string, number: number): string => {
		if (name !== 'owners') {
			return table.texts.of(number);
		}

		const list = owners.of(number);
		const cached = ownerTexts.get(number);
		if (cached?.list === list) {
			return cached.text;
		}

		const text = ownersText(list);
		ownerTexts.set(number, {list, text});
		return text;
	};

	return {
		reset() {
			numbers.clear();
			shadows.clear();
			ownerTexts.clear();
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
		numberOf(context, name, number) {
			if (number === 0) {
				return 0;
			}

			const text = textOf(context, name, number);
			if (text === '') {
				return 0;
			}

			let own = numbers.get(text);
			if (own === undefined) {
				own = numbers.size + 1;
				numbers.set(text, own);
				added.push(text);
			}

			return own;
		},
		takeNew() {
			const texts = added;
			added = [];
			return texts;
		},
	};
};
