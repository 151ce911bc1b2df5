import test from 'ava';
import {answerShell} from '../../source/completion/answer.js';
import {makeTables} from '../../scripts/completion-tables.js';
import {completeFilter} from '../../source/completion/filter.js';
import {optionValues} from '../../source/completion/option-values.js';
import {describeCommands} from '../../source/commands/described-command.js';
import {createProgram} from '../../source/commands/program.js';

const commands = describeCommands(createProgram('1.2.3', {}));

const tables = makeTables(commands);

const lookups = {
	views: async (config?: string) => ['by process', config ?? 'web'],
	namespaces: () => ['blue', 'green'],
	filter: completeFilter,
};

const zsh = async (...words: readonly string[]): Promise<readonly string[]> => {
	const lines = await answerShell('zsh', ['conntop', ...words], tables, lookups) ?? [];
	return lines.map(line => line.split('\t', 1)[0]);
};

const bash = async (line: string, word: string): Promise<readonly string[]> => await answerShell('bash', [line, word], tables, lookups) ?? [];

test('commands, options, values and filters are completed', async t => {
	t.true((await zsh('ev')).includes('events'));
	t.deepEqual(await zsh('list', '--all-'), ['--all-namespaces']);
	t.deepEqual(await zsh('--theme', 'co'), ['colour-blind']);
	t.deepEqual(await zsh('list', '-N', 'b'), ['blue']);
	t.deepEqual(await zsh('--net=g'), ['--net=green']);
	t.deepEqual(await zsh('--source', 'n'), ['netlink']);
	t.deepEqual(await zsh('--view', ''), ['by process', 'web']);
	t.deepEqual(await zsh('--config', 'mine', '--view', 'm'), ['mine']);
	t.deepEqual(await zsh('list', '--sort', 'rttV'), ['!open', 'rttVariance']);
	t.deepEqual(await zsh('list', '--sort', 'age,rtt:'), ['!open', 'age,rtt:asc', 'age,rtt:desc']);
	t.deepEqual(await zsh('list', '--columns', 'state,minR'), ['!open', 'state,minRtt']);
	t.deepEqual(await zsh('--input', ''), ['!files']);
	t.deepEqual(await zsh('--interval', ''), []);
	t.deepEqual(await zsh('list', 'state', 'establ'), ['established']);
	t.true((await zsh('list', 'rtt', '')).includes('>='));
	t.true((await zsh('list', '-t', 'dport', 'ht')).includes('https'));
	t.deepEqual(await zsh('help', 'fie'), ['fields']);
	t.deepEqual(await zsh('completion', ''), ['bash', 'zsh', 'fish']);
});

test('bash gets the part that it replaces, quoted like the word', async t => {
	t.deepEqual(await bash('conntop --view by', 'by'), [String.raw`by\ process`]);
	t.deepEqual(await bash('conntop --view "by', 'by'), ['by process']);
	t.deepEqual(await bash('conntop list --sort rtt:', ''), ['!open', 'asc', 'desc']);
	t.true((await bash('conntop list rtt ', '')).includes(String.raw`\>\=`) || (await bash('conntop list rtt ', '')).includes(String.raw`\>=`));
});

test('without lookups, there is no answer about filters, views and namespaces, and the same answer about everything else', async t => {
	for (const line of ['conntop ', 'conntop list autob', 'conntop list rtt ', 'conntop --view by', 'conntop --view=by', 'conntop list -N b']) {
		t.is(await answerShell('bash', [line, ''], tables), undefined, `the answer to ${line}`);
	}

	for (const line of [
		'conntop list --sort rt', 'conntop list --sort=age,rtt:', 'conntop -', 'conntop --theme ', 'conntop record --to ', 'conntop --interval ', 'conntop help f', 'conntop completion ',
	]) {
		t.deepEqual(await answerShell('bash', [line, ''], tables), await answerShell('bash', [line, ''], tables, lookups), `the answer to ${line}`);
	}
});

test('each option with a value has candidates or a kind', t => {
	const names = new Set(commands.flatMap(({options}) => options.filter(({takesValue}) => takesValue).map(option => option.names.at(-1) ?? '')));
	t.deepEqual([...names].toSorted(), Object.keys(optionValues).toSorted());
});
