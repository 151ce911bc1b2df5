/** Validates key changes: accepts what is possible and reports each key that is not. */
import type {WrittenKeys} from '../../preferences/configuration.js';
import {meant, maxProblems, quoted} from '../../preferences/read-value.js';
import {kebabCase, normalizeName} from '../../text/spelling.js';
import type {KeyChanges} from '../state/setup-slice.js';
import type {Command, KeyTable, Mode} from '../state/state.js';
import {keyLabel, readKey} from './key-names.js';
import {
	defaultKeysOf,
	hasOwnKeys,
	isChangeable,
	isTypedIn,
	modeNames,
	reservedKeys,
} from './key-table.js';

/** The accepted changes, and a sentence for each rejected key. */
export type CheckedKeys = {readonly changes: KeyChanges; readonly problems: readonly string[]};

/**
Validates the keys in a settings file.

@param table The default keys.
@param written Keys by command name, in any spelling.
@param file Name of the file in messages.
*/
export const readKeyChanges = (table: KeyTable, written: WrittenKeys, file: string): CheckedKeys => {
	const commands = new Map(table.changeable.keys().map(command => [normalizeName(command), command]));
	const names = table.changeable.keys().map(command => kebabCase(command)).toArray();
	const requested = new Map<Command, readonly string[]>();
	const unknown: string[] = [];
	for (const [name, keys] of written) {
		const command = commands.get(normalizeName(name));
		if (command === undefined) {
			unknown.push(name);
		} else {
			requested.set(command, keys);
		}
	}

	const {changes, problems} = checkKeys(table, requested);
	const first = [
		...unknown.slice(0, maxProblems).map(name => `there is no command ${quoted(name)}${meant(name, names)}`),
		...problems,
	].slice(0, maxProblems);
	const others = unknown.length + problems.length - first.length;
	return {
		changes,
		problems: [...first, ...(others > 0 ? [`${others} more keys are ignored`] : [])].map(problem => `${file}, [keys]: ${problem}`),
	};
};

/** Names of modes for a message, at most three. */
const modesText = (table: KeyTable, modes: readonly Mode[]): string => {
	const names = modeNames(table, modes);
	return `${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`;
};

/** Which command has which key in which mode. */
type Holders = {
	readonly hold: (mode: Mode, key: string, command: Command) => void;
	readonly of: (mode: Mode, key: string) => Command | undefined;
};

/** Creates the table of commands that keep their keys when some commands get others. */
const createHolders = (table: KeyTable, requested: KeyChanges): Holders => {
	const holders = new Map<string, Command>();
	const of: Holders['of'] = (mode, key) => holders.get(`${mode} ${key}`);
	const hold: Holders['hold'] = (mode, key, command) => {
		holders.set(`${mode} ${key}`, of(mode, key) ?? command);
	};

	for (const binding of table.defaults) {
		const {command, keys, modes} = binding;
		const own = requested.get(command);
		// A binding with a condition does not block its keys for other commands.
		for (const mode of binding.when === undefined ? modes : []) {
			const isKept = own === undefined || !isChangeable(table, binding, mode) || hasOwnKeys(table, mode, own);
			for (const key of keys) {
				if (isKept || reservedKeys.has(key)) {
					hold(mode, key, command);
				}
			}
		}
	}

	return {hold, of};
};

/** Whether a command has a key in a mode by default, but only at times: then another command may have it too. */
const isShared = ({defaults}: KeyTable, command: Command, mode: Mode, key: string): boolean =>
	defaults.some(({command: each, modes, keys, when}) => each === command && when !== undefined && modes.includes(mode) && keys.includes(key));

/** Explains why a command cannot have a key in all its modes; undefined if it can. */
const conflict = (table: KeyTable, holders: Holders, command: Command, key: string): string | undefined => {
	const modes = table.changeable.get(command)?.modes ?? [];
	const commandModes = modes.filter(mode => !isTypedIn(table, mode, key) && !isShared(table, command, mode, key));
	const outcome = `${kebabCase(command)} cannot use it`;
	if (modes.every(mode => isTypedIn(table, mode, key))) {
		return `${keyLabel(key)} is typed as text (${modesText(table, modes)}); ${outcome}`;
	}

	const holderIn = (mode: Mode): Command => holders.of(mode, key) ?? command;
	const holder = commandModes.map(mode => holderIn(mode)).find(each => each !== command);
	return holder === undefined
		? undefined
		: `${keyLabel(key)} is already bound to ${kebabCase(holder)} (${modesText(table, commandModes.filter(mode => holderIn(mode) === holder))}); ${outcome}`;
};

/** The requested keys of commands, in the order of the requests. */
type RequestedKeys = ReadonlyMap<Command, readonly string[]>;

/** Assigns to each command the requested keys that no other command has. If `isRefused`, the command keeps its defaults. */
const assign = (table: KeyTable, requested: RequestedKeys, isRefused: (command: Command, given: readonly string[]) => boolean): {readonly given: RequestedKeys; readonly problems: readonly string[]} => {
	const problems: string[] = [];
	const holders = createHolders(table, requested);
	const given = new Map<Command, readonly string[]>();
	for (const [command, asked] of requested) {
		const take = (key: string): string | undefined => {
			const problem = conflict(table, holders, command, key);
			for (const mode of problem === undefined ? table.changeable.get(command)?.modes ?? [] : []) {
				holders.hold(mode, key, command);
			}

			return problem;
		};

		const keys = asked.filter(key => {
			const problem = take(key);
			problems.push(...(problem === undefined ? [] : [problem]));
			return problem === undefined;
		});
		given.set(command, isRefused(command, keys) ? defaultKeysOf(table, command).filter(key => take(key) === undefined) : keys);
	}

	return {given, problems};
};

/**
Validates requested keys. Invalid key names, and keys that another command has in a mode of this command, are reported and left out. A command that gets none of
its requested keys keeps its defaults.

@param table The modes and bindings.
@param requested Key names as users write them, by command.
*/
export const checkKeys = (table: KeyTable, requested: RequestedKeys): CheckedKeys => {
	const problems: string[] = [];
	const read: RequestedKeys = new Map([...requested].map(([command, names]) => [command, [...new Set(names.flatMap(name => {
		const key = readKey(name);
		problems.push(...(key === undefined ? [`${quoted(name)} is not a key; write F4, Ctrl-F, PgUp or a character`] : []));
		return key ?? [];
	}))]]));
	let asked = read;
	let result = assign(table, read, (command, given) => given.length === 0 && (requested.get(command) ?? []).length > 0);
	problems.push(...result.problems);
	// A command that lost keys may keep its defaults in modes where the new keys are typed as text. No other command can have those, so check again.
	for (let round = 0; round < requested.size && JSON.stringify([...result.given]) !== JSON.stringify([...asked]); round++) {
		const before: RequestedKeys = result.given;
		asked = before;
		result = assign(table, before, (command, given) => given.length === 0 && (before.get(command) ?? []).length > 0);
		problems.push(...result.problems);
	}

	const changes = new Map([...result.given].filter(([command, given]) => JSON.stringify(given) !== JSON.stringify(defaultKeysOf(table, command))));
	return {changes, problems};
};
