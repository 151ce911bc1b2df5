import test from 'ava';
import {netlinkFacts} from '../../helpers/source-facts.js';
import {drive} from '../drive.js';
import {keys} from '../open-screen.js';
import {withKeys} from '../../../source/screen/keys/key-hints.js';

test('+ and - change the interval while nothing is grouped, until the program exits', t => {
	const screen = drive();
	const {saving} = screen.state();
	t.is(screen.press('+').state().preferences.interval, 2);
	t.regex(screen.state().notice ?? '', /every 2 s/v);
	t.is(screen.press('--').state().preferences.interval, 0.5);
	t.is(screen.press('-----').state().preferences.interval, 0.1);
	t.regex(screen.state().notice ?? '', /no shorter one/v);
	t.is(screen.press('+'.repeat(20)).state().preferences.interval, 3600);
	t.is(screen.state().saving, saving, 'the settings file does not change');
	t.is(withKeys('{longerInterval} {shorterInterval}', screen.state().keyTable), '+ -');
});

test('in a tree, + and - unfold and fold groups instead', t => {
	const screen = drive();
	screen.press('b').press(' ').press(keys.escape);
	screen.press('+-');
	t.is(screen.state().preferences.interval, 1);
});

test('the interval cannot be changed if the source sets the pace', t => {
	const screen = drive();
	screen.engine.sample({status: {source: {...netlinkFacts, title: 'a recording', pace: 'source'}}});
	screen.press('+');
	t.is(screen.state().preferences.interval, 1);
	t.is(screen.state().notice, 'a recording sets the pace');
});
