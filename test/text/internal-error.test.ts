import test from 'ava';
import {describeInternalError} from '../../source/text/internal-error.js';

test('describes an error by a sentence and stack frames, without paths and source', t => {
	const stack = 'file:///opt/a/main.js:1\n(async (require) => {…}\n    ^\n\nTypeError: no luck\n    at f (/opt/a b/main.js:1:2)\n    at async file:///opt/a/main.js:3:4\n    at new Promise (<anonymous>)\n'
		+ '    at g (x.js:5:6)\n'.repeat(20);
	// eslint-disable-next-line unicorn/no-error-property-assignment -- The test is about the stack.
	const {sentence, frames} = describeInternalError(Object.assign(new TypeError('no luck'), {stack}));
	t.is(sentence, 'internal error: no luck');
	t.is(frames.length, 6);
	t.deepEqual(frames.slice(1, 4), ['    at async main.js:3:4', '    at new Promise (<anonymous>)', '    at g (x.js:5:6)']);
	t.regex(frames[0], /^ {4}at f .*main\.js:1:2\)$/v);
});

test('describes any thrown value', t => {
	t.is(describeInternalError(Object.assign(new RangeError('x'), {message: ''})).sentence, 'internal error: RangeError');
	t.is(describeInternalError('word').sentence, 'internal error: word');
	t.is(describeInternalError(undefined).sentence, 'internal error: undefined');
	const bare = new Error('bare');
	delete bare.stack;
	t.deepEqual(describeInternalError(bare).frames, []);
});
