import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import {paintFrame} from '../../../source/screen/paint/frame.js';
import {colourLevelOf, createTheme} from '../../../source/screen/look/theme.js';
import {drive, type Driver} from '../drive.js';
import {makeSocket, makeSockets} from '../fake-engine.js';
import {keys} from '../open-screen.js';

const theme = createTheme(colourLevelOf({TERM: 'xterm'}));

const linesOf = (driver: Driver): readonly string[] => paintFrame(driver.state(), {theme}).map(line => stripVTControlCharacters(line));

const entries = Array.from({length: 50}, (_, index) => makeSocket(index + 1, {
	time: `12:00:${String(59 - index).padStart(2, '0')}`, event: 'closed', local: '10.0.0.1:443', peer: `198.51.100.219:${60_000 + index}`, ended: 'reset',
}));

const withEntries = (driver: Driver): Driver => {
	driver.engine.sample({entries});
	return driver;
};

test('the newest journal entries fill the free lines below the list, under a heading', t => {
	for (const columns of [60, 80, 120]) {
		const lines = linesOf(withEntries(drive({sockets: makeSockets(5), columns, rows: 30})));
		const title = lines.indexOf('  Newest in the journal – Tab shows all');
		t.true(title > 5);
		t.regex(lines[title + 1], /Time.* Event.* Local.* Peer/v);
		t.true(lines.slice(title + 2, -1).every(line => line.includes(' closed ') && line.includes('198.51.100.219:600')), 'entries down to the footer, addresses whole');
		t.true(lines[title + 2].includes(':60000'));
		t.notRegex(lines[title + 1], /›/v);
	}
});

test('none are shown if the list is full, in the journal, or if only problems are shown', t => {
	t.false(linesOf(withEntries(drive({sockets: makeSockets(50), rows: 30}))).join('\n').includes('Newest'));
	const driver = withEntries(drive({sockets: makeSockets(5), rows: 30}));
	t.true(linesOf(driver).join('\n').includes('Newest'));
	driver.press('!');
	t.false(linesOf(driver).join('\n').includes('Newest'));
	driver.press('!').press('\t');
	t.false(linesOf(driver).join('\n').includes('Newest'));
	driver.press(`\t${keys.down}`);
	t.true(linesOf(driver).join('\n').includes('Newest'));
});
