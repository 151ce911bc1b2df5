/** Lists of owners as texts, so that frames keep them as they keep any other text: pid, start, descriptor and name of each, with a line feed between. */
import type {Owner} from '../../owners/owner.js';

const none = '-';

export const ownersText = (owners: readonly Owner[]): string => owners
	.map(({pid, startTime, fd, name}) => `${pid} ${startTime ?? none} ${fd ?? none} ${name.replaceAll('\\', '\\\\').replaceAll('\n', String.raw`\n`)}`)
	.join('\n');

const line = /^(?<pid>\d+) (?<start>\d+|-) (?<fd>\d+|-) (?<name>.*)$/sv;

/** The owners in a text; lines that are not of `ownersText` are left out. */
export const readOwnersText = (text: string): Owner[] => text === ''
	? []
	: text.split('\n').flatMap(each => {
		const {pid, start, fd, name} = line.exec(each)?.groups ?? {};
		return pid === undefined
			? []
			: [{
				pid: Number(pid),
				name: name.replaceAll(/\\(?<escaped>[\\n])/gv, (_, escaped: string) => escaped === 'n' ? '\n' : '\\'),
				...(start !== none && {startTime: Number(start)}),
				...(fd !== none && {fd: Number(fd)}),
			}];
	});
