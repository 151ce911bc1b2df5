import {kebabCase} from '../text/spelling.js';
import {keyLabel} from './key-names.js';
import {changeableCommands, type KeyTable} from './key-table.js';

const commands: ReadonlySet<string> = new Set(changeableCommands.keys());

/** A sentence with the keys that are in force in it: `{openFilter}` becomes `F4`. A command without a key is called by its name. */
export const withKeys = (sentence: string, {bindings}: KeyTable): string => sentence.replaceAll(/\{(?<command>[A-Za-z]+)\}/gv, (whole, command: string) => {
	const key = bindings.find(binding => binding.command === command && binding.modes.includes('table'))?.keys.at(0);
	return key === undefined ? (commands.has(command) ? kebabCase(command) : whole) : keyLabel(key);
});
