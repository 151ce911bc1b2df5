import test from 'ava';
import {drive} from '../drive.js';
import {keys} from '../open-screen.js';

test('Up recalls filters in the filter line, Down returns to the typed text', t => {
	const screen = drive();
	screen.press('\\port 22\r').press(keys.escape).press('\\nginx\r').press(keys.escape);
	t.deepEqual(screen.state().filterHistory, ['port 22', 'nginx']);
	screen.press(String.raw`\cu`).press(keys.up);
	t.is(screen.state().line.text, 'nginx');
	t.is(screen.state().filter, 'nginx', 'the recalled filter applies to the list');
	t.is(screen.press(keys.up).state().line.text, 'port 22');
	t.is(screen.press(keys.up).state().line.text, 'port 22');
	t.is(screen.state().notice, 'No older filter');
	screen.press(keys.down + keys.down);
	t.is(screen.state().line.text, 'cu');
	t.is(screen.press(keys.down).state().notice, 'No newer filter');
	screen.press(keys.up + keys.up).press('\r');
	t.deepEqual(screen.state().filterHistory, ['nginx', 'port 22'], 'each filter is kept once, the newest last');
});

test('editing a recalled filter makes it the typed text', t => {
	const screen = drive();
	screen.press('\\port 22\r').press(keys.escape).press('\\').press(keys.up).press('5').press(keys.up);
	t.is(screen.state().line.text, 'port 22');
	t.is(screen.press(keys.down).state().line.text, 'port 225');
});

test('invalid filters, and filters undone by Esc, are not kept', t => {
	const screen = drive();
	screen.press(String.raw`\wrong`).press(keys.enter).press(keys.escape).press(String.raw`\nginx`).press(keys.escape);
	t.deepEqual(screen.state().filterHistory, []);
});
