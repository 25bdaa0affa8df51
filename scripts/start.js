import { build, complain, install, requireNode } from './install.js';
import { launch } from './launch.js';

try {
	requireNode();
	await install();
	await build();
	await launch(['serve', ...process.argv.slice(2)]);
} catch (error) {
	complain(error);
}
