/** What terminals send for their keys, by their terminfo entries: those that test/fixtures/terminfo.json holds, and those of this machine. */
import {Buffer} from 'node:buffer';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import test, {type ExecutionContext} from 'ava';
import {createInputDecoder} from '../../source/screen/terminal/input.js';
import {shiftBit, withModifiers} from '../../source/screen/terminal/key-sequences.js';
import {defaultKeyTable} from '../../source/screen/controls/default-key-table.js';
import type {Command, Mode} from '../../source/screen/state/state.js';
import {testUnless} from '../helpers/unless.js';

const terminals = ['xterm', 'rxvt', 'rxvt-unicode', 'linux', 'screen', 'tmux'] as const;

type Terminal = (typeof terminals)[number];

/** Sequences by capability (terminfo(5), user_caps(5)). */
type Capabilities = Readonly<Record<string, string>>;

const recorded = JSON.parse(fs.readFileSync(new URL('../fixtures/terminfo.json', import.meta.url), 'utf8')) as Readonly<Record<Terminal, Capabilities>>;

const plain: Readonly<Record<string, string>> = {
	kcuu1: 'up', kcud1: 'down', kcuf1: 'right', kcub1: 'left', khome: 'home', kend: 'end', kpp: 'pageup', knp: 'pagedown', kich1: 'insert', kdch1: 'delete',
	kcbt: 'shift+tab', kcbt2: 'shift+tab', kbs: 'backspace', kri: 'shift+up', kind: 'shift+down', kent: 'enter', kbeg: 'begin',
};

const shifted: Readonly<Record<string, string>> = {
	UP: 'up', DN: 'down', LFT: 'left', RIT: 'right', HOM: 'home', END: 'end', PRV: 'pageup', NXT: 'pagedown', IC: 'insert', DC: 'delete',
};

/** Terminals that count modified function keys on from 12: Shift 13 to 24, Ctrl 25 to 36, both 37 to 48, Alt 49 to 60. */
const countsOn: ReadonlySet<Terminal> = new Set(['xterm', 'tmux']);

const functionModifiers = [0, 1, 4, 5, 2];

/** The key of a capability; undefined for capabilities that are not tested. */
const keyOf = (terminal: Terminal, capability: string): string | undefined => {
	const number = Number(/^kf(?<number>\d+)$/v.exec(capability)?.groups?.number ?? 0);
	if (number > 0 && number <= 60) {
		return number <= 12 ? `f${number}` : (countsOn.has(terminal) ? withModifiers(`f${(number - 1) % 12 + 1}`, functionModifiers[Math.floor((number - 1) / 12)]) : undefined);
	}

	const {name = '', modifiers = '2'} = /^k(?<name>[A-Z]{2,3})(?<modifiers>\d?)$/v.exec(capability)?.groups ?? {};
	return Object.hasOwn(shifted, name) ? withModifiers(shifted[name], modifiers === '' ? shiftBit : Number(modifiers) - 1) : plain[capability];
};

/** Sequences of rxvt that mean another key elsewhere: with Ctrl and Shift, it sends what arrows are in application mode. */
const ambiguous: ReadonlySet<string> = new Set(['\u{1B}OA', '\u{1B}OB', '\u{1B}OC', '\u{1B}OD']);

const check = (t: ExecutionContext, terminal: Terminal, capabilities: Capabilities): void => {
	let checked = 0;
	for (const [capability, sequence] of Object.entries(capabilities)) {
		const key = keyOf(terminal, capability);
		if (key === undefined || (key.startsWith('ctrl+shift+') && ambiguous.has(sequence))) {
			continue;
		}

		const decoder = createInputDecoder();
		const names = [...decoder.push(Buffer.from(sequence)), ...decoder.flush()].map(event => event.type === 'key' ? event.name : event.type);
		t.deepEqual(names, [key], `${capability}: ${JSON.stringify(sequence)}`);
		checked++;
	}

	t.true(checked >= 20, String(checked));
};

