/** The keys in force: those of the key table, and those that a person has put in their place. */
import {typing} from './bindings/modes.js';
import {bindings as defaultBindings, type Binding, type Command} from './keys.js';
import type {Mode} from '../state/state.js';

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

/** Keys that stay what they are, so that one can always go back and always quit. */
export const reservedKeys: ReadonlySet<string> = new Set(['escape', 'f10', 'ctrl+c', 'ctrl+\\']);

/** They take back a character of what is typed, or belong to no key in particular. */
const fixedCommands: ReadonlySet<Command> = new Set(['erase', 'setupErase', 'portDigit']);

/** Lines of text keep their keys: a person edits with those that every line has. */
const fixedModes: ReadonlySet<Mode> = new Set([...typing, 'setupKey']);

/** Whether a person can change the keys of a binding in one of its modes. */
export const isChangeable = ({command, keys}: Binding, mode: Mode): boolean =>
	!fixedModes.has(mode) && !fixedCommands.has(command) && keys.some(key => !reservedKeys.has(key));

/** Where letters jump to what begins with them, or find. */
const findingModes: ReadonlySet<Mode> = new Set(['sort', 'setup']);

/** A letter or a number. Nearly all keys are ASCII, and the classes of all letters take milliseconds of a start to make. */
const isWordKey = (key: string): boolean => /^\p{ASCII}+$/v.test(key) ? /^[\dA-Za-z]$/v.test(key) : /^[\p{Letter}\p{Number}]$/v.test(key);

/** Whether a key is typed in a mode, rather than a key of a command. */
export const isTypedIn = (mode: Mode, key: string): boolean => findingModes.has(mode) && isWordKey(key);

/** What commands do that have other words in each mode. */
const meanings: Readonly<Partial<Record<Command, string>>> = {
	accept: 'Choose what the cursor stands at, go on; leave what is only read',
	cancel: 'Leave what is open: menu, help, inspector, explanation, setup; Esc always does',
	toggle: 'On or off: in menus and in the setup',
	toggleJournal: 'The journal: what opened and closed; the sockets again',
};

/** A command whose keys can be changed. */
export type ChangeableCommand = {
	readonly description: string;
	/** Its keys unless told. */
	readonly keys: readonly string[];
	/** Where they count. */
	readonly modes: readonly Mode[];
};

/** The commands whose keys can be changed, those of the list first, in the order of the key table. */
export const changeableCommands: ReadonlyMap<Command, ChangeableCommand> = (() => {
	const commands = new Map<Command, ChangeableCommand>();
	for (const binding of defaultBindings) {
		const {command} = binding;
		const modes = binding.modes.filter(mode => isChangeable(binding, mode));
		const {description, keys: before, modes: elsewhere} = commands.get(command) ?? {description: meanings[command] ?? binding.description, keys: [], modes: []};
		if (modes.length > 0) {
			const keys = binding.keys.filter(key => !reservedKeys.has(key));
			commands.set(command, {description, keys: [...new Set([...before, ...keys])], modes: [...new Set([...elsewhere, ...modes])]});
		}
	}

	const isOfList = ({modes}: ChangeableCommand): boolean => modes.includes('table');
	return new Map([...commands].toSorted(([, a], [, b]) => Number(isOfList(b)) - Number(isOfList(a))));
})();

/** Keys that a command has unless told otherwise, where keys can be changed. */
export const defaultKeysOf = (command: Command): readonly string[] => changeableCommands.get(command)?.keys ?? [];

/** Keys that a command has, where keys can be changed. */
export const keysInForce = ({changes}: Pick<KeyTable, 'changes'>, command: Command): readonly string[] => changes.get(command) ?? defaultKeysOf(command);

/** Whether a mode keeps the keys of a command, whatever they were changed to: all would be typed there. */
export const hasOwnKeys = (mode: Mode, changed: readonly string[]): boolean => changed.length > 0 && changed.every(key => isTypedIn(mode, key));

/** A binding for each set of keys that it has in different modes. */
const split = (binding: Binding, keysIn: (mode: Mode) => readonly string[]): readonly Binding[] => {
	const groups = Map.groupBy(binding.modes, mode => keysIn(mode).join(' '));
	return [...groups].map(([keys, modes]) => ({...binding, keys: keys === '' ? [] : keys.split(' '), modes}));
};

/** The table with some keys changed, which `checkKeys` has passed. */
export const createKeyTable = (changes: KeyChanges = new Map()): KeyTable => {
	const placed = new Set<string>();
	/** The first of the bindings that a command has in a mode gets the changed keys. */
	const changed = defaultBindings.flatMap(binding => split(binding, mode => {
		const wanted = changes.get(binding.command);
		if (wanted === undefined || !isChangeable(binding, mode) || hasOwnKeys(mode, wanted)) {
			return binding.keys;
		}

		const place = `${mode} ${binding.command}`;
		const given = placed.has(place) ? [] : wanted.filter(key => !isTypedIn(mode, key));
		placed.add(place);
		return [...binding.keys.filter(key => reservedKeys.has(key)), ...given];
	}));
	const taken = new Set(changed.flatMap(({keys, modes}) => modes.flatMap(mode => keys.map(key => `${mode} ${key}`))));
	const bindings = changed
		.flatMap(binding => {
			const leaving = binding.leaves === undefined ? [] : keysInForce({changes}, binding.leaves);
			return split(binding, mode => [...binding.keys, ...leaving.filter(key => !taken.has(`${mode} ${key}`) && !isTypedIn(mode, key))]);
		})
		.filter(({keys}) => keys.length > 0);
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
