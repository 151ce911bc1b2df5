/** `conntop close`: closes the matching sockets in the kernel, like `ss -K`. Without `--yes`, only lists them. */
import process from 'node:process';
import {openActing} from '../acting/open-acting.js';
import type {Outcome, TargetSocket} from '../contract/acting.js';
import {neededColumns} from '../query/window/needed-columns.js';
import {createSampler} from '../sampling/sampler.js';
import {SourceError} from '../sources/source.js';
import {escapeText} from '../text/escape.js';
import type {Settings} from './options.js';
import {complain, write} from './output.js';
import {selectLines} from './select.js';
import {queryOf} from './settings-query.js';
import {UsageError} from './usage-error.js';

/** `tcp ESTAB 10.0.0.1:443 → 192.0.2.7:51514 nginx/812`. */
const describe = ({protocol, state, local, peer, owner}: TargetSocket): string =>
	escapeText([protocol, state, local, '→', peer, ...owner === undefined ? [] : [owner]].join(' '));

const textOf = (socket: TargetSocket, outcome: Outcome | undefined): string => {
	if (outcome === undefined) {
		return `would close ${describe(socket)}`;
	}

	return outcome.isDone ? `closed ${describe(socket)}` : `not closed ${describe(socket)}: ${escapeText(outcome.message)}`;
};

const jsonOf = ({id: _id, ...socket}: TargetSocket, outcome: Outcome | undefined): string =>
	JSON.stringify({...socket, ...(outcome && {closed: outcome.isDone, message: outcome.message})});

/**
Closes the matching sockets, or lists what it would close. Each socket is looked up by its cookie immediately before it is closed, so that no other socket is
closed by mistake. The exit code is 1 if a socket could not be closed.

@param how.isConfirmed Whether to close the sockets instead of listing them.
@throws UsageError without a filter.
@throws SourceError if the sockets cannot be read, or cannot be closed from here.
*/
export const close = async (settings: Settings, {format, isConfirmed}: {readonly format: 'text' | 'json'; readonly isConfirmed: boolean}): Promise<void> => {
	if (settings.filter.trim() === '') {
		throw new UsageError('close needs a filter that says which sockets to close, such as dst 192.0.2.7 dport 443');
	}

	const sampler = await createSampler(settings.choice);
	try {
		const {facts} = sampler.source;
		if (!facts.canAct) {
			throw new SourceError(`close cannot act here: ${facts.whyNotActing}`);
		}

		const query = queryOf({...settings, groups: []}, []);
		const {changes, problems} = await sampler.sample(neededColumns(query, settings.lookups), query.classes.protocols);
		await sampler.findOwners(changes, Infinity);
		const {core} = sampler.context.table;
		const ids = selectLines(query, sampler.context, settings.lookups).flatMap(line => line.kind === 'socket' ? [core.id[line.slot]] : []);
		const acting = openActing(sampler);
		const {number, sockets} = acting.lock(1, ids);
		const outcomes = isConfirmed ? acting.act({action: 'close', number}).outcomes : [];
		const line = format === 'json' ? jsonOf : textOf;
		await write(sockets.map((socket, index) => `${line(socket, outcomes[index])}\n`).join(''), format);
		for (const problem of problems) {
			complain(problem);
		}

		const refused = outcomes.filter(({isDone}) => !isDone).length;
		if (sockets.length === 0) {
			complain('no socket matches the filter');
		} else if (!isConfirmed) {
			complain(`nothing was closed; --yes closes ${sockets.length === 1 ? 'this socket' : `these ${sockets.length} sockets`}`);
		} else if (refused > 0) {
			complain(`${refused} of ${sockets.length} could not be closed`);
		}

		process.exitCode = refused > 0 ? 1 : 0;
	} finally {
		sampler.close();
	}
};
