import {kebabCase} from '../../text/spelling.js';
import type {KeyTable, Mode} from '../state/state.js';
import {keyLabel} from './key-names.js';

/**
Replaces commands in a sentence by their current keys: `{openFilter}` becomes `F4`. A command without a key is replaced by its name.

@param mode The mode in which the sentence is shown. If the command has no key there, its key in the list is used.
*/
export const withKeys = (sentence: string, keyTable: KeyTable, mode: Mode = 'table'): string => {
	const keyIn = (command: string, where: Mode): string | undefined =>
		keyTable.bindings.find(binding => binding.command === command && binding.modes.includes(where))?.keys.at(0);
	return sentence.replaceAll(/\{(?<command>[A-Za-z]+)\}/gv, (whole, command: string) => {
		const key = keyIn(command, mode) ?? keyIn(command, 'table');
		return key === undefined ? (keyTable.changeable.has(command) ? kebabCase(command) : whole) : keyLabel(key);
	});
};
