/** Entry point of the bundle that completes command lines. */
import packageJson from '../package.json' with {type: 'json'};
import {runCommandLine} from './commands/run-command-line.js';
import {complete} from './completion/command.js';

await runCommandLine(packageJson.version, () => ({completion: complete}));
