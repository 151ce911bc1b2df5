import test from 'ava';
import {defaultColumns, fields} from '../../../source/fields/registry.js';
import {stateMeanings} from '../../../source/fields/state-meanings.js';
import {explainedColumn} from '../../../source/screen/actions/explaining.js';
import {paintFrame} from '../../../source/screen/paint/frame.js';
import {createTheme} from '../../../source/screen/look/theme.js';
import {stateNames} from '../../../source/table/columns/states.js';
import {drive, type Driver} from '../drive.js';
import {makeSocket} from '../fake-engine.js';
import {keys} from '../open-screen.js';

const bottomOf = (driver: Driver): string => paintFrame(driver.state(), {theme: createTheme('none')}).slice(-5, -1).join('\n');

test('x explains the state of the row under the cursor, and the explanation follows the cursor', t => {
	const driver = drive({sockets: [makeSocket(1), makeSocket(2, {state: 'CLOSE-WAIT'})], query: {sort: {field: 'state', descending: false}}});
	driver.press('x');
	t.regex(bottomOf(driver), /State .*CLOSE-WAIT[\s\S]*The peer has closed, but the local process has not/v);
	driver.press(keys.down);
	t.regex(bottomOf(driver), /State .*ESTAB[\s\S]* Connected\./v);
});

test('Left and Right move through the columns and wrap around; Esc closes', t => {
	const sockets = [makeSocket(1, {
		protocol: 'udp', health: 'loss', recvQ: 5, sendQ: 1,
	}), makeSocket(2)];
	const driver = drive({columns: 160, sockets});
	driver.press('x');
	const seen = new Set<string>();
	for (const _ of defaultColumns) {
		const field = explainedColumn(driver.state())?.field;
		seen.add(field?.id ?? '');
		t.true(bottomOf(driver).includes(field?.title ?? '-'));
		driver.press(keys.right);
	}

	t.is(seen.size, defaultColumns.length);
	t.is(explainedColumn(driver.state())?.field.id, 'age');
	driver.press(keys.left);
	t.is(explainedColumn(driver.state())?.field.id, 'rtt');
	driver.press(keys.escape);
	t.is(driver.state().mode, 'table');
});

test('a click on a heading explains it; if the explained column is hidden, the sorted one is explained', t => {
	const driver = drive();
	driver.press('x');
	const lines = paintFrame(driver.state(), {theme: createTheme('none')});
	const row = lines.findIndex(line => line.includes('Rx/s'));
	driver.click(lines[row].indexOf('Rx/s'), row);
	t.is(explainedColumn(driver.state())?.field.id, 'rxRate');
	driver.act({type: 'resize', size: {columns: 44, rows: 16}});
	t.is(explainedColumn(driver.state())?.field.id, 'age');
	t.is(driver.state().sort.field, 'age');
});

test('the explanations of the default columns fit into 60 columns; longer ones are cut', t => {
	const cutAt60 = fields.filter(({id}) => {
		const driver = drive({columns: 60, rows: 16, query: {columns: [id], sort: {field: id, descending: false}}});
		return bottomOf(driver.press('x')).split('\n').slice(1).join(' ').includes('…');
	});
	t.deepEqual(cutAt60.filter(({id}) => defaultColumns.includes(id)), []);
});

test('the explanation of each TCP state is a sentence', t => {
	const names = stateNames.filter(each => !each.includes('_') && each !== 'UNKNOWN');
	for (const name of names) {
		t.regex(stateMeanings.get(name) ?? '', /^[A-Z].*\.$/v, name);
	}
});
