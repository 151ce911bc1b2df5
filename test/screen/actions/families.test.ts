import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import {paintFrame} from '../../../source/screen/paint/frame.js';
import {familyEntries} from '../../../source/screen/actions/families.js';
import {protocolNames} from '../../../source/table/columns/protocols.js';
import {colourLevelOf, createTheme} from '../../../source/screen/look/theme.js';
import {drive, shownIds, type Driver} from '../drive.js';
import {makeSocket} from '../fake-engine.js';
import {keys} from '../open-screen.js';

const sockets = [makeSocket(1), makeSocket(2, {protocol: 'udp'}), makeSocket(3, {protocol: 'u_str'}), makeSocket(4, {protocol: 'u_dgr'}), makeSocket(5, {protocol: 'nl'})];

const theme = createTheme(colourLevelOf({TERM: 'xterm'}));

const linesOf = (screen: Driver): readonly string[] => paintFrame(screen.state(), {theme}).map(line => stripVTControlCharacters(line));

test('U shows UNIX sockets of all types and hides them again', t => {
	const screen = drive({sockets});
	t.deepEqual(shownIds(screen.state()), [1, 2]);
	screen.press('U');
	t.deepEqual(screen.state().classes.protocols, ['tcp', 'udp', 'u_str', 'u_dgr', 'u_seq']);
	t.deepEqual(shownIds(screen.state()), [1, 2, 3, 4]);
	t.regex(linesOf(screen).join('\n'), / TCP UDP UNIX/v);
	screen.press('tu');
	t.deepEqual(shownIds(screen.state()), [3, 4]);
	t.regex(linesOf(screen).join('\n'), / TCP off {3}UDP off {2}UNIX/v);
	// Hiding the only visible family shows TCP and UDP instead.
	screen.press('U');
	t.deepEqual(screen.state().classes.protocols, ['tcp', 'udp']);
});

test('the menu switches any family', t => {
	const screen = drive({sockets}).press('f');
	t.is(screen.state().mode, 'families');
	const lines = linesOf(screen).join('\n');
	t.regex(lines, /\n Show +/v);
	t.regex(lines, /\n \[x\] TCP +/v);
	t.regex(lines, /\n \[ \] netlink */v);
	const place = familyEntries(screen.state()).indexOf('[ ] netlink');
	screen.press(keys.down.repeat(place) + ' ');
	t.true(screen.state().classes.protocols.includes('nl'));
	t.deepEqual(shownIds(screen.state()), [1, 2, 5]);
	t.regex(linesOf(screen).join('\n'), /\n \[x\] netlink */v);
	screen.press(keys.escape);
	t.is(screen.state().mode, 'table');
	t.deepEqual(shownIds(screen.state()), [1, 2, 5]);
});

test('the menu has every protocol', t => {
	const screen = drive({sockets}).press('f');
	// Switches on all families but TCP and UDP, which are already shown.
	screen.press(keys.down.repeat(2) + (keys.enter + keys.down).repeat(familyEntries(screen.state()).length - 2));

	t.deepEqual(new Set(screen.state().classes.protocols), new Set(protocolNames));
});

test('an empty table names the hidden and shown protocols', t => {
	const screen = drive({sockets: [makeSocket(1)]}).press('Utu');
	t.regex(linesOf(screen).join('\n'), /No UNIX sockets – t shows TCP, u shows UDP/v);
});
