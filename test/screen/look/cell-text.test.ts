import test from 'ava';
import {cellText} from '../../../source/screen/look/cell-text.js';
import {findField} from '../../../source/fields/registry.js';
import type {FieldValue} from '../../../source/fields/model/field.js';

const second = 1000;
const minute = 60 * second;

const textOf = (id: string, value: FieldValue | undefined): string => {
	const field = findField(id);
	return field === undefined ? 'no such field' : cellText(field, value);
};

test('an age shows its seconds for a minute, then every tenth', t => {
	t.is(textOf('age', 0), '0s');
	t.is(textOf('age', 59 * second), '59s');
	t.is(textOf('age', minute + 9 * second), '1m00');
	t.is(textOf('age', minute + 19 * second), '1m10');
	t.is(textOf('age', 61 * minute), '1h01');
	t.is(textOf('age', undefined), '-');
});

test('a minimum age grows in larger steps', t => {
	t.is(textOf('age', {atLeast: 9 * second}), '0s+');
	t.is(textOf('age', {atLeast: 59 * second}), '50s+');
	t.is(textOf('age', {atLeast: 3 * minute + 50 * second}), '3m00+');
	t.is(textOf('age', {atLeast: 61 * minute}), '1h01+');
});

test('other values are formatted unchanged', t => {
	t.is(textOf('timerExpires', minute + 9 * second), '1m09');
	t.is(textOf('recvQ', 61_234), '61234');
	t.is(textOf('process', '\u{1B}x/1'), String.raw`\x1bx/1`);
	t.is(textOf('processes', [{pid: 1, name: 'a'}]), 'a/1');
	t.is(textOf('process', undefined), '');
});
