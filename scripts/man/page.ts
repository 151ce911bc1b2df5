/** The man page conntop(1), made from the command line, the fields, the keys and the pages of docs/. */
import {describeCommands, type DescribedOption} from '../../source/commands/described-command.js';
import {createProgram} from '../../source/commands/program.js';
import {fieldGroups} from '../../source/fields/registry.js';
import {readMarkdown, type Block} from '../../source/help/markdown.js';
import {keyLabel} from '../../source/screen/keys/key-names.js';
import {defaultKeyTable} from '../../source/screen/controls/default-key-table.js';
import {bindingGroups} from '../../source/screen/state/state.js';
import {
	blocksRoff,
	breakLines,
	escapeRoff,
	tagged,
} from './roff.js';

const bold = (text: string): string => String.raw`\fB${escapeRoff(text)}\fP`;

const sentence = (text: string): string => escapeRoff(/[.…]$/v.test(text) ? text : `${text}.`);

const optionRoff = ({flags, description}: DescribedOption): string => tagged(bold(flags), sentence(description.charAt(0).toUpperCase() + description.slice(1)));

const optionsRoff = (options: readonly DescribedOption[]): string => {
	const groups = Map.groupBy(options, ({group}) => group);
	return [...groups].map(([group, ofGroup]) => [`.SS ${escapeRoff(group.replace(/:$/v, ''))}`, ...ofGroup.map(option => optionRoff(option))].join('\n')).join('\n');
};

/** The blocks below one heading of a page, without those of the next. */
const section = (blocks: readonly Block[], title: string): readonly Block[] => {
	const start = blocks.findIndex(block => block.kind === 'heading' && block.text === title);
	if (start === -1) {
		throw new Error(`docs/commands.md has no section "${title}", which the man page needs`);
	}

	const rest = blocks.slice(start + 1);
	const end = rest.findIndex(block => block.kind === 'heading');
	return rest.slice(0, end === -1 ? undefined : end);
};

const keysRoff = (): string => bindingGroups.map(group => {
	const alike = Map.groupBy(defaultKeyTable.bindings.filter(binding => binding.group === group), ({description}) => description);
	return [`.SS ${escapeRoff(group)}`, ...[...alike].map(([description, bindings]) => {
		const keys = new Set(bindings.flatMap(binding => binding.shown === undefined ? binding.keys.map(key => keyLabel(key)) : [binding.shown]));
		return tagged([...keys].map(key => bold(key)).join(' '), sentence(description));
	})].join('\n');
}).join('\n');

const fieldsRoff = (): string => fieldGroups.map(({title, fields}) => [
	`.SS ${escapeRoff(title)}`,
	...fields.map(({id, aliases = [], meaning}) => tagged([id, ...aliases].map(name => bold(name)).join(', '), escapeRoff(meaning))),
].join('\n')).join('\n');

export type ManOptions = {
	readonly version: string;
	/** As `2026-11-27`. */
	readonly date: string;
	/** A page of docs/ by the name of its file. */
	readonly readPage: (file: string) => string;
};

/** The source of the man page. */
export const manPage = ({version, date, readPage}: ManOptions): string => {
	const program = createProgram(version, {});
	const commands = describeCommands(program);
	const live = commands.find(({name}) => name === 'live');
	const known = new Set(live?.options.map(({flags}) => flags));
	const page = readMarkdown(readPage('commands.md'));
	const filters = readMarkdown(readPage('filters.md')).filter(block => !(block.kind === 'heading' && block.level === 1));
	const others = commands.filter(({name}) => name !== 'live');
	return breakLines([
		`.TH CONNTOP 1 ${date} "conntop ${version}" "User Commands"`,
		`.SH NAME\nconntop \\- ${escapeRoff(program.description().replace(/^.*?: /v, ''))}`,
		'.SH SYNOPSIS',
		...commands.map(({name, usage}) => name === 'live' ? usage : `${name} ${usage}`)
			.map((words, index) => String.raw`${index === 0 ? '' : '.br\n'}\fBconntop\fP ${escapeRoff(words.replaceAll('…', '...'))}`),
		'.SH DESCRIPTION',
		escapeRoff('conntop shows every socket of this machine, live: who holds it, what state it is in, how much waits in its queues, how fast it moves, and what is new.'
			+ ' It reads the tables of the kernel over netlink, and the output of ss(8) where netlink is refused. It needs no privileges; names of the processes of'
			+ ' other users need root.'),
		'.PP',
		escapeRoff('Without a command, it opens the live view; where standard output is no terminal, it prints the list.'),
		`.SH COMMANDS\n${others.map(({name, description}) => tagged(bold(name), sentence(description.charAt(0).toUpperCase() + description.slice(1)))).join('\n')}`,
		`.SH OPTIONS\n${optionsRoff(live?.options ?? [])}`,
		...others.flatMap(({name, options}) => {
			const own = options.filter(({flags}) => !known.has(flags));
			return own.length === 0 ? [] : [`.SS Options of ${name} alone`, ...own.map(option => optionRoff(option))];
		}),
		`.SH FILTERS\n${blocksRoff(filters)}`,
		`.SH FIELDS\n${fieldsRoff()}`,
		`.SH KEYS\n${keysRoff()}`,
		...['Exit status', 'Files', 'Environment', 'Examples'].map(title => `.SH ${title.toUpperCase()}\n${blocksRoff(section(page, title))}`),
		'.SH SEE ALSO',
		String.raw`\fBss\fP(8), \fBhtop\fP(1), \fBsock_diag\fP(7), \fBtcp\fP(7)`,
	].join('\n').replaceAll(/\n{2,}/gv, '\n') + '\n');
};
