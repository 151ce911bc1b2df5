import test from 'ava';
import {helpTexts} from '../../scripts/help-texts.js';
import {createProgram} from '../../source/commands/program.js';
import {wrapHelp} from '../../source/help/wrap-help.js';

const textsOf = (width: number): ReadonlyMap<string, string> => {
	const {ofProgram, ofCommands} = helpTexts(createProgram('1.2.3', {}), width);
	return new Map([['', ofProgram], ...ofCommands]);
};

test('help is wrapped as Commander does it', t => {
	const unwrapped = textsOf(Infinity);
	for (const width of [20, 39, 40, 41, 60, 79, 80, 81, 100, 133, 200, 400]) {
		const wrapped = [...unwrapped].map(([name, text]) => [name, wrapHelp(text, width)] as const);
		t.deepEqual(wrapped, [...textsOf(width)], String(width));
	}
});

test('it has 80 columns where there is no terminal', t => {
	t.is(wrapHelp(`${'word '.repeat(30)}end`), `${'word '.repeat(15)}word\n${'word '.repeat(13)}word end`);
});
