import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import {paintFrame} from '../../../source/screen/paint/frame.js';
import {colourLevelOf, createTheme} from '../../../source/screen/look/theme.js';
import {fileFacts} from '../../helpers/source-facts.js';
import {drive, type Driver} from '../drive.js';

const textOf = (driver: Driver): string => paintFrame(driver.state(), {theme: createTheme(colourLevelOf({TERM: 'xterm'}))}).map(line => stripVTControlCharacters(line)).join('\n');

test('R starts and stops recording, and the header shows the folder', t => {
	const driver = drive().press('R');
	t.deepEqual(driver.state().recordRequest, {isOn: true});
	driver.engine.sample({status: {recording: {folder: '/home/ann/.local/state/conntop', isWritten: true}}});
	t.true(textOf(driver).includes(' REC /home/ann/.local/state/conntop '));
	driver.engine.sample({status: {recording: {folder: '/x', isWritten: false}}});
	t.true(textOf(driver).includes(' REC: samples are lost '));
	driver.press('R');
	t.deepEqual(driver.state().recordRequest, {isOn: false});
	t.is(driver.state().notice, 'No longer recording');
});

test('a recording cannot be recorded again', t => {
	const driver = drive();
	driver.engine.sample({status: {source: fileFacts}});
	driver.press('R');
	t.is(driver.state().recordRequest, undefined);
	t.regex(driver.state().notice ?? '', /only live samples can be recorded/v);
});
