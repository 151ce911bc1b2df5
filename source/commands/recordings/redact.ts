/** `conntop redact`: copies a recording with pseudonyms instead of addresses and names, so that it can be shared. */
import fs from 'node:fs';
import path from 'node:path';
import {createOwnerSets} from '../../owners/owner-sets.js';
import {FrameError} from '../../recording/frames/bytes.js';
import {createFrameEncoder, type FrameEncoder} from '../../recording/frames/encode.js';
import {createStateReader} from '../../recording/frames/frame-list.js';
import {openShard, ShardError, type ShardReader} from '../../recording/archive/shard-reader.js';
import {createPseudonyms, type Pseudonyms} from '../../recording/redaction/pseudonyms.js';
import {redactLife} from '../../recording/redaction/redact-life.js';
import {redactNames, redactTable} from '../../recording/redaction/redact-table.js';
import {createShard} from '../../recording/store/shard.js';
import {listShards, shardName} from '../../recording/store/shard-names.js';
import {createPlayer} from '../../sampling/player.js';
import {InputError} from '../../sources/source.js';
import {optionalColumns, type OptionalColumn} from '../../table/columns/columns.js';
import {protocolNames} from '../../table/columns/protocols.js';
import {complain, write} from '../output.js';
import {openRecordingFolder} from '../../recording/store/open-folder.js';

/** No practical limit, because a copy is not larger than the original: the most pages that SQLite supports. */
const maxBytes = 2 ** 43;

const shardsAt = (location: string): readonly string[] => {
	try {
		return fs.statSync(location).isDirectory() ? listShards(location).map(({file}) => file) : [location];
	} catch (error) {
		throw new InputError(`${location} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
	}
};

/**
Copies a recording.

@param from A folder or a shard.
@param to A folder, which is created if it does not exist. It must not contain a recording.
@throws InputError if there is no recording, RecordingFolderError if the copy cannot be written.
*/
export const redact = async (from: string, to: string): Promise<void> => {
	const files = shardsAt(from);
	if (files.length === 0) {
		throw new InputError(`${from} has no recording`);
	}

	const folder = openRecordingFolder(to);
	if (listShards(folder).length > 0) {
		throw new InputError(`${folder} has a recording already; name another folder`);
	}

	const pseudonyms = createPseudonyms();
	const encoders = new Map<number, FrameEncoder>();
	let copied = 0;
	for (const file of files) {
		try {
			const shard = openShard(file);
			await copyShard(shard, folder, pseudonyms, encoders); // eslint-disable-line no-await-in-loop -- A run can continue in the next shard.
			shard.close();
			copied++;
		} catch (error) {
			if (!(error instanceof ShardError)) {
				throw error;
			}

			complain(`${error.message}; skipped`);
		}
	}

	if (copied === 0) {
		throw new InputError(`nothing of ${from} could be read`);
	}

	await write(`${copied} of ${files.length} ${files.length === 1 ? 'file' : 'files'} copied to ${folder}, with pseudonyms\n`);
};

const copyShard = async (shard: ShardReader, folder: string, pseudonyms: Pseudonyms, encoders: Map<number, FrameEncoder>): Promise<void> => {
	const {moments, facts} = shard;
	const [first] = moments;
	if (first === undefined) {
		return;
	}

	const owners = createOwnerSets();
	const {sampler, step} = await createPlayer({title: 'recording', hostname: undefined, kernelRelease: undefined});
	const context = redactNames(sampler.context, pseudonyms, owners);
	const encoder = encoders.get(first.run) ?? createFrameEncoder(first.run);
	encoders.set(first.run, encoder);
	encoder.restart();
	const reader = createStateReader();
	const needs = {columns: new Set(Object.keys(optionalColumns) as OptionalColumn[]), protocols: protocolNames};
	let lives = shard.lives(-Infinity, Number.MAX_SAFE_INTEGER).map(life => redactLife(life, pseudonyms));
	const writer = createShard(path.join(folder, shardName(first.time, first.run)), first.time, maxBytes, {
		...Object.fromEntries(Object.entries(facts).filter(([key]) => key !== 'filter').map(([key, value]) => [key, typeof value === 'string' ? value : Number(value)])),
		hostname: pseudonyms.name('host', String(facts.hostname ?? '')),
		filter: '',
	});
	let lost = 0;
	for (const [index, moment] of moments.entries()) {
		try {
			const state = reader.at(shard, index);
			const recorded = state.columns.map(({name}) => name).filter((name): name is OptionalColumn => Object.hasOwn(optionalColumns, name));
			await step(state, needs); // eslint-disable-line no-await-in-loop -- One frame after the other.
			redactTable(sampler.context, pseudonyms, owners);
			const frame = await encoder.encode(context, {wall: moment.time, columns: recorded}); // eslint-disable-line no-await-in-loop -- One frame after the other.
			writer.add({
				frame, elapsed: moment.elapsed, counts: moment, lives,
			});
			lives = [];
		} catch (error) {
			if (!(error instanceof FrameError)) {
				throw error;
			}

			lost++;
		}
	}

	writer.close();
	if (lost > 0) {
		complain(`${path.basename(shard.file)} is damaged: ${lost} of ${moments.length} samples could not be read`);
	}
};