/** The keys of a terminal in the terminfo database of this machine; undefined if it is not there. */
const readMachine = (terminal: Terminal): Capabilities | undefined => {
	const {status, stdout} = spawnSync('infocmp', ['-1', '-x', terminal], {encoding: 'utf8'});
	return status === 0
		? Object.fromEntries(stdout.matchAll(/^\t(?<capability>k\w+)=(?<sequence>.*),$/gmv).map(({groups}) => [groups?.capability ?? '', unescape(groups?.sequence ?? '')]))
		: undefined;
};

/** The notation of infocmp(1). */
const unescape = (text: string): string => text.replaceAll(/\\E|\\\^|\^\?|\^(?<control>[@A-Z\[\]^_])|\\(?<octal>\d{3})|\\(?<other>.)/gv, (whole, control?: string, octal?: string, other?: string) => {
	if (whole === String.raw`\E`) {
		return '\u{1B}';
	}

	if (control !== undefined || whole === '^?') {
		return control === undefined ? '\u{7F}' : String.fromCodePoint((control.codePointAt(0) ?? 0) & 0x1F);
	}

	return octal === undefined ? (other ?? '^') : String.fromCodePoint(Number.parseInt(octal, 8));
});

for (const terminal of terminals) {
	test(`keys of ${terminal}`, check, terminal, recorded[terminal]);
	const here = readMachine(terminal);
	testUnless(here === undefined ? 'there is no terminfo entry here' : undefined, `keys of ${terminal} as this machine knows them`, t => {
		check(t, terminal, here ?? {});
	});
}

/** What keys do in a mode. Capabilities of a terminal that lacks one are passed over. */
const commands: ReadonlyArray<readonly [capability: string, mode: Mode, command: Command]> = [
	['kf1', 'table', 'help'],
	['kf2', 'table', 'openSetup'],
	['kf3', 'table', 'openSearch'],
	['kf4', 'table', 'openFilter'],
	['kf5', 'table', 'toggleTree'],
	['kf6', 'table', 'openSort'],
	['kf9', 'table', 'openSignals'],
	['kf10', 'table', 'quit'],
	['kf10', 'setup', 'cancel'],
	['kcuu1', 'inspector', 'up'],
	['kcud1', 'help', 'down'],
	['kcub1', 'inspector', 'inspectPrevious'],
	['kcuf1', 'inspector', 'inspectNext'],
	['kpp', 'table', 'pageUp'],
	['knp', 'table', 'pageDown'],
	['khome', 'sort', 'first'],
	['kend', 'setup', 'last'],
	['kdch1', 'setup', 'setupReset'],
	['kcbt', 'inspector', 'previousSection'],
	['kri', 'setup', 'setupLess'],
	['kind', 'setup', 'setupMore'],
	['kbs', 'port', 'erase'],
	['kf3', 'search', 'nextMatch'],
];

/** The capability of Shift-F3: xterm and tmux count 12 keys, the Linux console the same, rxvt but 10. screen passes on what the terminal around it sends. */
const shiftF3: Readonly<Record<Terminal, string>> = {
	xterm: 'kf15', tmux: 'kf15', linux: 'kf15', rxvt: 'kf13', 'rxvt-unicode': 'kf13', screen: '',
};

for (const terminal of terminals) {
	test(`keys of ${terminal} reach the commands that they are for`, t => {
		const expected = [...commands, [shiftF3[terminal], 'search', 'previousMatch'] as const].filter(([capability]) => Object.hasOwn(recorded[terminal], capability));
		t.true(expected.length >= 16, String(expected.length));
		for (const [capability, mode, command] of expected) {
			const [event] = createInputDecoder().push(Buffer.from(recorded[terminal][capability]));
			t.is(event?.type === 'key' ? defaultKeyTable.find(mode, event.name)?.command : undefined, command, `${capability} in ${mode}`);
		}
	});
}
