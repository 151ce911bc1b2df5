/** Writes the man page. It is made with each build, so that it cannot be older than the program. */
import fs from 'node:fs';
import packageJson from '../../package.json' with {type: 'json'};
import {readChangelog} from '../package/changelog.js';
import {manPage} from './page.js';

/** The date is that of the version, so that the same sources give the same page. */
const [release] = readChangelog(fs.readFileSync('CHANGELOG.md', 'utf8'));

export const writeManPage = (file: string): void => {
	fs.writeFileSync(file, manPage({version: packageJson.version, date: release.date, readPage: name => fs.readFileSync(`docs/${name}`, 'utf8')}));
};
