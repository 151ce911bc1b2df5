/** The current keys: the defaults from the bindings, with the user's changes. */
import type {KeyChanges} from '../state/setup-slice.js';
import type {
	Binding,
	ChangeableCommand,
	Command,
	Controls,
	KeyTable,
	Mode,
	ModeRecord,
	State,
} from '../state/state.js';

/** Keys that cannot be changed, so that going back and quitting always work. */
export const reservedKeys: ReadonlySet<string> = new Set(['escape', 'f10', 'ctrl+c', 'ctrl+\\']);

/** Modes whose keys cannot be changed: all lines of text have the same editing keys. */
const hasFixedKeys = ({kind}: ModeRecord): boolean => kind === 'line' || kind === 'key';

type Modes = Pick<KeyTable, 'modes'>;

/** Whether the user can change the keys of a binding in one of its modes. */
export const isChangeable = ({modes}: Modes, {keys, isFixed}: Binding, mode: Mode): boolean => {
	const record = modes.get(mode);
	return record !== undefined && !hasFixedKeys(record) && isFixed !== true && keys.some(key => !reservedKeys.has(key));
};

/** Whether a key is a letter or a number. Nearly all keys are ASCII, and compiling the Unicode classes adds milliseconds to the start. */
const isWordKey = (key: string): boolean => /^\p{ASCII}+$/v.test(key) ? /^[\dA-Za-z]$/v.test(key) : /^[\p{Letter}\p{Number}]$/v.test(key);

/** Whether a key is typed as text in a mode, to search or to jump, instead of running a command. */
export const isTypedIn = ({modes}: Modes, mode: Mode, key: string): boolean => {
	const record = modes.get(mode);
	return record !== undefined && !hasFixedKeys(record) && (record.takeText ?? record.takeLetter) !== undefined && isWordKey(key);
};

/** Collects the commands whose keys can be changed, those of the list first. */
const changeableOf = (table: Modes, bindings: readonly Binding[]): ReadonlyMap<Command, ChangeableCommand> => {
	const commands = new Map<Command, ChangeableCommand>();
	for (const binding of bindings) {
		const {command, inGeneral} = binding;
		const modes = binding.modes.filter(mode => isChangeable(table, binding, mode));
		if (modes.length > 0) {
			const {description, keys: before, modes: elsewhere} = commands.get(command) ?? {description: inGeneral ?? binding.description, keys: [], modes: []};
			const keys = binding.keys.filter(key => !reservedKeys.has(key));
			commands.set(command, {description, keys: [...new Set([...before, ...keys])], modes: [...new Set([...elsewhere, ...modes])]});
		}
	}

	const isOfList = ({modes}: ChangeableCommand): boolean => modes.includes('table');
	return new Map([...commands].toSorted(([, a], [, b]) => Number(isOfList(b)) - Number(isOfList(a))));
};

/** The default keys of a command whose keys can be changed. */
export const defaultKeysOf = ({changeable}: Pick<KeyTable, 'changeable'>, command: Command): readonly string[] => changeable.get(command)?.keys ?? [];

/** The current keys of a command whose keys can be changed. */
export const currentKeysOf = (table: Pick<KeyTable, 'changes' | 'changeable'>, command: Command): readonly string[] => table.changes.get(command) ?? defaultKeysOf(table, command);

/** Whether a command keeps its default keys in a mode because all changed keys would be typed as text there. */
export const hasOwnKeys = (table: Modes, mode: Mode, changed: readonly string[]): boolean => changed.length > 0 && changed.every(key => isTypedIn(table, mode, key));

/** Splits a binding into one for each different set of keys that it has in its modes. */
const split = (binding: Binding, keysIn: (mode: Mode) => readonly string[]): readonly Binding[] => {
	const groups = Map.groupBy(binding.modes, mode => keysIn(mode).join(' '));
	return [...groups].map(([keys, modes]) => ({...binding, keys: keys === '' ? [] : keys.split(' '), modes}));
};

/** Applies the user's key changes to the bindings. */
const changedBindings = (table: Omit<KeyTable, 'bindings' | 'find'>): readonly Binding[] => {
	const {defaults, changes} = table;
	const assigned = new Set<string>();
	/** If a command has several bindings in a mode, the first one gets the changed keys. */
	const changed = defaults.flatMap(binding => split(binding, mode => {
		const requested = changes.get(binding.command);
		if (requested === undefined || !isChangeable(table, binding, mode) || hasOwnKeys(table, mode, requested)) {
			return binding.keys;
		}

		const modeAndCommand = `${mode} ${binding.command}`;
		const given = assigned.has(modeAndCommand) ? [] : requested.filter(key => !isTypedIn(table, mode, key));
		assigned.add(modeAndCommand);
		return [...binding.keys.filter(key => reservedKeys.has(key)), ...given];
	}));
	const taken = new Set(changed.flatMap(({keys, modes}) => modes.flatMap(mode => keys.map(key => `${mode} ${key}`))));
	return changed
		.flatMap(binding => {
			const leaving = binding.leaves === undefined ? [] : currentKeysOf(table, binding.leaves);
			return split(binding, mode => [...binding.keys, ...leaving.filter(key => !taken.has(`${mode} ${key}`) && !isTypedIn(table, mode, key))]);
		})
		.filter(({keys}) => keys.length > 0);
};

/**
Creates the table of modes and keys.

@param controls All modes and bindings.
@param changes Changed keys, as accepted by `checkKeys`.
*/
export const createKeyTable = (controls: Controls, changes: KeyChanges = new Map()): KeyTable => {
	const modes = new Map(controls.modes.map(record => [record.id, record]));
	const defaults = controls.bindings.map(({modes: where, ...binding}): Binding => ({
		...binding, modes: typeof where === 'function' ? controls.modes.filter(record => where(record)).map(({id}) => id) : where,
	}));
	const table = {
		controls, changes, modes, defaults, changeable: changeableOf({modes}, defaults),
	};
	const bindings = changedBindings(table);
	const index = new Map<string, readonly Binding[]>();
	for (const binding of bindings) {
		for (const mode of binding.modes) {
			for (const key of binding.keys) {
				const modeAndKey = `${mode} ${key}`;
				index.set(modeAndKey, [...index.get(modeAndKey) ?? [], binding]);
			}
		}
	}

	return {
		...table,
		bindings,
		find: (mode, key, state) => index.get(`${mode} ${key}`)?.find(({when}) => when === undefined || (state !== undefined && when(state))),
	};
};

/** Whether a binding has its first key now, in the mode of the state. */
export const isActive = (state: State, {keys, when, modes}: Binding): boolean => {
	const found = modes.includes(state.mode) ? state.keyTable.find(state.mode, keys[0], state) : undefined;
	return found !== undefined && (when === undefined ? found.when === undefined : when(state));
};

/** Names of modes for messages about keys. Mode `port` counts as the list. */
export const modeNames = ({modes}: Modes, ids: readonly Mode[]): readonly string[] =>
	ids.filter(id => id !== 'port' || !ids.includes('table')).map(id => modes.get(id)?.name ?? id);
