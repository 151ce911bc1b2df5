/** Owner lists as texts, so that frames store them like other texts: pid, start time, descriptor and name of each owner, one per line. */
import type {Owner} from '../../owners/owner.js';

const none = '-';

const escapeName = (name: string): string => /[\n\\]/v.test(name) ? name.replaceAll('\\', '\\\\').replaceAll('\n', String.raw`\n`) : name;

const ownerText = ({pid, startTime, fd, name}: Owner): string => `${pid} ${startTime ?? none} ${fd ?? none} ${escapeName(name)}`;

export const ownersText = (owners: readonly Owner[]): string => owners.length === 1 ? ownerText(owners[0]) : owners.map(owner => ownerText(owner)).join('\n');

const line = /^(?<pid>\d+) (?<start>\d+|-) (?<fd>\d+|-) (?<name>.*)$/sv;

/** Parses the output of `ownersText`; invalid lines are ignored. */
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
