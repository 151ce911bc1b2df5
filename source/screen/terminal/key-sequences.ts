/**
Escape sequences that terminals send for keys other than characters: xterm and compatible terminals, rxvt, the Linux console, screen and tmux, VT220 and PuTTY.

Sources: XTerm Control Sequences ("PC-Style Function Keys"), console_codes(4), the terminfo entries of rxvt, linux, screen and putty.
*/

/** Adds modifiers to a key's name: `ctrl+alt+shift+up`. The bits are those of xterm: 1 shift, 2 alt, 4 ctrl, 8 meta, which is treated as alt. */
export const withModifiers = (name: string, bits: number): string =>
	`${(bits & 4) === 0 ? '' : 'ctrl+'}${(bits & 10) === 0 ? '' : 'alt+'}${(bits & 1) === 0 ? '' : 'shift+'}${name}`;

export const shiftBit = 1;
export const altBit = 2;
const ctrlBit = 4;

/** Final bytes of `ESC [` and `ESC O` sequences; `1;5A` and `5A` contain modifiers. */
const byLetter: Readonly<Record<string, string>> = {
	A: 'up', B: 'down', C: 'right', D: 'left', E: 'begin', F: 'end', G: 'begin', H: 'home', P: 'f1', Q: 'f2', R: 'f3', S: 'f4',
};

/** The keypad in application mode: `ESC O` and a letter. */
const keypad: Readonly<Record<string, string>> = {
	M: 'enter', X: '=', j: '*', k: '+', l: ',', m: '-', n: '.', o: '/', p: '0', q: '1', r: '2', s: '3', t: '4', u: '5', v: '6', w: '7', x: '8', y: '9',
};

/** The arrows of rxvt, in lower case: after `ESC [` with Shift, after `ESC O` with Ctrl. */
const rxvtArrows: Readonly<Record<string, string>> = {
	a: 'up', b: 'down', c: 'right', d: 'left',
};

/** Numbers before `~`. The Linux console, screen and tmux send 1 and 4; rxvt sends 7 and 8. */
const byNumber: Readonly<Record<number, string>> = {
	1: 'home', 2: 'insert', 3: 'delete', 4: 'end', 5: 'pageup', 6: 'pagedown', 7: 'home', 8: 'end',
	11: 'f1', 12: 'f2', 13: 'f3', 14: 'f4', 15: 'f5', 17: 'f6', 18: 'f7', 19: 'f8', 20: 'f9', 21: 'f10', 23: 'f11', 24: 'f12',
	25: 'f13', 26: 'f14', 28: 'f15', 29: 'f16', 31: 'f17', 32: 'f18', 33: 'f19', 34: 'f20',
};

/** Final bytes that rxvt sends instead of `~`, and the modifiers that they stand for. */
const rxvtFinals: Readonly<Record<string, number>> = {
	'~': 0, $: shiftBit, '^': ctrlBit, '@': shiftBit | ctrlBit,
};

const keyParameters = /^(?<number>\d*)(?:;(?<modifiers>\d+))?$/v;

/**
Returns the key of a complete `ESC [` sequence, or undefined if it is not a known key: mouse reports, replies to queries, keys without a name here.

@param parameters The bytes between `ESC [` and the final byte.
@param final The final byte.
*/
export const controlSequenceKey = (parameters: string, final: string): string | undefined => {
	const groups = keyParameters.exec(parameters)?.groups;
	if (groups === undefined) {
		return undefined;
	}

	const bits = Number(groups.modifiers ?? 1) - 1;
	if (bits < 0 || bits > 15) {
		return undefined;
	}

	const finalBits = rxvtFinals[final];
	if (finalBits !== undefined) {
		const name = byNumber[Number(groups.number)];
		return name === undefined ? undefined : withModifiers(name, bits | finalBits);
	}

	if (final === 'Z') {
		return 'shift+tab';
	}

	const arrow = rxvtArrows[final];
	if (arrow !== undefined && parameters === '') {
		return withModifiers(arrow, shiftBit);
	}

	// With a number other than 1 it is not a key but, for example, a report of the cursor position (`ESC [ 5;2 R`).
	const name = byLetter[final];
	return name === undefined || !(groups.number === '' || groups.number === '1') ? undefined : withModifiers(name, bits);
};

/** Returns the key of an `ESC O` sequence, or undefined. */
export const singleShiftKey = (parameters: string, final: string): string | undefined => {
	const bits = parameters === '' ? 0 : Number(parameters.split(';').at(-1)) - 1;
	const name = byLetter[final] ?? keypad[final];
	if (name !== undefined) {
		return bits < 0 || bits > 15 ? undefined : withModifiers(name, bits);
	}

	const arrow = rxvtArrows[final];
	return arrow === undefined ? undefined : withModifiers(arrow, ctrlBit);
};

/** The Linux console's F1 to F5: `ESC [ [` and a letter. */
export const linuxFunctionKey = (letter: string): string | undefined => {
	const index = 'ABCDE'.indexOf(letter);
	return index === -1 ? undefined : `f${index + 1}`;
};
