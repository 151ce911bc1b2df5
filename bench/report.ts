/** Formats the figures as a table, for the terminal and for docs/. */
import {spawnSync} from 'node:child_process';
import os from 'node:os';
import process from 'node:process';
import type {ToolFigures} from './groups/tools.js';
import type {Row} from './row.js';

const figure = (value: number, unit: Row['unit']): string => {
	switch (unit) {
		case 'ratio': {
			return value < 0.1 ? value.toFixed(4) : value.toFixed(2);
		}

		case 'ms': {
			return `${value.toFixed(1)} ms`;
		}

		case 'MB': {
			return `${value.toFixed(0)} MB`;
		}

		case 'bytes': {
			return `${value.toFixed(0)} bytes`;
		}
	}
};

const cells = (row: Row): readonly string[] => [
	row.what,
	row.against,
	`≤ ${row.budget}${row.unit === 'ratio' ? '' : ` ${row.unit}`}`,
	figure(row.value, row.unit),
	row.spread === undefined ? '' : `${figure(row.spread.low, row.unit)} to ${figure(row.spread.high, row.unit)}`,
	isKept(row) ? 'yes' : '**no**',
	row.floor === undefined ? row.detail : `${row.detail}; floor ${figure(row.floor.value, row.unit)}: ${row.floor.made}`,
];

const headings = ['what', 'compared with', 'budget', 'measured', 'half of the rounds', 'kept', 'details'];

/** Whether a figure is within its budget. */
export const isKept = (row: Row): boolean => row.value <= row.budget;

/** Formats the rows as a Markdown table. */
export const markdownTable = (rows: readonly Row[]): string =>
	[headings, headings.map(() => '---'), ...rows.map(row => cells(row))].map(line => `| ${line.join(' | ')} |`).join('\n');

/** Formats the comparison with other programs as a Markdown table. */
export const toolTable = (tools: readonly ToolFigures[]): string => [
	['program', 'CPU per second', 'resident', 'private', 'start to first screen'],
	['---', '---:', '---:', '---:', '---:'],
	...tools.map(({name, cpu, resident, private: own, start}) => [
		name === 'conntop' ? '**conntop**' : `\`${name}\``, `${cpu.toFixed(1)} ms`, `${resident.toFixed(0)} MB`, `${own.toFixed(0)} MB`, `${start.toFixed(0)} ms`,
	]),
].map(line => `| ${line.join(' | ')} |`).join('\n');

/** Describes the machine, one fact per line. */
export const machine = (): readonly string[] => {
	const cpus = os.cpus();
	const {status, stdout} = spawnSync('ss', ['-V'], {encoding: 'utf8'});
	const [version] = os.release().split('-', 1);
	return [
		`${cpus.length} × ${cpus[0]?.model.trim() ?? 'unknown CPU'}, ${(os.totalmem() / 2 ** 30).toFixed(0)} GB`,
		`Linux ${version}, ${os.arch()}`,
		`Node.js ${process.versions.node}`,
		status === 0 ? stdout.trim() : 'no `ss`',
	];
};

/** The machine and the date of a measurement, as a list. */
const facts = (date: Date): string => [...machine(), date.toISOString().slice(0, 10)].map(fact => `- ${fact}`).join('\n');

/** The sections of a page that were measured on request, each with its heading. */
const requestedParts = (page: string): readonly string[] => page.split(/^(?=## On request: )/mv).slice(1).map(part => part.trimEnd());

/**
Formats the page for docs/.

@param tools The comparison with other programs.
@param before The old page: its sections that were measured on request are kept.
*/
export const page = (rows: readonly Row[], tools: readonly ToolFigures[], date: Date, before = ''): string => [`# Benchmarks

What does it cost to leave conntop open? Each program below watched the same 1,000 sockets, of which 5 % change every second, in a terminal of 200×50, all in one run;
the figures are medians of two turns of 20 seconds, the sizes the largest. conntop is measured from its 30th second on: before, V8 compiles its code, which costs about
as much as half a minute of use. \`watch ss\` shows the sockets without rates, order or history, htop and nethogs show processes, and iptstate shows the connections
that the firewall tracks.

${toolTable(tools)}

${facts(date)}

## Budgets

Each figure is a ratio within one run, or a size. For a ratio, two programs take turns, and the figure is the ratio of their medians. Times are CPU times (user and
system) unless the row says wall time. A floor is what remains without anything of conntop's own: no program that does this work can be below it. The sockets are in
a network namespace of their own, and both sockets of each connection count. \`npm run bench\` measures all this and writes this page.

${markdownTable(rows)}`, ...requestedParts(before)].join('\n\n') + '\n';

/**
Adds a group that was measured on request to the page, or replaces its section.

@param before The old page.
@param name The group's name.
*/
export const withRequested = (before: string, name: string, rows: readonly Row[], date: Date): string => {
	const heading = `## On request: ${name}`;
	const part = `${heading}\n\n\`npm run bench -- ${name}\` takes long, and is measured separately.\n\n${facts(date)}\n\n${markdownTable(rows)}`;
	const others = requestedParts(before).filter(other => !other.startsWith(`${heading}\n`));
	return `${[before.split(/^(?=## On request: )/mv, 1)[0].trimEnd(), ...others, part].join('\n\n')}\n`;
};
