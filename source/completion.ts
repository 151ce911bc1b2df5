/** Entry point of the bundle that completes command lines. */
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import packageJson from '../package.json' with {type: 'json'};
import {prepareOutput} from './commands/output.js';
import {findShell} from './commands/shells.js';
import {complete} from './completion/command.js';
import {readTables} from './completion/read-tables.js';

const tables = readTables(fileURLToPath(new URL('.', import.meta.url)));
const [, shell = '', separator, ...words] = process.argv.slice(2);
if (findShell(shell) !== undefined && separator === '--' && words.length > 0) {
	// The words of a script are no options of conntop.
	prepareOutput();
	await complete(shell, words, tables);
} else {
	const {runCommandLine} = await import('./commands/run-command-line.js');
	await runCommandLine(packageJson.version, () => ({completion: async (name, all) => complete(name, all, tables)}));
}
