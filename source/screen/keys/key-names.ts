/** Names of keys: formats keys for display and parses keys that users write. */

const keyNames: Readonly<Record<string, string>> = {
	up: 'Up', down: 'Down', left: 'Left', right: 'Right', pageup: 'PgUp', pagedown: 'PgDn', home: 'Home', end: 'End', insert: 'Ins', delete: 'Del', enter: 'Enter',
	escape: 'Esc', backspace: 'Backspace', tab: 'Tab', space: 'Space', begin: 'Begin',
};

const labels = new Map<string, string>();

/** Formats a key for display: `F10`, `PgUp`, `Ctrl-L`, `q`. */
export const keyLabel = (key: string): string => {
	const known = labels.get(key);
	if (known !== undefined) {
		return known;
	}

	const {modifiers = '', name = key} = /^(?<modifiers>(?:(?:ctrl|alt|shift)\+)*)(?<name>.+)$/v.exec(key)?.groups ?? {};
	const before = modifiers.replaceAll('ctrl+', 'Ctrl-').replaceAll('alt+', 'Alt-').replaceAll('shift+', 'Shift-');
	const isUpperCase = /^f\d+$/v.test(name) || (modifiers !== '' && name.length === 1);
	const label = before + (keyNames[name] ?? (isUpperCase ? name.toUpperCase() : name));
	labels.set(key, label);
	return label;
};

/** Formats the keys of a binding: `F10 q`, `0-9`. */
export const keysLabel = ({keys, shown}: {readonly keys: readonly string[]; readonly shown?: string}): string =>
	shown ?? keys.map(key => keyLabel(key)).join(' ');

/** Key names by their label and by their name, both in lower case. */
const byLabel = new Map(Object.entries(keyNames).flatMap(([name, label]) => [[name, name], [label.toLowerCase(), name]]));

/** Keys that terminals cannot distinguish from another key. */
const sameAs: Readonly<Record<string, string>> = {
	'ctrl+i': 'tab', 'ctrl+m': 'enter', 'ctrl+j': 'enter', 'ctrl+h': 'backspace', 'ctrl+[': 'escape',
};

const prefix = /^(?<modifier>ctrl|control|c|alt|meta|m|shift|s)[+\-](?=.)/iv;

const isOneCharacter = (text: string): boolean => /^\P{Other}$/v.test(text);

/** Parses a key that a user wrote as `F4`, `Ctrl-F`, `ctrl+f`, `PgUp` or `q`, and returns the name that the input decoder uses; undefined if it is not a key. */
export const readKey = (text: string): string | undefined => {
	let rest = text;
	const modifiers = new Set<string>();
	for (let found = prefix.exec(rest); found !== null; found = prefix.exec(rest)) {
		modifiers.add(found[0].charAt(0).toLowerCase());
		rest = rest.slice(found[0].length);
	}

	const lower = rest.toLowerCase();
	const name = byLabel.get(lower) ?? (/^f(?:[1-9]|1\d|20)$/v.test(lower) ? lower : undefined);
	const character = name === undefined && rest !== ' ' && isOneCharacter(rest) ? rest : undefined;
	if (character !== undefined && modifiers.size > 0) {
		// With Ctrl, terminals do not report case; with Shift, they send a different character.
		return modifiers.has('s') ? undefined : withModifiers(modifiers, modifiers.has('c') ? character.toLowerCase() : character);
	}

	const key = name ?? (rest === ' ' ? 'space' : character);
	return key === undefined ? undefined : withModifiers(modifiers, key);
};

const withModifiers = (modifiers: ReadonlySet<string>, name: string): string => {
	const isAlt = modifiers.has('a') || modifiers.has('m');
	const key = `${modifiers.has('c') ? 'ctrl+' : ''}${isAlt ? 'alt+' : ''}${modifiers.has('s') ? 'shift+' : ''}${name}`;
	return sameAs[key] ?? key;
};
