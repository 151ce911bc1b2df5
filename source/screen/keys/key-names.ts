/** Names of keys: how people write them, and what they mean when people write them. */

const keyNames: Readonly<Record<string, string>> = {
	up: 'Up', down: 'Down', left: 'Left', right: 'Right', pageup: 'PgUp', pagedown: 'PgDn', home: 'Home', end: 'End', insert: 'Ins', delete: 'Del', enter: 'Enter',
	escape: 'Esc', backspace: 'Backspace', tab: 'Tab', space: 'Space', begin: 'Begin',
};

/** How people write a key: `F10`, `PgUp`, `Ctrl-L`, `q`. */
export const keyLabel = (key: string): string => {
	const {modifiers = '', name = key} = /^(?<modifiers>(?:(?:ctrl|alt|shift)\+)*)(?<name>.+)$/v.exec(key)?.groups ?? {};
	const before = modifiers.replaceAll('ctrl+', 'Ctrl-').replaceAll('alt+', 'Alt-').replaceAll('shift+', 'Shift-');
	const isUpperCase = /^f\d+$/v.test(name) || (modifiers !== '' && name.length === 1);
	return before + (keyNames[name] ?? (isUpperCase ? name.toUpperCase() : name));
};

/** How the keys of a binding are written: `F10 q`, `0-9`. */
export const keysLabel = ({keys, shown}: {readonly keys: readonly string[]; readonly shown?: string}): string =>
	shown ?? keys.map(key => keyLabel(key)).join(' ');

/** Names by how they are written in lower case: labels and names themselves. */
const byLabel = new Map(Object.entries(keyNames).flatMap(([name, label]) => [[name, name], [label.toLowerCase(), name]]));

/** Keys that terminals cannot tell from another one. */
const sameAs: Readonly<Record<string, string>> = {
	'ctrl+i': 'tab', 'ctrl+m': 'enter', 'ctrl+j': 'enter', 'ctrl+h': 'backspace', 'ctrl+[': 'escape',
};

const prefix = /^(?<modifier>ctrl|control|c|alt|meta|m|shift|s)[+\-](?=.)/iv;

const isOneCharacter = (text: string): boolean => /^\P{Other}$/v.test(text);

/** The key that a person means by `F4`, `Ctrl-F`, `ctrl+f`, `PgUp` or `q`, as the decoder of input names it; undefined for no key. */
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
		// With Ctrl, terminals tell no case; with Shift, a character is another one.
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
