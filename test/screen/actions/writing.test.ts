import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {Written} from '../../../source/contract/writing.js';
import {paintFrame} from '../../../source/screen/paint/frame.js';
import {openWriting} from '../../../source/screen/actions/writing.js';
import {colourLevelOf, createTheme} from '../../../source/screen/look/theme.js';
import {drive, type Driver} from '../drive.js';
import {keys} from '../open-screen.js';

const textOf = (driver: Driver): string => paintFrame(driver.state(), {theme: createTheme(colourLevelOf({TERM: 'xterm'}))}).map(line => stripVTControlCharacters(line)).join('\n');

const clear = '\u{15}';

const written = (driver: Driver, answer: {readonly kind: 'done'; readonly path: string; readonly lines: number} | {readonly kind: 'exists'} | {readonly kind: 'failed'; readonly message: string}): Driver => {
	const message: Written = {number: driver.state().writing?.number ?? 0, ...answer};
	return driver.act({type: 'written', written: message});
};

test('w proposes a file name with the current time', t => {
	const time = new Date(2026, 10, 27, 3, 4, 5).getTime();
	t.is(openWriting(drive().state(), time).line.text, 'conntop-20261127-030405.csv');
	t.is(openWriting(drive().press(keys.tab).state(), time).line.text, 'conntop-journal-20261127-030405.csv');
	t.true(textOf(drive().press('w')).includes('Write to (.csv, .json): conntop-'));
});

test('the extension determines the format; unknown extensions are rejected, and an empty name writes nothing', t => {
	const driver = drive().press(`w${clear}a.txt\r`);
	t.is(driver.state().mode, 'fileName');
	t.regex(driver.state().notice ?? '', /must end in \.csv or \.json/v);
	driver.press(`${clear}\r`);
	t.is(driver.state().mode, 'table');
	t.is(driver.state().writing, undefined);
	driver.press(`w${clear}~/a.JSON\r`);
	t.deepEqual(driver.state().writing, {
		number: 1, file: '~/a.JSON', form: 'json', isReplacing: false,
	});
	driver.press(`w${clear}b.csv\r`);
	t.like(driver.state().writing, {number: 2, form: 'csv'});
	driver.press(`w${keys.escape}`);
	t.is(driver.state().mode, 'table');
	t.is(driver.state().writing?.number, 2);
});

test('the result is reported in one sentence', t => {
	const driver = drive().press(`w${clear}a.csv\r`);
	t.is(driver.state().notice, 'Writing a.csv…');
	written(driver, {kind: 'done', path: '/x/a.csv', lines: 100});
	t.is(driver.state().notice, 'Wrote 100 rows to a.csv');
	driver.press(`w${clear}a.csv\r`);
	written(driver, {kind: 'failed', message: 'there is no folder /x\u{1B}[2J'});
	t.regex(driver.state().notice ?? '', /^a\.csv was not written: there is no folder \/x\P{Control}+$/v);
	const {notice} = driver.state();
	driver.act({type: 'written', written: {number: 1, kind: 'exists'}});
	t.is(driver.state().notice, notice, 'an answer to an earlier request is ignored');
});

test('an existing file is replaced only after a confirmation', t => {
	const driver = drive().press(`w${clear}a.csv\r`);
	written(driver, {kind: 'exists'});
	t.is(driver.state().mode, 'replaceFile');
	t.true(textOf(driver).includes(' a.csv exists. Replace it? y replaces, n keeps it'));
	driver.press('\r');
	t.is(driver.state().mode, 'replaceFile', 'Enter does nothing');
	driver.press('n');
	t.like(driver.state(), {mode: 'table', notice: 'Not written: a.csv stays as it is'});
	driver.press(`w${clear}a.csv\r`);
	written(driver, {kind: 'exists'});
	driver.press('y');
	t.like(driver.state().writing, {number: 3, file: 'a.csv', isReplacing: true});
	t.is(driver.state().mode, 'table');
});

test('no confirmation opens while the user types something else', t => {
	const driver = drive().press(`w${clear}a.csv\r\\x`);
	written(driver, {kind: 'exists'});
	t.like(driver.state(), {mode: 'filter', notice: 'Not written: a.csv exists already'});
});
