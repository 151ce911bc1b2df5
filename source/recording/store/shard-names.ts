/** Names of shards: time of the first sample and run of the recorder, as in `20261127T184200.123Z-1a2b3c4d.conntop`. */
import fs from 'node:fs';
import path from 'node:path';
import {shardExtension} from './schema.js';

const pattern = /^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)T(?<hour>\d\d)(?<minute>\d\d)(?<second>\d\d\.\d{3})Z-[\da-f]{8}\.conntop$/v;

/** @param begins Milliseconds since 1970. */
export const shardName = (begins: number, run: number): string =>
	`${new Date(begins).toISOString().replaceAll(/[\-:]/gv, '')}-${run.toString(16).padStart(8, '0')}${shardExtension}`;

/** Parses the time in the name of a shard, in milliseconds since 1970; undefined for any other file. */
export const startTimeOf = (name: string): number | undefined => {
	const {year, month, day, hour, minute, second} = pattern.exec(name)?.groups ?? {};
	return year === undefined ? undefined : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
};

export type ShardFile = {readonly file: string; readonly begins: number};

/** The shards in a folder, oldest first. Other files are ignored. */
export const listShards = (folder: string): readonly ShardFile[] => fs.readdirSync(folder)
	.flatMap(name => {
		const begins = startTimeOf(name);
		return begins === undefined || Number.isNaN(begins) ? [] : [{file: path.join(folder, name), begins}];
	})
	.toSorted((a, b) => a.begins - b.begins);
