/** The keys in force: those of the key table, and those that a person has put in their place. */
import type {WrittenKeys} from '../preferences/configuration.js';
import {meant} from '../preferences/read-value.js';
import {kebabCase, normalizeName} from '../text/spelling.js';
import {browsing} from './bindings/modes.js';
import {bindings as defaultBindings, type Binding, type Command} from './keys.js';
import {keyLabel, readKey} from './key-names.js';
import type {Mode} from './state.js';

/** Keys by what they do, as a person wants them; none for a command without a key. */
export type KeyChanges = ReadonlyMap<Command, readonly string[]>;

export type KeyTable = {
	/** All bindings. Where two have the same key and mode, the first counts. */
	readonly bindings: readonly Binding[];
	/** What the person has changed. */
	readonly changes: KeyChanges;
	/** The binding of a key in a mode, or undefined. */
	readonly find: (mode: Mode, key: string) => Binding | undefined;
};

/** Where keys can be changed. Menus, lines and help keep theirs. */
const changeable: ReadonlySet<Mode> = new Set(browsing);

/** What they do depends on the mode, or they belong to no key in particular. */
const fixed: ReadonlySet<Command> = new Set(['accept', 'cancel', 'erase', 'portDigit']);

/** Whether a person can change the keys of a binding. Those that work everywhere stay, so that one can always quit. */
const isChangeable = ({modes, command}: Binding): boolean => modes.includes('table') && !modes.includes('filter') && !fixed.has(command);

/** The commands whose keys can be changed, each with its first binding, in the order of the key table. */
export const changeableCommands: ReadonlyMap<Command, Binding> = new Map(defaultBindings
	.filter(binding => isChangeable(binding))
	.toReversed()
	.map(binding => [binding.command, binding] as const)
	.toReversed());

/** Keys that a command has unless told otherwise, where keys can be changed. */
export const defaultKeysOf = (command: Command): readonly string[] =>
	defaultBindings.filter(binding => binding.command === command && isChangeable(binding)).flatMap(({keys}) => keys);

/** Keys that a command has, where keys can be changed. */
export const keysInForce = ({changes}: KeyTable, command: Command): readonly string[] => changes.get(command) ?? defaultKeysOf(command);

/** The table with some keys changed, which `checkKeys` has passed. */
export const createKeyTable = (changes: KeyChanges = new Map()): KeyTable => {
	const placed = new Set<Command>();
	const bindings = defaultBindings.flatMap((binding): readonly Binding[] => {
		const {command, modes} = binding;
		const keys = changes.get(command);
		if (keys === undefined || !isChangeable(binding)) {
			return [binding];
		}

		const {shown: _, ...rest} = binding;
		const changed: Binding = {...rest, keys, modes: modes.filter(mode => changeable.has(mode))};
		const unchanged: Binding = {...binding, modes: modes.filter(mode => !changeable.has(mode))};
		const isFirst = !placed.has(command);
		placed.add(command);
		return [...(isFirst ? [changed] : []), unchanged].filter(part => part.keys.length > 0 && part.modes.length > 0);
	});
	const index = new Map<string, Binding>();
	for (const binding of bindings) {
		for (const mode of binding.modes) {
			for (const key of binding.keys) {
				const place = `${mode} ${key}`;
				index.set(place, index.get(place) ?? binding);
			}
		}
	}

	return {bindings, changes, find: (mode, key) => index.get(`${mode} ${key}`)};
};

/** The keys that are in force unless a person has changed some. */
export const defaultKeyTable = createKeyTable();

/** What a person wants, as far as it can be, and a sentence for each key that cannot. */
export type CheckedKeys = {readonly changes: KeyChanges; readonly problems: readonly string[]};

/**
The keys that a settings file asks for.

@param written Keys by names of commands, in any spelling.
@param file What to call the file in sentences.
*/
export const readKeyChanges = (written: WrittenKeys, file: string): CheckedKeys => {
	const commands = changeableCommands.keys().toArray();
	const wanted = new Map<Command, readonly string[]>();
	const unknown: string[] = [];
	for (const [name, keys] of written) {
		const command = commands.find(each => normalizeName(each) === normalizeName(name));
		if (command === undefined) {
			unknown.push(`there is no command "${name}"${meant(name, commands.map(each => kebabCase(each)))}`);
		} else {
			wanted.set(command, keys);
		}
	}

	const {changes, problems} = checkKeys(wanted);
	return {changes, problems: [...unknown, ...problems].map(problem => `${file}, [keys]: ${problem}`)};
};

/**
Checks keys that a person wants. Names that are none, and keys that something else has, are told and left out. A command that gets none of those that it was
to have keeps its own.

@param wanted Keys as people write them, by the commands that are to have them.
*/
export const checkKeys = (wanted: ReadonlyMap<Command, readonly string[]>): CheckedKeys => {
	const holders = new Map<string, Command>();
	for (const binding of defaultBindings) {
		if (binding.modes.some(mode => changeable.has(mode)) && !(isChangeable(binding) && wanted.has(binding.command))) {
			for (const key of binding.keys) {
				holders.set(key, holders.get(key) ?? binding.command);
			}
		}
	}

	const changes = new Map<Command, readonly string[]>();
	const problems: string[] = [];
	for (const [command, names] of wanted) {
		const hasTaken = (key: string): boolean => {
			const holder = holders.get(key) ?? command;
			holders.set(key, holder);
			return holder === command;
		};

		const keys = names.flatMap(name => {
			const key = readKey(name);
			if (key === undefined) {
				problems.push(`"${name}" is no key; write F4, Ctrl-F, PgUp or a character`);
			} else if (hasTaken(key)) {
				return [key];
			} else {
				problems.push(`${keyLabel(key)} is the key of ${kebabCase(holders.get(key) ?? '')}, so ${kebabCase(command)} does not get it`);
			}

			return [];
		});
		const given = keys.length === 0 && names.length > 0 ? defaultKeysOf(command).filter(key => hasTaken(key)) : [...new Set(keys)];
		if (JSON.stringify(given) !== JSON.stringify(defaultKeysOf(command))) {
			changes.set(command, given);
		}
	}

	return {changes, problems};
};
