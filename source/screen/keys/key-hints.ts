import {kebabCase} from '../../text/spelling.js';
import type {KeyTable, Mode} from '../state/state.js';
import {keyLabel} from './key-names.js';

/**
A sentence with the keys that are in force in it: `{openFilter}` becomes `F4`. A command without a key is called by its name.

@param sentence
@param keyTable
@param mode Where the sentence stands: a command's key there is meant, or else its key in the list.
*/
export const withKeys = (sentence: string, keyTable: KeyTable, mode: Mode = 'table'): string => {
	const keyIn = (command: string, where: Mode): string | undefined =>
		keyTable.bindings.find(binding => binding.command === command && binding.modes.includes(where))?.keys.at(0);
	return sentence.replaceAll(/\{(?<command>[A-Za-z]+)\}/gv, (whole, command: string) => {
		const key = keyIn(command, mode) ?? keyIn(command, 'table');
		return key === undefined ? (keyTable.changeable.has(command) ? kebabCase(command) : whole) : keyLabel(key);
	});
};
